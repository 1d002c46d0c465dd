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
"""The same; fails for a symbolic link where the system can tell."""
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
    """Return the first folder, from `folder` up, in which somebody else can replace what is there.

    Args:
        folder: must be there.
        owners: numbers of users who may replace them.

    None where nobody else can. A sticky folder, such as /tmp, lets nobody replace another's files.
    """
    around = Path(folder).absolute()
    for each in (around, *around.parents):
        status = os.stat(each)
        is_shared = status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX
        if is_shared or status.st_uid not in owners:
            return each
    return None


def open_ordinary(path: str | os.PathLike[str], flags: int = READ) -> int:
    """Open a file to be read; return its descriptor. Raises OSError.

    Also where it is a FIFO or a device: reading one may wait for ever, or never end.
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
    """Return the bytes of an ordinary file, `largest` of them at most; raises OSError."""
    with os.fdopen(open_ordinary(path, flags), "rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise OSError(errno.EFBIG, f"it is larger than {largest:,} bytes", os.fspath(path))
    return data


def is_device_name(name: str) -> bool:
    """Return whether Windows takes a file of this name for a device, or cannot have it at all."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES or name.endswith((".", " "))


def is_ours(status: os.stat_result) -> bool:
    """Return whether a file or folder belongs to this user, and no other user may change it.

    Where the system knows no such rights, it counts as ours.
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
    """Return whether the system shows this process its descriptors, to open one of them again."""
    return os.path.isdir(OPEN_FILES)


def descriptors_of(descriptor: int) -> set[int]:
    """Return the descriptors of this process that refer to the same file as this one."""
    wanted, same = os.fstat(descriptor), set()
    for other in map(int, os.listdir(OPEN_FILES)):
        with suppress(OSError):  # the one that the listing itself needed
            status = os.fstat(other)
            if (status.st_dev, status.st_ino) == (wanted.st_dev, wanted.st_ino):
                same.add(other)
    return same


def reopen(descriptor: int) -> None:
    """Open the file of a descriptor anew under the same number, with a position of its own."""
    fresh = os.open(f"{OPEN_FILES}/{descriptor}", os.O_RDONLY | _OWN)
    os.dup2(fresh, descriptor, inheritable=False)
    os.close(fresh)
