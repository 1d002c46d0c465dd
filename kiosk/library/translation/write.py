"""Write translated items of a topic into files, and leave every other line of these as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli

from kiosk.errors import KioskError
from kiosk.fast_dataclass import dataclass
from kiosk.library.pack.atomic_file import write_whole
from kiosk.library.source.parsing.toml_file import MAX_BYTES
from kiosk.library.translation.items import SourceItem

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*item[ \t]*\]\][ \t]*(?:#.*)?$", re.MULTILINE)
_COMMENTS_LAST = re.compile(r"(?:^[ \t]*(?:#.*)?\n)*\Z", re.MULTILINE)


class WriteError(KioskError):
    """A file of a translation cannot be read or changed; the message says why."""


@dataclass(frozen=True, slots=True)
class NewTranslation:
    """New translation of one item, to be written into its file."""

    item: SourceItem
    texts: Mapping[str, str]
    note: str = ""


Changes = Mapping[str, NewTranslation | None]
"""By the id of an item, its translation; None to take it out."""


def write_files(files: Mapping[Path, Changes], heads: Mapping[Path, str]) -> None:
    """Change files, all of them or, where one cannot be changed, none; raises WriteError.

    Args:
        files: the changes to each.
        heads: what stands at the top of each if it is a new one.
    """
    made: dict[Path, str] = {}
    for path, changes in files.items():
        try:
            text = path.read_text("utf-8") if path.exists() else heads[path]
        except (OSError, ValueError) as error:
            raise WriteError(f"{path} cannot be read: {error}.") from None
        made[path] = changed(text, changes, path)
    for path, text in made.items():
        if len(text.encode("utf-8")) > MAX_BYTES:
            raise WriteError(f"{path} would be larger than {MAX_BYTES // 1000} kB.")
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode("utf-8"))


def changed(text: str, changes: Changes, path: Path) -> str:
    """Return the text of a file with some items changed, added or taken out; raises WriteError.

    Comments stay, those of a changed item above its keys.
    """
    starts = [match.start() for match in _HEADER.finditer(text)]
    ends = [*starts[1:], len(text)] if starts else []
    parts = [text[: starts[0]] if starts else text]
    rest = dict(changes)
    for start, end in zip(starts, ends, strict=True):
        part = text[start:end]
        id_ = _id_of(part)
        if id_ not in rest:
            parts.append(part)
            continue
        new, after = rest.pop(id_), _COMMENTS_LAST.search(part)
        tail = after[0] if after else ""
        body = part.removesuffix(tail) if tail else part
        parts.append((_shown(new, body) if new else "") + tail)
    for new in rest.values():
        if new is not None:
            before = "".join(parts)
            gap = "" if not before or before.endswith("\n\n") else "\n"
            parts += ["" if not before or before.endswith("\n") else "\n", gap, _shown(new, "")]
    made = "".join(parts)
    _verify(text, made, changes, path)
    return made


def _id_of(part: str) -> str:
    """Return the id of an item in its lines of a file; empty where they cannot be read."""
    try:
        return str(tomli.loads(part)["item"][0].get("id", ""))
    except (ValueError, KeyError, IndexError, TypeError):
        return ""


def _shown(new: NewTranslation, before: str) -> str:
    """Return the lines of an item, with the comments that stood among them before."""
    lines = ["[[item]]"]
    lines += [line.strip() for line in before.splitlines()[1:] if line.lstrip().startswith("#")]
    lines += [f"id = {quoted(new.item.id)}", f"of = {quoted(new.item.digest)}"]
    lines += [f"note = {quoted(new.note)}"] if new.note else []
    lines += [f"{key} = {quoted(text)}" for key, text in shortest(new.item, new.texts)]
    return "\n".join(lines) + "\n"


def shortest(item: SourceItem, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the key and text of each translated text of an item that its file has to have.

    Texts that are equal in the source and translated alike are yielded once.
    """
    first: dict[str, str] = {}
    for key, source in item.texts.items():
        if first.setdefault(source, texts[key]) == texts[key] and key != _first(item, source):
            continue
        yield key, texts[key]


def _first(item: SourceItem, source: str) -> str:
    return next(key for key, text in item.texts.items() if text == source)


def quoted(text: str) -> str:
    """Return text as a string of TOML; one with several lines between three quotation marks."""
    if "\n" not in text:
        return json.dumps(text, ensure_ascii=False)
    inner = text.replace("\\", "\\\\").replace('"""', '""\\"')
    if inner.endswith('"'):
        inner = f'{inner[:-1]}\\"'
    return f'"""\n{inner}"""'


def _verify(before: str, after: str, changes: Changes, path: Path) -> None:
    """Raise WriteError unless the file now says what it said, and the changes."""
    try:
        old, new = (_items_of(tomli.loads(text)) for text in (before, after))
    except ValueError as error:
        raise WriteError(f"{path} cannot be read: {error}. Mend it first.") from None
    wanted = {id_: item for id_, item in old.items() if id_ not in changes}
    kept = {id_: item for id_, item in new.items() if id_ not in changes}
    written = {id_ for id_, change in changes.items() if change is not None}
    if wanted != kept or new.keys() - kept.keys() != written:
        raise WriteError(f"{path} is not laid out as this program can change it. Change it by hand")


def _items_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return the items of a file by id, and all else of it; an item given twice by its number."""
    items: dict[str, Any] = {"": {key: value for key, value in data.items() if key != "item"}}
    for number, item in enumerate(data.get("item", [])):
        id_ = str(item.get("id"))
        items[f"{number} {id_}" if id_ in items else id_] = item
    return items
