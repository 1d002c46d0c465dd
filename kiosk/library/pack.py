"""The pack: one SQLite file, opened read-only, from which a visit takes one topic at a time."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

from kiosk.core.content import Topic
from kiosk.core.library import Library
from kiosk.core.palette import Palette
from kiosk.core.urgent import AlarmRules
from kiosk.library.codec import Misfit, decode, shape

APPLICATION_ID = 0x6B696F73
"""`kios`, in the header of the file."""
FORMAT = 1
_HEADER = 100
_T = TypeVar("_T")


class Unreadable(Exception):
    """The pack cannot be read; `why` is one sentence for the person who set the kiosk up."""

    def __init__(self, path: Path | None, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path or 'the library in memory'}: {why}")


def fingerprint_of_shapes() -> str:
    """What this version of the program expects topics, library and palettes to hold."""
    told = ";".join(shape(type_) for type_ in (Library, Topic, Palette, AlarmRules))
    return sha256(told.encode()).hexdigest()


class OpenPack:
    """A pack in use. Replacing its file changes nothing here: the old one stays open.

    A read-only, immutable database takes no locks and writes nothing, so a forked child and another
    thread may read from it, too.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection, self._path = connection, path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self.close()

    def another(self) -> sqlite3.Connection:
        """Another connection to the same pack, for tables that are read elsewhere."""
        return connect(self._path if self._path else self._connection.serialize())

    def library(self) -> Library:
        """The library, no topic opened."""
        return self._read(Library, "SELECT body, sha256 FROM library", ())

    def alarm_rules(self) -> AlarmRules:
        """How alarm signs are recognised in a question."""
        return self._read(AlarmRules, "SELECT body, sha256 FROM alarm_rules", ())

    def open_topic(self, id_: str, language: str) -> Topic:
        """One topic; KeyError where the pack has none of that id in that language."""
        query = "SELECT body, sha256 FROM topic WHERE id = ? AND language = ?"
        return self._read(Topic, query, (id_, language))

    def themes(self) -> tuple[Palette, ...]:
        """The themes that can be used."""
        rows = self._rows("SELECT name FROM theme WHERE body IS NOT NULL ORDER BY position", ())
        query = "SELECT body, sha256 FROM theme WHERE name = ?"
        return tuple(self._read(Palette, query, row) for row in rows)

    def failed_themes(self) -> tuple[tuple[str, str], ...]:
        """The themes that cannot, and why."""
        rows = self._rows("SELECT name, why FROM theme WHERE body IS NULL ORDER BY position", ())
        return tuple((str(name), str(why)) for name, why in rows)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _read(self, type_: type[_T], query: str, values: tuple[Any, ...]) -> _T:
        rows = self._rows(query, values)
        if not rows:
            raise KeyError(values)
        body, digest = rows[0]
        if not isinstance(body, str) or sha256(body.encode()).hexdigest() != digest:
            raise Unreadable(self._path, "it is damaged: a text is not what was built.")
        try:
            return decode(type_, json.loads(body))
        except (Misfit, json.JSONDecodeError, RecursionError) as error:
            raise Unreadable(self._path, f"it is damaged: {error}.") from error

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise Unreadable(self._path, f"it is damaged: {error}.") from error


def open_pack(pack: Path | bytes) -> OpenPack:
    """Open the pack in a file, or one that was built in memory; raises Unreadable."""
    path = pack if isinstance(pack, Path) else None
    _check_header(path, _head(pack))
    connection = connect(pack)
    opened = OpenPack(connection, path)
    try:
        opened._rows("PRAGMA trusted_schema = OFF", ())
        opened._rows("PRAGMA query_only = ON", ())
        _check_shape(opened, path)
    except Unreadable:
        opened.close()
        raise
    return opened


def connect(pack: Path | bytes) -> sqlite3.Connection:
    """Another connection to the pack, read-only; whoever asks closes it. Raises Unreadable."""
    if isinstance(pack, bytes):
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.deserialize(pack)
        return connection
    address = f"file:{quote(str(pack.resolve()))}?mode=ro&immutable=1"
    try:
        return sqlite3.connect(address, uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise Unreadable(pack, f"it cannot be opened: {error}.") from error


def _head(pack: Path | bytes) -> tuple[bytes, int]:
    """The header of the file, and its size."""
    if isinstance(pack, bytes):
        return pack[:_HEADER], len(pack)
    try:
        with pack.open("rb") as file:
            return file.read(_HEADER), file.seek(0, 2)
    except FileNotFoundError:
        raise Unreadable(pack, "there is no such file.") from None
    except OSError as error:
        raise Unreadable(pack, f"it cannot be read: {error.strerror}.") from error


def _check_header(path: Path | None, head_and_size: tuple[bytes, int]) -> None:
    """Raise unless this is the header of a whole pack of our format (sqlite.org/fileformat2)."""
    head, size = head_and_size
    if len(head) < _HEADER or not head.startswith(b"SQLite format 3\0"):
        raise Unreadable(path, "it is not a kiosk pack.")
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise Unreadable(path, "it is a database, but not a kiosk pack.")
    version = int.from_bytes(head[60:64])
    if version > FORMAT:
        made = f"it was built by a newer kiosk (format {version}; this one reads {FORMAT})."
        raise Unreadable(path, made)
    page = int.from_bytes(head[16:18])
    if size != (65536 if page == 1 else page) * int.from_bytes(head[28:32]):
        raise Unreadable(path, "it is not whole: it was cut short, or something was added.")


def _check_shape(pack: OpenPack, path: Path | None) -> None:
    meta = dict(pack._rows("SELECT key, value FROM meta", ()))
    if meta.get("shapes") != fingerprint_of_shapes():
        built = meta.get("version", "unknown")
        raise Unreadable(path, f"it was built by another kiosk (version {built}). Build it again.")
