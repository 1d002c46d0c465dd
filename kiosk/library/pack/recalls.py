"""Recalls: the file next to a pack that says which texts are withheld, written here and watched.

A worker that has given up the file system cannot open a file, so it is opened before, and read at
each event: what is written to it in place is seen at once, in every process. It is not mapped into
memory, because a mapped file that somebody cuts short ends each process that looks at it. A recall
names the text by its hash, not only its topic: a corrected text in a later pack is another text.

The file never grows and is never replaced: 256 bytes of head, then slots of 256 bytes. A slot is
written first, then marked as in force, then the count of changes goes up: a reader looks at that
count alone, until it changes.
"""

from __future__ import annotations

import errno
import os
import stat
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.errors import RecallsFull
from kiosk.fast_dataclass import dataclass
from kiosk.library.pack.atomic_file import write_whole
from kiosk.system.files import CHANGE, READ, read_at, write_at
from kiosk.system.locks import lock_file

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


class Recalls:
    """Reader of the file of a pack's recalls, which notices each change to that file.

    A file that is made later is noticed, too. Where the file is there and cannot be read, or was
    damaged since, every text counts as withheld, because any of them may be recalled.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None
        self._open()

    def changed(self, since: int | None) -> int | None:
        """Return the count of changes to the file of recalls if it is not `since`; None if it is.

        0 is for no file, -1 for one that is there and cannot be read. Costs one system call.
        """
        if self._descriptor is None and not self._appeared():
            count = 0
        elif self._descriptor is None:
            count = -1
        else:
            count = _count_in(self._descriptor)
        return None if count == since else count

    def in_force(self) -> Iterator[Recall]:
        """Yield the recalls that hold now.

        Raises OSError where the file is there and cannot be read: any text may be recalled.
        """
        if self.changed(None) == -1:
            raise OSError(errno.EIO, "no text is shown, as it cannot be read", str(self._file))
        if self._descriptor is not None:
            yield from _slots(_whole(self._descriptor))

    def _appeared(self) -> bool:
        try:
            os.lstat(self._file)  # a link that leads nowhere is there
        except FileNotFoundError:
            return False
        except OSError:
            return True
        self._open()
        return True

    def _open(self) -> None:
        with suppress(OSError):
            descriptor = os.open(self._file, READ)
            if _is_ours(descriptor):
                self._descriptor = descriptor
                weakref.finalize(self, os.close, descriptor)
            else:
                os.close(descriptor)


def recalls_beside(pack: Path) -> Path:
    """Return the path of the list of recalls of a pack, in the pack's folder."""
    return pack.with_name(f"{pack.name}.recalls")


def make(file: Path) -> None:
    """Make a file of recalls, where there is none. Raises OSError."""
    if not file.exists():
        write_whole(file, (MAGIC + bytes(8)).ljust(SIZE, b"\0"))


def recall(file: Path, entry: Recall) -> None:
    """Put a recall in force, on the disk before it returns. Raises OSError or RecallsFull."""
    with _changing(file) as descriptor:
        free = None
        for number, known in enumerate(_raw(_whole(descriptor))):
            if known[:1] == _IN_FORCE and _decoded(known) == entry:
                return
            if free is None and known[:1] != _IN_FORCE:
                free = number
        if free is None:
            raise RecallsFull(file, "no more texts can be recalled; install a pack.")
        slot = bytearray(_UNDONE.ljust(SLOT, b"\0"))
        for part, text in ((_ID, entry.topic), (_LANGUAGE, entry.language), (_HASH, entry.sha256)):
            slot[part] = text.encode().ljust(part.stop - part.start, b"\0")
        write_at(descriptor, bytes(slot), SLOT * (free + 1))
        os.fsync(descriptor)
        write_at(descriptor, _IN_FORCE, SLOT * (free + 1))


def undo(file: Path, topic: str) -> int:
    """Take back every recall of a topic; return how many there were. Raises OSError."""
    undone = 0
    with _changing(file) as descriptor:
        for number, known in enumerate(_raw(_whole(descriptor))):
            if known[:1] == _IN_FORCE and _decoded(known).topic == topic:
                write_at(descriptor, _UNDONE, SLOT * (number + 1))
                undone += 1
    return undone


def recalled(
    recalls: Recalls, text_of: Callable[[str], Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield the id and language of each topic whose text in a pack is one that was recalled.

    Args:
        recalls: the recalls of that pack.
        text_of: returns, for the id of a topic, the SHA-256 of its texts in the pack by language.
    """
    for entry in recalls.in_force():
        if text_of(entry.topic).get(entry.language) == entry.sha256:
            yield entry.topic, entry.language


@contextmanager
def _changing(file: Path) -> Iterator[int]:
    """Yield a descriptor of the file, for this process alone.

    The count goes up when the change is on the disk. Raises OSError.
    """
    descriptor = os.open(file, CHANGE)
    try:
        if not _is_ours(descriptor):
            raise OSError(0, "it is no file of recalls")
        lock_file(descriptor)
        yield descriptor
        os.fsync(descriptor)
        count = int.from_bytes(_whole(descriptor)[_COUNT], "little") + 1
        write_at(descriptor, count.to_bytes(8, "little"), _COUNT.start)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_ours(descriptor: int) -> bool:
    return stat.S_ISREG(os.fstat(descriptor).st_mode) and _count_in(descriptor) >= 0


def _count_in(descriptor: int) -> int:
    """Return the count of changes; -1 where the file is not, or no longer, one of recalls."""
    try:
        head = read_at(descriptor, _COUNT.stop, 0)
        is_whole = os.fstat(descriptor).st_size == SIZE
    except OSError:
        return -1
    if not is_whole or len(head) < _COUNT.stop or not head.startswith(MAGIC):
        return -1
    return int.from_bytes(head[_COUNT], "little")


def _whole(descriptor: int) -> bytes:
    """Return the bytes of the file; raises OSError where some are missing."""
    data = read_at(descriptor, SIZE, 0)
    if len(data) < SIZE:
        raise OSError(0, "the file of recalls was cut short")
    return data


def _raw(data: bytes) -> Iterator[bytes]:
    for at in range(SLOT, SIZE, SLOT):
        yield data[at : at + SLOT]


def _slots(data: bytes) -> Iterator[Recall]:
    return (_decoded(entry) for entry in _raw(data) if entry[:1] == _IN_FORCE)


def _decoded(slot: bytes) -> Recall:
    parts = (
        slot[part].rstrip(b"\0").decode("ascii", "replace") for part in (_ID, _LANGUAGE, _HASH)
    )
    return Recall(*parts)
