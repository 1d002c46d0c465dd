"""Atomic writing: a new file replaces the old one whole, so that readers find either of them."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.system.files import CAN_REPLACE_OPEN, CREATE, READ_NO_LINK, let_all_read, sync_folder
from kiosk.system.locks import lock_file

PART = ".part"
"""Ending of the name of a file that is not finished."""
_PIECE = 65_536
_MOST_LINKS = 40  # that the system follows


class AtomicFile:
    """A new file next to `target`, under a name of its own until `put()` gives it that of `target`.

    It is locked while it is written. A file without a lock was left behind by a process that was
    killed, and the next `AtomicFile` for the same target deletes it.

    Args:
        target: the path of the file to make or replace. Nothing but an ordinary file is replaced.
        pours: whether `target` may also be a FIFO, a device or a link of the system, such as
            /dev/stdout. The content is then written into it, once it is whole, however long that
            waits for a reader.

    Raises OSError, also for a target that takes no file.
    """

    def __init__(self, target: Path, *, pours: bool = False) -> None:
        self.target = target
        self._is_closed = False
        self._is_poured = _takes_what_is_written(target, pours)
        if self._is_poured:
            from tempfile import gettempdir  # rare

            target = Path(gettempdir(), target.name)
        sweep(target)
        while True:
            self.path = target.with_name(f".{target.name}.{os.urandom(6).hex()}{PART}")
            self.handle = os.open(self.path, CREATE, 0o600)
            lock_file(self.handle)
            if self.path.exists():  # or another process took it for litter
                break
            os.close(self.handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if CAN_REPLACE_OPEN:
            with suppress(FileNotFoundError):
                self.path.unlink()
        if not self._is_closed:
            os.close(self.handle)
        if not CAN_REPLACE_OPEN:
            with suppress(FileNotFoundError):
                self.path.unlink()

    def put(self) -> None:
        """Flush the new file to disk, and give it the name of the target, or pour it into that."""
        if self._is_poured:
            self._pour()
            return
        let_all_read(self.handle)
        os.fsync(self.handle)
        if not CAN_REPLACE_OPEN:
            self._is_closed = True
            os.close(self.handle)
        os.replace(self.path, self.target)
        sync_folder(self.target.parent)

    def _pour(self) -> None:
        """Write the file where the target leads, as a shell's `>` would: once somebody reads."""
        os.lseek(self.handle, 0, os.SEEK_SET)
        into = os.open(self.target, os.O_WRONLY | os.O_TRUNC)
        try:
            while piece := os.read(self.handle, _PIECE):
                while piece:
                    piece = piece[os.write(into, piece) :]
        finally:
            os.close(into)


def _takes_what_is_written(target: Path, pours: bool) -> bool:
    """Return whether `target` is a pipe or a device to write into, not a file to replace; raise
    OSError if it can be neither.

    A disk is refused: a person who means to overwrite one has `dd`.
    """
    is_of_system = _leads_through_system(target)
    try:
        mode = target.stat().st_mode
    except OSError:  # it is not there yet; or whoever creates it will hear why it cannot be
        if is_of_system:
            raise
        return False
    if stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise OSError(errno.EINVAL, "is a disk or a socket, and no file is written there", target)
    special = is_of_system or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)
    if special and not pours:
        raise OSError(errno.EINVAL, "is a pipe or a device, where a file is expected", target)
    return special


def _leads_through_system(target: Path) -> bool:
    """Return whether a path, or a link that it leads to, is one of the system's: /dev/stdout.

    Such a link may lead to an ordinary file, and be replaced in its place.
    """
    for _ in range(_MOST_LINKS):
        folder = Path(os.path.realpath(target.parent))
        is_memory = folder.parts[:3] == ("/", "dev", "shm")
        if folder.parts[:2] in (("/", "dev"), ("/", "proc")) and not is_memory:
            return True
        if not target.is_symlink():
            return False
        target = folder / target.readlink()
    return False


def write_whole(file: Path, content: bytes, *, pours: bool = False) -> None:
    """Write `content` to `file`, all of it or nothing; raises OSError.

    With `pours`, `file` may also be something to write into, such as a FIFO or /dev/stdout.
    """
    with AtomicFile(file, pours=pours) as new:
        with os.fdopen(os.dup(new.handle), "wb") as opened:
            opened.write(content)
        new.put()


def sweep(target: Path) -> None:
    """Delete files next to `target` that a killed process left unfinished."""
    start = f".{target.name}."
    with suppress(OSError):
        left = [name for name in os.listdir(target.parent) if name.startswith(start)]
        for name in (name for name in left if name.endswith(PART)):
            with suppress(OSError):
                _sweep_file(target.parent / name)


def _sweep_file(file: Path) -> None:
    handle = os.open(file, READ_NO_LINK)
    try:
        lock_file(handle, wait=False)
        if CAN_REPLACE_OPEN:
            file.unlink()
    finally:
        os.close(handle)
    if not CAN_REPLACE_OPEN:
        file.unlink()
