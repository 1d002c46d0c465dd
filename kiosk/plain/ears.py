"""Standard input as whoever is heard there: lines, silence, an interrupt, the end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import termios
from types import TracebackType
from typing import Protocol

LONGEST = 4096
"""Bytes of a line that are kept; the rest of a longer one is dropped."""


class Interrupted(Exception):
    """Ctrl+C."""


class Ended(Exception):
    """Nothing more can come."""


class Ears(Protocol):
    """Where lines come from."""

    echoes: bool
    """Whether what is typed shows by itself."""

    def listen(self, seconds: float) -> bytes:
        """What came, at most `seconds` later; empty where nothing did. Raises both of the above."""
        ...

    def drop(self) -> None:
        """Drop what has been typed and not yet sent."""
        ...


class StandardInput:
    """The process's standard input. While it is open, Ctrl+C is heard and kills nothing."""

    def __init__(self) -> None:
        self._fd = sys.stdin.fileno()
        self.echoes = os.isatty(self._fd)
        self._alarm, self._signalled = socket.socketpair()
        self._alarm.setblocking(False)
        self._signalled.setblocking(False)

    def __enter__(self) -> StandardInput:
        self._handler = signal.signal(signal.SIGINT, lambda *_: None)
        self._wakeup = signal.set_wakeup_fd(self._alarm.fileno(), warn_on_full_buffer=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._wakeup)
        signal.signal(signal.SIGINT, self._handler)
        self._alarm.close()
        self._signalled.close()

    def listen(self, seconds: float) -> bytes:
        """What came, at most `seconds` later; empty where nothing did."""
        ready, _, _ = select.select([self._signalled, self._fd], [], [], max(0.0, seconds))
        if self._signalled in ready:
            self._signalled.recv(4096)
            raise Interrupted
        if not ready:
            return b""
        try:
            got = os.read(self._fd, LONGEST)
        except OSError:  # the terminal is gone
            raise Ended from None
        if not got:
            raise Ended
        return got

    def drop(self) -> None:
        """Drop what has been typed and not yet sent: a terminal keeps it until Enter."""
        if self.echoes:
            with contextlib.suppress(termios.error):
                termios.tcflush(self._fd, termios.TCIFLUSH)


class Lines:
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

    def clear(self) -> None:
        """Drop everything."""
        self._whole.clear()
        self._part = b""
