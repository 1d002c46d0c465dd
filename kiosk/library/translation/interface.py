"""Translate the words of the program itself: interface/es.toml, laid out as interface/en.toml.

The hash of what a phrase translates stands behind the phrase, as a comment: `# of 0123456789ab`.
The whole file is written again from the source's, comments and all, so that its phrases always
stand in the order of the source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import tomli

from kiosk.core.library import InterfaceText, Library
from kiosk.core.wording import Level, Wording
from kiosk.fast_dataclass import dataclass
from kiosk.file_access import is_there, read_file
from kiosk.library.pack.atomic_file import write_whole
from kiosk.library.problem import Problem
from kiosk.library.source.interface_file import phrases
from kiosk.library.translation.items import SourceItem, digest_of
from kiosk.library.translation.state import ItemState, Translation
from kiosk.library.translation.write import WriteError, quoted

SUBJECT = "interface"
"""The word that stands in tables in the place of a topic."""
_TEXT = "text"
"""Key of a phrase that is the same at every level."""
_TABLE = re.compile(r"^\[(?P<name>[^\[\]]+)\]\s*$")
_PHRASE = re.compile(
    r"^(?P<key>[A-Za-z0-9_-]+) = (?P<value>.*?)(?:\s+# of (?P<of>[0-9a-f]{12}))?$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file with the program's words; a text of several lines counts as one."""

    text: str
    key: str
    """The phrase that it has, with its table before it; empty in another line."""
    of: str
    """The hash behind it."""
    note: str
    """The comment above it."""


def lines_of(text: str) -> Iterator[SourceLine]:
    """Yield the lines of a file with the program's words, given as text."""
    table, comment = "", ""
    for line in _whole(text.splitlines()):
        if match := _TABLE.match(line):
            table = f"{match['name']}."
        match = _PHRASE.match(line)
        if match:
            yield SourceLine(line, table + match["key"], match["of"] or "", comment)
        else:
            yield SourceLine(line, "", "", "")
        comment = line.removeprefix("#").strip() if line.startswith("#") else ""


def lines_in(root: Path, language: str) -> Iterator[SourceLine]:
    """Yield the lines of the file with the program's words in one language.

    Raises KioskError where that file is not there or cannot be read.
    """
    return lines_of(_read(root / SUBJECT / f"{language}.toml"))


def _read(file: Path) -> str:
    """Return the text of a file; raises KioskError where that is not there or cannot be read."""
    try:
        return read_file(file).decode("utf-8")
    except UnicodeDecodeError:
        raise WriteError(f"{file} cannot be read: it is not UTF-8. Save it as UTF-8.") from None


def _whole(lines: list[str]) -> Iterator[str]:
    """Yield lines, those of a text between three quotation marks as one."""
    begun = ""
    for line in lines:
        begun = f"{begun}\n{line}" if begun else line
        if begun.count('"""') != 1:
            yield begun
            begun = ""
    if begun:
        yield begun


def interface_state(root: Path, source: str, language: str, words: InterfaceText) -> Translation:
    """Return which phrases of the program are translated to a language, and from which text.

    Raises KioskError where the file of that language is there and cannot be read.

    Args:
        root: the content directory.
        source: the language that they were written in.
        language: the other one.
        words: the phrases in the source language.
    """
    items = {key: _item(key, phrase) for key, phrase in words.phrases.items()}
    file = root / SUBJECT / f"{language}.toml"
    text = _read(file) if is_there(file) else ""
    try:
        present = phrases(tomli.loads(text), file.name)[0]
    except ValueError as error:
        raise WriteError(f"{file} cannot be read: {error}. Mend it first.") from None
    hashes = {line.key: line.of for line in lines_of(text) if line.key}
    states = {}
    for key, item in items.items():
        fits = hashes.get(key) == item.digest
        states[key] = ItemState.DONE if fits else ItemState.STALE
        if key not in present:
            states[key] = ItemState.NEW
    texts = {key: _texts(phrase) for key, phrase in present.items()}
    lost = tuple((file.name, key) for key in present if key not in items)
    return Translation(source, f"{root.name}/{SUBJECT}", items, states, lost, texts)


