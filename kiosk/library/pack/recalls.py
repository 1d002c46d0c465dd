"""Texts that must go now: a small file beside a pack, seen by every visit at its next event.

A visit that has given up the file system cannot look at a file, so it is mapped into memory before:
what is written to it in place is there at once, in every process. A recall names the text by its
hash, not only its topic: a corrected text in a later pack is another text.

The file never grows and is never replaced: 256 bytes of head, then slots of 256 bytes. A slot is
written first, then marked as in force, then the count of changes goes up: a reader looks at that
count alone, until it changes.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.library.pack.atomic_file import write_whole

MAGIC = b"kiosk recalls 1\n"
SLOT = 256
SLOTS = 1023
SIZE = SLOT * (SLOTS + 1)
_COUNT = slice(16, 24)
_IN_FORCE, _UNDONE = b"\1", b"\2"
_ID, _LANGUAGE, _HASH = slice(1, 81), slice(81, 97), slice(97, 161)


@dataclass(frozen=True)
class Recall:
    """One text that must not be shown: a topic in a language, in just these words."""

    topic: str
    language: str
    sha256: str


class RecallsFull(Exception):
    """There is no room for another recall."""


class Recalls:
    """The recalls beside a pack, as this process sees them.

    Where there is no such file yet, its appearing is noticed; one that has appeared and cannot be
    read holds every text back, because one of them may be it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._map: mmap.mmap | None = None
        self._open()

    def changed(self, since: int | None) -> int | None:
        """The count of changes, where it is not `since`; it costs next to nothing.

        -1 where a file is there that cannot be read.
        """
        if self._map is None and not self._appeared():
            count = 0
        elif self._map is None:
            count = -1
        else:
            count = int.from_bytes(self._map[_COUNT], "little")
        return None if count == since else count

    def in_force(self) -> Iterator[Recall]:
        """The recalls that hold now."""
        if self._map is not None:
            yield from _slots(self._map)

    def _appeared(self) -> bool:
        try:
            os.stat(self._file)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        self._open()
        return True

    def _open(self) -> None:
        with suppress(OSError, ValueError):
            handle = os.open(self._file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                if _is_ours(handle):
                    self._map = mmap.mmap(handle, SIZE, mmap.MAP_SHARED, mmap.PROT_READ)
            finally:
                os.close(handle)


def recalls_path(pack: Path) -> Path:
    """Where the recalls of a pack are."""
    return pack.with_name(f"{pack.name}.recalls")


def make(pack: Path) -> Path:
    """The file for a pack, made where there is none. Raises OSError."""
    file = recalls_path(pack)
    if not file.exists():
        write_whole(file, (MAGIC + bytes(8)).ljust(SIZE, b"\0"))
    return file


def recall(file: Path, one: Recall) -> None:
    """Put a recall in force, on the disk before it returns. Raises OSError or Full."""
    with _changing(file) as held:
        free = None
        for number, known in enumerate(_raw(held)):
            if known[:1] == _IN_FORCE and _told(known) == one:
                return
            if free is None and known[:1] != _IN_FORCE:
                free = number
        if free is None:
            raise RecallsFull
        at = SLOT * (free + 1)
        held[at : at + 1] = _UNDONE
        for part, text in ((_ID, one.topic), (_LANGUAGE, one.language), (_HASH, one.sha256)):
            held[at + part.start : at + part.stop] = text.encode().ljust(
                part.stop - part.start, b"\0"
            )
        held.flush()
        held[at : at + 1] = _IN_FORCE


def undo(file: Path, topic: str) -> int:
    """Take back every recall of a topic; how many there were. Raises OSError."""
    undone = 0
    with _changing(file) as held:
        for number, known in enumerate(_raw(held)):
            if known[:1] == _IN_FORCE and _told(known).topic == topic:
                held[SLOT * (number + 1)] = _UNDONE[0]
                undone += 1
    return undone


def recalled(
    recalls: Recalls, text_of: Callable[[str], Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """The topics, and the language, that are recalled in the words of a pack.

    Args:
        text_of: the SHA-256 of a topic's text in the pack, by language.
    """
    for one in recalls.in_force():
        if text_of(one.topic).get(one.language) == one.sha256:
            yield one.topic, one.language


@contextmanager
def _changing(file: Path) -> Iterator[mmap.mmap]:
    """The file, for this process alone; the count goes up when the change is on the disk."""
    handle = os.open(file, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not _is_ours(handle):
            raise OSError(0, "it is no file of recalls")
        fcntl.flock(handle, fcntl.LOCK_EX)
        with mmap.mmap(handle, SIZE, mmap.MAP_SHARED) as held:
            yield held
            held.flush()
            count = int.from_bytes(held[_COUNT], "little") + 1
            held[_COUNT] = count.to_bytes(8, "little")
            held.flush()
    finally:
        os.close(handle)


def _is_ours(handle: int) -> bool:
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_size != SIZE:
        return False
    return os.pread(handle, len(MAGIC), 0) == MAGIC


def _raw(held: mmap.mmap) -> Iterator[bytes]:
    for at in range(SLOT, SIZE, SLOT):
        yield held[at : at + SLOT]


def _slots(held: mmap.mmap) -> Iterator[Recall]:
    return (_told(one) for one in _raw(held) if one[:1] == _IN_FORCE)


def _told(slot: bytes) -> Recall:
    parts = (
        slot[part].rstrip(b"\0").decode("ascii", "replace") for part in (_ID, _LANGUAGE, _HASH)
    )
    return Recall(*parts)
