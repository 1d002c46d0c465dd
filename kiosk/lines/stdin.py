"""Standard input as whoever is heard there: lines, silence, an interrupt, the end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
from types import TracebackType
from typing import Any, Protocol

_ASKING = (signal.SIGINT, signal.SIGQUIT)
"""Ctrl+C and Ctrl+\\: each is an interrupt."""
ASKING_KEYS = (b"\x03", b"\x1c")
"""The same keys, from a terminal that makes no signals of them."""
_STOPPING = (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
LONGEST = 4096
"""Bytes of a line that are kept; the rest of a longer one is dropped."""


class Interrupted(Exception):
    """Ctrl+C."""


class EndOfInput(Exception):
    """Nothing more can come."""


class LineSource(Protocol):
    """Where lines come from."""

    echoes: bool
    """Whether what is typed shows by itself."""

    def listen(self, seconds: float) -> bytes:
        """What came, at most `seconds` later; empty where nothing did. Raises both of the above."""
        ...

    def stop_listening(self) -> None:
        """Let what is typed be heard key by key, and not shown, until `drop()`."""
        ...

    def drop(self) -> None:
        """Drop what has been typed and not yet heard; hear lines again."""
        ...


class StandardInput:
    """The process's standard input. While it is open, no key kills or stops the process."""

    def __init__(self) -> None:
        self._fd = sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY)
        self._lines_of: list[Any] | None = None
        """The terminal's attributes while it is hushed, to be put back."""
        self.echoes = os.isatty(self._fd)
        self._signalled, self._alarm = os.pipe()  # a visit that gave up sockets has pipes
        os.set_blocking(self._alarm, False)

    def __enter__(self) -> StandardInput:
        self._handlers = {number: signal.signal(number, _heard) for number in _ASKING}
        for number in _STOPPING:
            self._handlers[number] = signal.signal(number, signal.SIG_IGN)
        self._wakeup = signal.set_wakeup_fd(self._alarm, warn_on_full_buffer=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._wakeup)
        self.drop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        os.close(self._alarm)
        os.close(self._signalled)

    def listen(self, seconds: float) -> bytes:
        """What came, at most `seconds` later; empty where nothing did."""
        ready, _, _ = select.select([self._signalled, self._fd], [], [], max(0.0, seconds))
        if self._signalled in ready:
            os.read(self._signalled, LONGEST)
            raise Interrupted
        if not ready:
            return b""
        try:
            got = os.read(self._fd, LONGEST)
        except OSError:  # the terminal is gone
            raise EndOfInput from None
        if not got:
            raise EndOfInput
        if self.echoes and any(key in got for key in ASKING_KEYS):
            raise Interrupted
        return got

    def stop_listening(self) -> None:
        """Hear a terminal key by key: half a line would wait in it for the prompt."""
        if self.echoes and self._lines_of is None:
            with contextlib.suppress(termios.error):
                before = termios.tcgetattr(self._fd)
                hushed = [*before[:3], before[3] & ~(termios.ICANON | termios.ECHO), *before[4:]]
                termios.tcsetattr(self._fd, termios.TCSANOW, hushed)
                self._lines_of = before

    def drop(self) -> None:
        """Drop what has been typed and not yet heard; hear lines again."""
        if not self.echoes:
            return
        with contextlib.suppress(termios.error):
            if self._lines_of is not None:
                termios.tcsetattr(self._fd, termios.TCSAFLUSH, self._lines_of)
                self._lines_of = None
            termios.tcflush(self._fd, termios.TCIFLUSH)


def _heard(*_: object) -> None:
    """The wake-up descriptor tells of the signal; it does nothing by itself."""


class LineBuffer:
    """Bytes put together to lines of text, in bounded memory."""

    def __init__(self) -> None:
        self._whole: list[str] = []
        self._part = b""

    def feed(self, got: bytes) -> None:
        """Add what came."""
        *ends, rest = got.replace(b"\r", b"\n").split(b"\n")
        for end in ends:
            self._whole.append((self._part + end)[:LONGEST].decode("utf-8", "replace"))
            self._part = b""
        self._part = (self._part + rest)[:LONGEST]

    def take(self) -> str | None:
        """The next whole line; None until there is one."""
        return self._whole.pop(0) if self._whole else None

    def take_rest(self) -> str | None:
        """What came after the last line end."""
        rest, self._part = self._part.decode("utf-8", "replace"), b""
        return rest or None

    def clear(self) -> bool:
        """Drop everything; whether there was anything."""
        had = bool(self._whole or self._part)
        self._whole.clear()
        self._part = b""
        return had