def write_interface(
    root: Path, state: Translation, language: str, new: Mapping[str, Mapping[str, str]]
) -> Path:
    """Write the file of a language as a whole: its translations, new ones in the place of old ones.

    Raises KioskError where a file cannot be read or the phrases cannot be laid out as the source's.

    Args:
        root: the content directory.
        state: what is translated already.
        language: that of the file.
        new: the new translations, by phrase.
    """
    file = root / SUBJECT / f"{language}.toml"
    wanted = {key: texts for key, texts in state.texts.items() if key in state.items} | dict(new)
    made = []
    old = {line.key: line.of for line in lines_of(_read(file) if is_there(file) else "")}
    for line in lines_in(root, state.source_language):
        if not line.key:
            made.append(line.text)
        elif line.key in wanted:
            of = state.items[line.key].digest if line.key in new else old.get(line.key, "")
            name = line.text.partition(" = ")[0]
            mark = f"  # of {of}" if of else ""
            made.append(f"{name} = {_value(wanted[line.key])}{mark}")
    text = "\n".join(made) + "\n"
    try:
        read, problems = phrases(tomli.loads(text), file.name)
    except ValueError:
        read, problems = {}, []
    if problems or {key: _texts(phrase) for key, phrase in read.items()} != {
        key: _texts(_phrase(texts)) for key, texts in wanted.items()
    }:
        raise WriteError(f"{file} cannot be laid out as {state.source_language}.toml is.")
    write_whole(file, text.encode("utf-8"))
    return file


def fitted_texts(state: Translation) -> dict[str, dict[str, str]]:
    """Return the translated texts of each phrase, by the keys that its source phrase has.

    A source phrase has either one text for all levels or one text for each. Where its translation
    has one text, that is given at each level. Where its translation alone has levels, the text for
    the everyday level is given: a table has one row for such a phrase.
    """
    present = state.texts.items()
    return {key: _fitted(state.items[key], texts) for key, texts in present if key in state.items}


def _fitted(item: SourceItem, texts: Mapping[str, str]) -> dict[str, str]:
    if item.texts.keys() == texts.keys():
        return dict(texts)
    text = texts[_TEXT if _TEXT in texts else Level.EVERYDAY.value]
    return dict.fromkeys(item.texts, text)


def level_notes(state: Translation) -> dict[str, str]:
    """Return notes for a translator on phrases whose translation alone has levels, by phrase.

    Such a note gives the text of each level, since the table has one row for the phrase.
    """
    notes = {}
    for key, texts in state.texts.items():
        if key in state.items and _TEXT in state.items[key].texts and len({*texts.values()}) > 1:
            others = " / ".join(f"{level}: {text}" for level, text in texts.items())
            notes[key] = f"It is translated by level ({others}); another text here replaces all."
    return notes


def interface_behind(root: Path, library: Library, language: str) -> Iterator[Problem]:
    """Warn of translated phrases whose source has changed, and of those without a hash of a source.

    Yields a problem for each of the former, and one for all of the latter together; nothing for a
    language of which no phrase can be read.
    """
    file, first = root / SUBJECT / f"{language}.toml", library.languages[0]
    if language not in library.words or not library.words[language].phrases:
        return  # it cannot be read, which is a problem by itself
    state = interface_state(root, first, language, library.words[first])
    text = _read(file) if is_there(file) else ""
    marked = {line.key for line in lines_of(text) if line.of}
    stale = state.ids(ItemState.STALE)
    name = f"{root.resolve().name}/{SUBJECT}/{language}.toml"
    hint = f"`kiosk translate export {SUBJECT} {language}` writes a table of it."
    for key in (key for key in stale if key in marked):
        yield Problem(name, key, "the text that it translates has changed", hint)
    if unknown := [key for key in stale if key not in marked]:
        message = f"{len(unknown)} phrases carry no hash of what they translate"
        yield Problem(name, "", f"{message}, so nobody is told when that changes", hint)


def phrases_with(
    words: InterfaceText, new: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str | Wording]:
    """Return all phrases of a language, with the new ones in the place of old ones."""
    return {**words.phrases, **{key: _phrase(texts) for key, texts in new.items()}}


def _item(key: str, phrase: str | Wording) -> SourceItem:
    texts = _texts(phrase)
    return SourceItem(key, "", False, texts, (), digest_of([key, sorted(texts.items())]))


def _texts(phrase: str | Wording) -> dict[str, str]:
    if isinstance(phrase, str):
        return {_TEXT: phrase}
    return {level.value: phrase.at(level) for level in Level}


def _phrase(texts: Mapping[str, str]) -> str | Wording:
    return texts[_TEXT] if _TEXT in texts else Wording(**texts)


def _value(texts: Mapping[str, str]) -> str:
    if _TEXT in texts:
        return quoted(texts[_TEXT])
    return "{ " + ", ".join(f"{key} = {json.dumps(t, ensure_ascii=False)}"
                            for key, t in texts.items()) + " }"  # fmt: skip
