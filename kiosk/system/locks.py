"""A lock on an open file (`lock_file`), which ends with the process that took it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_FAR = 1 << 40
"""Offset of the byte that stands for the whole file: Windows lets nobody read a locked one."""

if sys.platform != "win32" and fcntl is not None:

    def lock_file(descriptor: int, *, wait: bool = True) -> None:
        """Lock an open file for this process alone, until it is closed.

        Args:
            descriptor: of the file.
            wait: wait for another process that has it; else raise OSError at once.
        """
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

else:

    def lock_file(descriptor: int, *, wait: bool = True) -> None:
        """Lock an open file for this process alone, until it is closed.

        Args:
            descriptor: of the file.
            wait: wait for another process that has it, 10 seconds at a time; else raise OSError at
                once.
        """
        windows = import_module("msvcrt")
        if not wait:
            _lock_byte(descriptor, windows.LK_NBLCK)
            return
        is_locked = False
        while not is_locked:
            with suppress(OSError):  # it gives up after ten tries, a second apart
                _lock_byte(descriptor, windows.LK_LOCK)
                is_locked = True


def _lock_byte(descriptor: int, mode: int) -> None:
    """Lock the byte, and go back to where the file was read; raises OSError."""
    position = os.lseek(descriptor, 0, os.SEEK_CUR)
    os.lseek(descriptor, _FAR, os.SEEK_SET)
    try:
        import_module("msvcrt").locking(descriptor, mode, 1)
    finally:
        os.lseek(descriptor, position, os.SEEK_SET)
