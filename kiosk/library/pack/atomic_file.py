"""Atomic writing: a new file replaces the old one whole, so that readers find either of them."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

PART = ".part"
"""Ending of the name of a file that is not finished."""


class AtomicFile:
    """A new file in the directory of `target`, under a name of its own until `put()`.

    It is locked while it is written. A file without a lock was left behind by a process that was
    killed, and the next `AtomicFile` for the same target deletes it.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        sweep(target)
        while True:
            self.path = target.with_name(f".{target.name}.{os.urandom(6).hex()}{PART}")
            self.handle = os.open(
                self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600
            )
            fcntl.flock(self.handle, fcntl.LOCK_EX)
            if self.path.exists():  # or another process took it for litter
                break
            os.close(self.handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        with suppress(FileNotFoundError):
            self.path.unlink()
        os.close(self.handle)

    def put(self) -> None:
        """Flush the file to disk, and then give it the name of the target."""
        os.fchmod(self.handle, 0o644)
        os.fsync(self.handle)
        os.replace(self.path, self.target)
        sync(self.target.parent)


def write_whole(file: Path, content: bytes) -> None:
    """Write `content` to `file`, all of it or nothing."""
    with AtomicFile(file) as new:
        with os.fdopen(os.dup(new.handle), "wb") as opened:
            opened.write(content)
        new.put()


def sync(folder: Path) -> None:
    """Flush the names in a folder to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(target: Path) -> None:
    """Delete files next to `target` that a killed process left unfinished."""
    start = f".{target.name}."
    with suppress(OSError):
        left = [name for name in os.listdir(target.parent) if name.startswith(start)]
        for name in (name for name in left if name.endswith(PART)):
            with suppress(OSError):
                _sweep_file(target.parent / name)


def _sweep_file(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.unlink()
    finally:
        os.close(handle)
