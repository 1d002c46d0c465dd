"""From a checked tree to a pack. A tree with problems is refused whole."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from hashlib import sha256
from pathlib import Path

from kiosk import __version__
from kiosk.library.answering import write_answering
from kiosk.library.checks import examine
from kiosk.library.codec import encode
from kiosk.library.draft import Draft
from kiosk.library.pack import APPLICATION_ID, FORMAT, fingerprint_of_shapes
from kiosk.library.problem import Refused
from kiosk.library.themes import Loaded, load_themes

_SCHEMA = f"""
PRAGMA page_size = 4096;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT};
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE library (body TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE alarm_rules (body TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE topic (
    id TEXT NOT NULL, language TEXT NOT NULL, position INTEGER NOT NULL,
    body TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (id, language)
);
CREATE TABLE theme (
    name TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT, sha256 TEXT, why TEXT
);
"""


def build_pack(directory: Path, themes: Path | None, file: Path) -> None:
    """Write the pack of `directory` to `file`, at once or not at all; raises Refused."""
    write_whole(file, pack_bytes(directory, themes))


def pack_bytes(directory: Path, themes: Path | None) -> bytes:
    """The pack of `directory`, the same bytes for the same tree; raises Refused."""
    draft, problems = examine(directory)
    if problems or draft is None:
        raise Refused(problems)
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(_SCHEMA)
        _fill(connection, draft)
        _fill_themes(connection, themes)
        write_answering(connection, draft.topics)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def write_whole(file: Path, content: bytes) -> None:
    """Write beside `file`, sync, rename: a reader finds the old bytes or the new, never a part."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
        os.chmod(name, 0o644)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
    _sync_directory(file.parent)


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(connection: sqlite3.Connection, draft: Draft) -> None:
    meta = {"version": __version__, "shapes": fingerprint_of_shapes()}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    connection.execute("INSERT INTO library VALUES (?, ?)", _body(draft.library))
    connection.execute("INSERT INTO alarm_rules VALUES (?, ?)", _body(draft.alarm_rules))
    for position, topic in enumerate(draft.topics):
        row = (topic.topic.id, topic.topic.language, position, *_body(topic.topic))
        connection.execute("INSERT INTO topic VALUES (?, ?, ?, ?, ?)", row)


def _fill_themes(connection: sqlite3.Connection, themes: Path | None) -> None:
    for position, theme in enumerate(load_themes(themes)):
        row: tuple[str | int | None, ...]
        if isinstance(theme, Loaded):
            row = (theme.palette.name, position, *_body(theme.palette), None)
        else:
            why = "\n".join(str(cause) for cause in theme.causes)
            row = (theme.name, position, None, None, why)
        connection.execute("INSERT INTO theme VALUES (?, ?, ?, ?, ?)", row)


def _body(value: object) -> tuple[str, str]:
    body = json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))
    return body, sha256(body.encode()).hexdigest()
