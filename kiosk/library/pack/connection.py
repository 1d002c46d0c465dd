"""A pack's connection to SQLite, opened so that no file can make it run code, write, or wait long.

A pack may come from anybody. It is opened read-only and immutable, its schema is compared with the
one that this version writes, no value is longer than a topic can be, and no query lasts.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kiosk.errors import PackError
from kiosk.library.pack import integrity
from kiosk.library.pack.schema import APPLICATION_ID, FORMAT, PAGE, strange
from kiosk.system.files import READ, descriptors_of, read_at, reopen, shows_open_files

MOST_IN_MEMORY = 8 << 20
"""Bytes up to which a pack is read into memory, where changes to its file do not reach it."""
LARGEST = 2 << 30
LONGEST = 4 << 20
"""Bytes of one value: a topic has far fewer."""
QUERY_TIMEOUT = 2.0
"""Seconds that one query may last."""
TABLE_TIMEOUT = 120.0
"""Seconds that reading a whole table may last."""
_HEADER = 100
_DAMAGED = (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError)
"""Errors that SQLite raises for a damaged file; a false length in it may exceed the memory."""
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 50,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 4,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_SETTINGS = (
    # of the whole process: a made-up search index may ask for gigabytes (SQLite 3.31 and later)
    "PRAGMA hard_heap_limit = 536870912",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA query_only = ON",
)


class TimedConnection(sqlite3.Connection):
    """SQLite connection that interrupts a query which takes too long."""

    _until = float("inf")

    def execute(self, *query: Any) -> sqlite3.Cursor:
        """Run a query; the time that it may take begins now."""
        self._until = time.monotonic() + QUERY_TIMEOUT
        return super().execute(*query)

    def is_late(self) -> bool:
        """Return whether the query has used up its time."""
        return time.monotonic() > self._until


class PackConnection:
    """An open pack, with the connection to SQLite that its queries go through.

    The pack's schema is the one that this version writes, else opening raises PackError. A forked
    child calls `renew()` before it reads: where it reads a file, parent and child would otherwise
    move each other's position in that file.
    """

    def __init__(self, pack: Path | bytes) -> None:
        self.path = pack if isinstance(pack, Path) else None
        self._until = 0.0
        self._files: list[int] = []
        """SQLite's descriptors, one a connection, where it reads a file."""
        self._stamp: tuple[int, ...] | None = None
        """Identity of the file that was opened, to notice that another has its name now."""
        self._is_in_memory = not isinstance(pack, Path)
        if isinstance(pack, Path):
            handle = open_file(pack)
            try:
                self._connection = self._connect(pack, handle)
            finally:
                os.close(handle)
        else:
            _check_header(None, pack[:_HEADER], len(pack))
            self._connection = _in_memory(pack)
        try:
            self._harden()
        except PackError:
            self.close()
            raise

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Return the rows of a query; raises PackError for a damaged pack or a query too slow."""
        self._until = time.monotonic() + QUERY_TIMEOUT
        try:
            return self._connection.execute(query, values).fetchall()
        except _DAMAGED as error:
            raise PackError(self.path, f"it is damaged: {_why(error)}.") from error

    def each(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a long query, one by one; raises PackError for a damaged pack.

        The query has more time than one of `rows`; it raises PackError, too, when that is over.
        """
        self._until = time.monotonic() + TABLE_TIMEOUT
        try:
            yield from self._connection.execute(query)
        except _DAMAGED as error:
            raise PackError(self.path, f"it is damaged: {_why(error)}.") from error

    def another(self) -> TimedConnection:
        """Return another connection to the same pack, with the same limits.

        Raises PackError where the file has been replaced since.
        """
        other = self._connect_again()
        try:
            _limit(other)
            other.set_progress_handler(other.is_late, 10_000)
            for setting in _SETTINGS:
                other.execute(setting)
        except _DAMAGED as error:
            other.close()
            raise PackError(self.path, f"it is damaged: {_why(error)}.") from error
        return other

    def _connect_again(self) -> TimedConnection:
        """Connect to the same file, so that a pack is not in memory twice; else to a copy of it."""
        if self.path is None or self._stamp is None:
            return _in_memory(self._connection.serialize())
        try:
            handle = open_file(self.path)
            try:
                if _stamp(handle) == self._stamp:
                    return self._to_file(self.path, handle)
            finally:
                os.close(handle)
        except PackError:
            pass
        if self._is_in_memory:
            return _in_memory(self._connection.serialize())
        raise PackError(self.path, "it was replaced while it was in use.")

    def renew(self) -> None:
        """Reopen the file in a forked child, so that its position in the file is its own."""
        for descriptor in self._files:
            reopen(descriptor)

    def close(self) -> None:
        """Close the connection to SQLite, and so the file."""
        self._connection.close()

    def _connect(self, path: Path, handle: int) -> TimedConnection:
        size = os.fstat(handle).st_size
        _check_header(path, read_at(handle, _HEADER, 0), size)
        self._stamp = _stamp(handle)
        self._is_in_memory = size <= MOST_IN_MEMORY or not shows_open_files()
        if self._is_in_memory:
            content = read_at(handle, size, 0)
            _check_header(path, content[:_HEADER], len(content))
            return _in_memory(content)
        return self._to_file(path, handle)

    def _to_file(self, path: Path, handle: int) -> TimedConnection:
        """Connect to the file that the descriptor refers to; raise PackError where that fails."""
        before = descriptors_of(handle)
        address = f"file:{quote(os.path.abspath(path))}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(
                address,
                uri=True,
                check_same_thread=False,
                isolation_level=None,
                factory=TimedConnection,
            )
        except sqlite3.Error as error:
            raise PackError(path, f"it cannot be opened: {error}.") from error
        for own in descriptors_of(handle) - before:
            self._files.append(own)
            return connection
        connection.close()
        raise PackError(path, "it was replaced while it was opened.")

    def _harden(self) -> None:
        connection = self._connection
        _limit(connection)
        connection.set_progress_handler(lambda: time.monotonic() > self._until, 10_000)
        for setting in _SETTINGS:
            self.rows(setting)
        odd = strange(self.rows("SELECT type, name, sql FROM sqlite_schema LIMIT 100"))
        if odd:
            raise PackError(self.path, f"it is no pack of this kiosk: it has {printable(odd)}.")


