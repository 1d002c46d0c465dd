"""Atomic writing: a new file replaces the old one whole, so that readers find either of them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.system.files import CAN_REPLACE_OPEN, CREATE, READ_NO_LINK, let_all_read, sync_folder
from kiosk.system.locks import lock_file

PART = ".part"
"""Ending of the name of a file that is not finished."""


class AtomicFile:
    """A new file in the directory of `target`, under a name of its own until `put()`.

    It is locked while it is written. A file without a lock was left behind by a process that was
    killed, and the next `AtomicFile` for the same target deletes it.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self._is_closed = False
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
        """Flush the file to disk, and then give it the name of the target."""
        let_all_read(self.handle)
        os.fsync(self.handle)
        if not CAN_REPLACE_OPEN:
            self._is_closed = True
            os.close(self.handle)
        os.replace(self.path, self.target)
        sync_folder(self.target.parent)


def write_whole(file: Path, content: bytes) -> None:
    """Write `content` to `file`, all of it or nothing."""
    with AtomicFile(file) as new:
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
