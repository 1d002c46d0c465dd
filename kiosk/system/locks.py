"""Locks on open files, which end with the process that took them."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_FIRST_BYTE = 1
"""How much of a file Windows locks: it locks ranges, and one byte stands for the whole."""

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
            windows.locking(descriptor, windows.LK_NBLCK, _FIRST_BYTE)
            return
        is_locked = False
        while not is_locked:
            with suppress(OSError):  # it gives up after ten tries, a second apart
                windows.locking(descriptor, windows.LK_LOCK, _FIRST_BYTE)
                is_locked = True
