"""Opening, reading and replacing files as each system can."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.system.locks import lock_file

_BINARY = getattr(os, "O_BINARY", 0)
"""Windows changes line ends in a file that is opened without it."""
_OWN = getattr(os, "O_CLOEXEC", 0) | _BINARY
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""Opening a FIFO must not wait for a writer; Windows has none in its folders."""
READ = os.O_RDONLY | _NO_WAIT | _OWN
"""Flags for `os.open`: read a file that may be anything."""
READ_NO_LINK = READ | getattr(os, "O_NOFOLLOW", 0)
"""Flags for `os.open`: as READ, but fail for a symbolic link where the system can tell."""
CHANGE = os.O_RDWR | _NO_WAIT | _OWN
"""Flags for `os.open`: read and write a file that is there."""
CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | _OWN
"""Flags for `os.open`: make a file that must not be there yet."""
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
"""Names that Windows takes for devices, in every folder and with any ending."""
OPEN_FILES = "/proc/self/fd"
"""Folder in which Linux shows the descriptors of this process."""


def folder_of_others(folder: str | os.PathLike[str], owners: Collection[int]) -> Path | None:
    """Return the nearest folder, `folder` or one above, whose files somebody else can replace.

    Returns None if there is none. A folder counts if its owner is not among `owners`, or if every
    user may write to it and it is not sticky, as /tmp is. Raises OSError if `folder` is missing.

    Args:
        folder: the one to begin with.
        owners: numbers of the users who may own the folders.
    """
    around = Path(folder).absolute()
    for each in (around, *around.parents):
        status = os.stat(each)
        is_shared = status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX
        if is_shared or status.st_uid not in owners:
            return each
    return None


def open_ordinary(path: str | os.PathLike[str], flags: int = READ) -> int:
    """Open an ordinary file for reading with `flags` of `os.open`; return its descriptor.

    Raises OSError, also for a FIFO, a device or a folder: reading one may wait or go on for ever.
    """
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", os.fspath(path))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_ordinary(path: str | os.PathLike[str], largest: int, flags: int = READ) -> bytes:
    """Return all bytes of an ordinary file; raises OSError, also if it has more than `largest`."""
    with os.fdopen(open_ordinary(path, flags), "rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise OSError(errno.EFBIG, f"it is larger than {largest:,} bytes", os.fspath(path))
    return data


def is_device_name(name: str) -> bool:
    """Return whether no file can have this name on Windows: a device, or it ends in "." or " "."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES or name.endswith((".", " "))


def is_ours(status: os.stat_result) -> bool:
    """Return whether this user owns a file or folder, and no other user may change it.

    `status` is of `os.stat`. On a system without such rights (Windows) the answer is True.
    """
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


if sys.platform != "win32" and hasattr(os, "pread"):
    CAN_REPLACE_OPEN = True
    """True where a file that somebody has open can be replaced or deleted."""

    def read_at(descriptor: int, size: int, offset: int) -> bytes:
        """Return up to `size` bytes from `offset` on; raises OSError."""
        return os.pread(descriptor, size, offset)

    def write_at(descriptor: int, data: bytes, offset: int) -> None:
        """Write `data` at `offset`; raises OSError."""
        os.pwrite(descriptor, data, offset)

    def let_all_read(descriptor: int) -> None:
        """Let every user read an open file, and its owner alone write it."""
        os.fchmod(descriptor, 0o644)

    def sync_folder(folder: str | os.PathLike[str]) -> None:
        """Flush the names in a folder to disk."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def locked_folder(folder: str | os.PathLike[str]) -> Iterator[None]:
        """Lock a folder against every other process that asks for this lock."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            lock_file(descriptor)
            yield
        finally:
            os.close(descriptor)

else:
    CAN_REPLACE_OPEN = False

    def read_at(descriptor: int, size: int, offset: int) -> bytes:
        """Return up to `size` bytes from `offset` on; raises OSError."""
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, size)

    def write_at(descriptor: int, data: bytes, offset: int) -> None:
        """Write `data` at `offset`; raises OSError."""
        os.lseek(descriptor, offset, os.SEEK_SET)
        os.write(descriptor, data)

    def let_all_read(descriptor: int) -> None:
        """Do nothing: a new file has the rights of its folder."""

    def sync_folder(folder: str | os.PathLike[str]) -> None:
        """Do nothing: Windows opens no folder, and keeps its names in a journal."""

    @contextmanager
    def locked_folder(folder: str | os.PathLike[str]) -> Iterator[None]:
        """Lock a folder against every other process that asks for this lock, by a file in it."""
        descriptor = os.open(os.path.join(folder, ".lock"), os.O_RDWR | os.O_CREAT | _OWN, 0o600)
        try:
            lock_file(descriptor)
            yield
        finally:
            os.close(descriptor)


def shows_open_files() -> bool:
    """Return whether the system has a folder of this process's descriptors, as `reopen()` needs."""
    return os.path.isdir(OPEN_FILES)


def descriptors_of(descriptor: int) -> set[int]:
    """Return all descriptors of this process that have the same file open, this one included.

    Raises OSError where the system does not list them: see `shows_open_files()`.
    """
    wanted, same = os.fstat(descriptor), set()
    for other in map(int, os.listdir(OPEN_FILES)):
        with suppress(OSError):  # the one that the listing itself needed
            status = os.fstat(other)
            if (status.st_dev, status.st_ino) == (wanted.st_dev, wanted.st_ino):
                same.add(other)
    return same


def reopen(descriptor: int) -> None:
    """Open a descriptor's file again, for reading, under the same number; raises OSError.

    The new one shares its position with no other descriptor or process.
    """
    fresh = os.open(f"{OPEN_FILES}/{descriptor}", os.O_RDONLY | _OWN)
    os.dup2(fresh, descriptor, inheritable=False)
    os.close(fresh)
