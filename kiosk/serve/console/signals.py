"""Signals to the console supervisor: which are ignored, and a pipe that turns the others into
bytes, so that its loop can wait for them.
"""

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
    """A pipe into which, after `listen()`, the number of each handled signal is written as one
    byte; the supervisor's loop reads it with `received()`.
    """

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        for end in (self._reader, self._writer):
            os.set_blocking(end, False)

    def fileno(self) -> int:
        """Return the descriptor of the pipe's read end, to poll."""
        return self._reader

    def listen(self, handled: Iterable[int]) -> None:
        """Have the signals in `handled` written to the pipe from now on, and ignore the others of
        `IGNORED`.
        """
        for number in IGNORED:
            signal.signal(number, signal.SIG_IGN)
        for number in handled:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)

    def received(self) -> bytes:
        """Read the numbers of the signals that have arrived since the last call, one byte each;
        empty if none has. Does not wait.
        """
        with contextlib.suppress(BlockingIOError):
            return os.read(self._reader, 256)
        return b""
