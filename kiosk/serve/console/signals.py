"""Signals to the console supervisor, as bytes of a pipe that its loop waits for."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable

from kiosk.system.signals import ENDING

IGNORED: tuple[int, ...] = (
    *ENDING, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGPIPE, signal.SIGXFSZ
)  # fmt: skip
"""Signals that would end or stop the supervisor and leave the page on the screen: all that can be
ignored. It hears some of them."""


class SignalPipe:
    """A pipe that carries the number of each signal that arrives after `listen()`, one byte
    each, for the supervisor's loop to read.
    """

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        for end in (self._reader, self._writer):
            os.set_blocking(end, False)

    def fileno(self) -> int:
        """Return the end of the pipe to wait for."""
        return self._reader

    def listen(self, handled: Iterable[int]) -> None:
        """Have these signals arrive in the pipe; ignore those of `IGNORED`."""
        for number in IGNORED:
            signal.signal(number, signal.SIG_IGN)
        for number in handled:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)

    def received(self) -> bytes:
        """Return the numbers of the signals that have arrived."""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._reader, 256)
        return b""
