"""What Textual's Windows driver calls of Windows, over this process's standard input.

Keys are read from it as they come, and handed over as records of a console. Its modes are taken
and kept: a test makes its terminal raw from the other end.
"""

from __future__ import annotations

import ctypes
import os
import select
import types
from typing import Any

KEY_EVENT = 1
OBEYS_SEQUENCES = 4
TIMEOUT = 0x102


class Function:
    """A function of a library, whose types may be set as `ctypes` has it."""

    def __init__(self, call: Any) -> None:
        self._call = call

    def __call__(self, *arguments: Any) -> Any:
        return self._call(*arguments)


class Kernel32:
    """The functions of kernel32 that the driver uses."""

    def __init__(self, *, draws: bool) -> None:
        self._draws = draws
        self.GetStdHandle = Function(lambda _: 0)
        self.GetConsoleMode = Function(lambda _handle, _mode: 1)
        self.SetConsoleMode = Function(self._set_mode)
        self.WaitForMultipleObjects = Function(self._wait)
        self.ReadConsoleInputW = Function(self._read)

    def _set_mode(self, _handle: int, mode: int) -> int:
        return int(self._draws or not mode & OBEYS_SEQUENCES)

    def _wait(self, _count: int, _handles: Any, _all: Any, milliseconds: Any) -> int:
        ready, _, _ = select.select([0], [], [], milliseconds.value / 1000)
        return 0 if ready else TIMEOUT

    def _read(self, _handle: int, records: Any, most: int, count: Any) -> int:
        text = os.read(0, most).decode("utf-8", "replace")
        for record, character in zip(records._obj, text, strict=False):
            record.EventType = KEY_EVENT
            record.Event.KeyEvent.bKeyDown = 1
            record.Event.KeyEvent.wVirtualKeyCode = 1
            record.Event.KeyEvent.uChar.UnicodeChar = character
        count._obj.value = len(text)
        return 1


def install(console: types.ModuleType, *, draws: bool) -> None:
    """Let `ctypes` find kernel32, and `msvcrt` the handle of a file."""
    console.get_osfhandle = int  # type: ignore[attr-defined]
    kernel = Kernel32(draws=draws)
    ctypes.WinDLL = lambda *_, **__: kernel  # type: ignore[attr-defined]
