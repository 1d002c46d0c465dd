"""Make the text of files with translated policy, readers and alarms, from their old text.

A policy in another language is a file of its own, which is made again as a whole. Readers and
alarms stand in one file for all languages, of which every other line stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import tomli

from kiosk.library.translation.items import SourceItem
from kiosk.library.translation.library_items import ALARM, READER, TITLE
from kiosk.library.translation.write import NewTranslation, WriteError, quoted

Changes = Mapping[str, NewTranslation]
"""By the id of an item, its new translation."""
_HEADER = re.compile(r"^[ \t]*\[{1,2}(?P<name>[^\[\]\n]+)\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)
_TAIL = re.compile(r"(?:^[ \t]*(?:#.*)?\n)*\Z", re.MULTILINE)
_POLICY_HEAD = """#:schema ../.schema/policy.json
# The editorial policy, translated. `of` is the hash of what stands in the other language.
"""


def policy_text(
    text: str, items: Mapping[str, SourceItem], present: Mapping[str, Mapping[str, str]],
    hashes: Mapping[str, str], new: Changes,
) -> str:  # fmt: skip
    """Return the new text of policy/LANGUAGE.toml, its parts in the order of what they translate.

    Comments at its head stay; a part that translates nothing is left out.

    Args:
        text: the file as it was; empty for a new one.
        items: the items of the policy that is translated.
        present: texts of the translations that there are, by id of the item.
        hashes: hashes of what these translate, empty where none is known.
        new: the new translations, by id of the item.
    """
    head = "".join(re.findall(r"\A(?:[ \t]*(?:#.*)?\n)*", text)) or _POLICY_HEAD
    lines = [head.rstrip("\n")] if head.strip() else []
    for id_, item in items.items():
        texts = new[id_].texts if id_ in new else present.get(id_)
        if texts is None:
            continue
        of = item.digest if id_ in new else hashes.get(id_, "")
        lines += ["", "[[part]]"] if id_ != TITLE else []
        lines += [f"of = {quoted(of)}"] if of else []
        lines += [f"{key} = {quoted(texts[key])}" for key in item.texts]
    return "\n".join(lines).lstrip("\n") + "\n"


def readers_text(text: str, language: str, new: Changes) -> str:
    """Return the text of readers.toml with new labels and notes in a language.

    Raises WriteError where the file is laid out so that this cannot be done.

    Args:
        text: the file as it was.
        language: the language of the new texts.
        new: the new texts, by id of the item.
    """
    keys = re.compile(rf"^[ \t]*(?:label|note|of)\.{re.escape(language)}[ \t]*=.*\n", re.MULTILINE)

    def written(block: str, change: NewTranslation) -> str:
        body, tail = _split(keys.sub("", block))
        of = f"of.{language} = {quoted(change.item.digest)}"
        lines = [f"{key}.{language} = {quoted(said)}" for key, said in change.texts.items()]
        return "".join(f"{line}\n" for line in [body.rstrip("\n"), *lines, of]) + tail

    made, id_ = [], ""
    for name, block in _blocks(text):
        id_ = f"{READER} {_id_in(block, name)}" if name == "reader" else ""
        made.append(written(block, new[id_]) if id_ in new else block)

    def change_data(data: dict[str, Any]) -> None:
        for reader in data["reader"]:
            if change := new.get(f"{READER} {reader['id']}"):
                for key, said in change.texts.items():
                    reader.setdefault(key, {})[language] = said
                reader.setdefault("of", {})[language] = change.item.digest

    return _verified(text, "".join(made), change_data, "readers.toml")


def alarms_text(text: str, language: str, source: str, new: Changes) -> str:
    """Return the text of urgent.toml with new words of alarms in a language.

    These words stand in a table such as `[alarm.say.es]`, behind that of the source. Raises
    WriteError where the file is laid out so that this cannot be done.

    Args:
        text: the file as it was.
        language: the language of the new words.
        source: the language that they translate.
        new: the new words, by id of the item.
    """
    made = []
    has = {table for table, _ in _tables(text)}
    for (id_, of_language), block in _tables(text):
        change = new.get(id_)
        if change is None or of_language not in (language, source):
            made.append(block)
        elif of_language == language:
            made.append(_table(block, change) + _split(block)[1])
        elif (id_, language) in has:
            made.append(block)
        else:
            body, tail = _split(block)
            header = body.splitlines()[0].replace(f".{source}]", f".{language}]")
            made.append(f"{body}{_table(header, change)}{tail}")

    def change_data(data: dict[str, Any]) -> None:
        for alarm in data["alarm"]:
            if change := new.get(f"{ALARM} {alarm['id']}"):
                alarm["say"][language] = _said(change)
        for key in ("call", "call-unnumbered"):
            if change := new.get(key):
                data[key][language] = _said(change)

    return _verified(text, "".join(made), change_data, "urgent.toml")


def _tables(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the tables of urgent.toml, with the item and the language of those that say one."""
    alarm = ""
    for name, block in _blocks(text):
        alarm = f"{ALARM} {_id_in(block, name)}" if name == "alarm" else alarm
        key, _, language = name.rpartition(".")
        yield ((alarm if key == "alarm.say" else key), language), block


def _said(change: NewTranslation) -> dict[str, str]:
    return {"of": change.item.digest, **change.texts}


def _table(block: str, change: NewTranslation) -> str:
    """Return a table of urgent.toml with new translations, and with the comments that it had."""
    first, *rest = _split(block)[0].splitlines() or [block]
    lines = [first, *(line for line in rest if line.lstrip().startswith("#"))]
    return "".join(f"{line}\n" for line in lines) + "".join(
        f"{key} = {quoted(text)}\n" for key, text in _said(change).items()
    )


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield the lines from each header to the next, with its name; those before the first, too."""
    matches = list(_HEADER.finditer(text))
    starts = [0, *(match.start() for match in matches), len(text)]
    names = ["", *(match["name"].strip() for match in matches)]
    for number, name in enumerate(names):
        yield name, text[starts[number] : starts[number + 1]]


def _split(block: str) -> tuple[str, str]:
    """Return a block without the empty lines and comments at its end, and these."""
    match = _TAIL.search(block)
    tail = match[0] if match else ""
    return (block.removesuffix(tail) if tail else block), tail


def _id_in(block: str, name: str) -> str:
    try:
        return str(tomli.loads(block)[name][0].get("id", ""))
    except (ValueError, KeyError, IndexError, AttributeError):
        return ""


def _verified(before: str, after: str, change: Callable[[dict[str, Any]], None], file: str) -> str:
    """Return the text of a file if it says what it said, and the changes; raises WriteError."""
    wanted = tomli.loads(before)
    change(wanted)
    try:
        made = tomli.loads(after)
    except ValueError:
        made = {}
    if wanted != made:
        raise WriteError(
            f"{file} is not laid out as this program can change it. Change it by hand."
        )
    return after
