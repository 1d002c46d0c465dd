"""Build a pack that has no topics, but only passages to search, from a file of them.

It is what `kiosk build --passages` does. The file has one JSON object a line.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from kiosk import __version__
from kiosk.answers import schema
from kiosk.answers.fulltext.writer import PassageRow, write_index
from kiosk.answers.text.word_lists import shipped_groups
from kiosk.answers.text.words import LANGUAGES
from kiosk.errors import JsonlError
from kiosk.library.pack.atomic_file import AtomicFile
from kiosk.library.pack.reader import APPLICATION_ID, FORMAT, fingerprint_of_shapes
from kiosk.library.text_file import TextError, decode_json, decode_text
from kiosk.system.files import open_ordinary, read_ordinary

_SCHEMA = f"""
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT};
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passage_text (id TEXT PRIMARY KEY, text TEXT NOT NULL, url TEXT NOT NULL);
"""
_BATCH = 1_000
LARGEST_ALIASES = 50_000_000
"""Bytes of a file of aliases."""


def build_passages(passages: Path, aliases: Path | None, file: Path) -> None:
    """Write a pack of nothing but passages to search, whole or not at all.

    Args:
        passages: the file of passages, one JSON object a line.
        aliases: a JSON file of other names of passages, documents or topics; None for no names.
        file: the path of the pack.

    Raises JsonlError or OSError.
    """
    _write(file, passages, read_aliases(aliases) if aliases else {})


def read_aliases(file: Path) -> dict[str, tuple[str, ...]]:
    """Return the other names of passages, documents or topics, by title or id, from a JSON file.

    The file maps a title or id to one name or to a list of them. Raises JsonlError or OSError.
    """
    try:
        data = decode_json(decode_text(read_ordinary(file, LARGEST_ALIASES)), 1)
    except TextError as error:
        raise JsonlError(f"{file}: {error}") from None
    if not isinstance(data, dict):
        raise JsonlError(f"{file}: must map titles or ids to other names")
    return {key: _names(names, f"{file}: {key!r}") for key, names in data.items()}


def read_lines(file: Path, needed: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the object of each line of a file of JSON objects, after where it is, for messages.

    The location is text such as `file.jsonl: line 3`; empty lines are left out. An object without
    all `needed` keys raises JsonlError. The file `-` is standard input. Raises OSError, too.
    """
    if file == Path("-"):
        yield from _read_lines(sys.stdin.buffer if sys.stdin else (), "standard input", needed)
        return
    with os.fdopen(open_ordinary(file), "rb") as lines:
        yield from _read_lines(lines, str(file), needed)


def _read_lines(
    lines: Iterable[bytes], name: str, needed: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        location = f"{name}: line {number}"
        if not line.strip():
            continue
        try:
            data = decode_json(decode_text(line, number), number)
        except TextError as error:
            raise JsonlError(f"{name}: {error}") from None
        if not isinstance(data, dict):
            raise JsonlError(f"{location}: no object")
        for key in needed:
            if not isinstance(data.get(key), str):
                raise JsonlError(f"{location}: {key!r} must be there, as text")
        yield location, data


def _names(value: object, location: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise JsonlError(f"{location}: other names must be text, or a list of texts")


def _write(file: Path, passages: Path, aliases: Mapping[str, tuple[str, ...]]) -> None:
    with AtomicFile(file, pours=True) as new:
        with closing(sqlite3.connect(new.path)) as connection:
            connection.executescript(_SCHEMA)
            meta = {"version": __version__, "shapes": fingerprint_of_shapes(), "holds": "passages"}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
            schema.create(connection)
            write_index(connection, _rows(connection, passages, aliases), shipped_groups())
            connection.commit()
        new.put()


def _rows(
    connection: sqlite3.Connection, passages: Path, aliases: Mapping[str, tuple[str, ...]]
) -> Iterator[PassageRow]:
    """Yield the rows of the index; each passage's text goes straight to its table."""
    for location, read in read_lines(passages, ("id", "title", "text")):
        try:
            connection.execute(
                "INSERT INTO passage_text VALUES (?, ?, ?)",
                (read["id"], read["text"], str(read.get("url") or "")),
            )
        except sqlite3.IntegrityError:
            raise JsonlError(f"{location}: a second passage {read['id']!r}") from None
        yield _row(read, aliases, location)


def _row(
    read: Mapping[str, Any], aliases: Mapping[str, tuple[str, ...]], location: str
) -> PassageRow:
    topic = str(read.get("topic_id") or read.get("doc_id") or read["title"])
    own = _names(read.get("aliases") or [], location)
    keys = dict.fromkeys((read["title"], read["id"], str(read.get("doc_id")), topic))
    others = (name for key in keys for name in aliases.get(key, ()))
    language = str(read.get("language") or "en")[:2]
    return PassageRow(
        read["id"],
        topic,
        read["title"],
        str(read.get("section") or ""),
        read["text"],
        tuple(dict.fromkeys([*own, *others])),
        language if language in LANGUAGES else "en",
    )