def open_file(path: Path) -> int:
    """Open a file that may be a pack, without blocking; return its descriptor.

    Raises PackError where there is no ordinary file that can be read.
    """
    try:
        handle = os.open(path, READ)
    except FileNotFoundError:
        raise PackError(path, "there is no such file.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise PackError(path, f"it cannot be read: {why}.") from error
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return handle
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise PackError(path, "it cannot be read: it is a directory, not a pack.")
    raise PackError(path, "it cannot be read: it is no ordinary file.")


def printable(text: str) -> str:
    """Return text from a file, fit for one line of a terminal: 80 characters, `?` for odd ones."""
    return "".join(c if c.isprintable() else "?" for c in text)[:80]


def _why(error: BaseException) -> str:
    return printable(str(error) or type(error).__name__)


def _limit(connection: sqlite3.Connection) -> None:
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    if hasattr(connection, "setconfig"):  # Python 3.12 and later
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined]


def _in_memory(content: bytes) -> TimedConnection:
    connection = sqlite3.connect(
        ":memory:", check_same_thread=False, isolation_level=None, factory=TimedConnection
    )
    connection.deserialize(content)
    return connection


def _stamp(handle: int) -> tuple[int, ...]:
    """Return the identity of an open pack, without its ctime (as `file_stamp` has it): a change of
    mode or a backup's hard link must not end a visit's search for answers and alarms.
    """
    status = os.fstat(handle)
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _check_header(path: Path | None, head: bytes, size: int) -> None:
    """Raise unless this is the header of a whole pack of our format (sqlite.org/fileformat2)."""
    if len(head) < _HEADER or not head.startswith(b"SQLite format 3\0"):
        raise PackError(path, "it is empty." if not size else "it is not a kiosk pack.")
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise PackError(path, "it is a database, but not a kiosk pack.")
    version = int.from_bytes(head[60:64])
    if version > FORMAT:
        made = f"it was built by a newer kiosk (format {version}; this one reads {FORMAT})."
        raise PackError(path, made)
    if version < FORMAT:
        made = f"it was built by an older kiosk (format {version}; this one reads {FORMAT})."
        raise PackError(path, f"{made} Build it again.")
    page = int.from_bytes(head[16:18])
    if page != PAGE or not integrity.has_room(head):
        raise PackError(path, "it is damaged: its header is not what a build writes.")
    if size != page * int.from_bytes(head[28:32]):
        raise PackError(path, "it is not whole: it was cut short, or something was added.")
    if size > LARGEST:
        raise PackError(path, "it is larger than a pack can be (2 GiB).")
