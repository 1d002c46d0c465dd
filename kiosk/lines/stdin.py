"""Standard input as typed lines on POSIX: waits with a timeout, reports Ctrl+C and the signals that
end the process, and hides what is typed while a page must be read.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import sys
import termios
from types import TracebackType
from typing import Any

from kiosk.escape_sequences import ERASE_LINES, ERASE_SCROLLBACK, NO_CURSOR
from kiosk.lines.line_source import LONGEST, EndOfInput, Interrupted, Terminated
from kiosk.system.signals import ENDING

_ASKING = (signal.SIGINT, signal.SIGQUIT)
"""Ctrl+C and Ctrl+\\: each is an interrupt."""
ASKING_KEYS = (b"\x03", b"\x1c")
"""Bytes of Ctrl+C and Ctrl+\\, from a terminal that makes no signals of them."""
_STOPPING = (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
_ENDING = tuple(number for number in ENDING if number not in _ASKING)
TOGETHER = 0.05
"""Seconds within which what follows a line came with it."""


class StandardInput:
    """Line source for POSIX: the process's standard input, a terminal or a pipe. Inside its `with`
    block, Ctrl+C and Ctrl+\\ raise Interrupted from `listen`, and Ctrl+Z does nothing.

    Leaving the block puts the terminal's mode back and drops unread input.

    Args:
        is_owner: whether this process has to leave the terminal as it was. If so, a signal that
            ends the process raises Terminated, and then the terminal is erased; else such signals
            keep their handlers.
    """

    def __init__(self, *, is_owner: bool = True) -> None:
        self._fd = sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY)
        self._is_owner = is_owner
        self._line_mode: list[Any] | None = None
        """The terminal's attributes while it is read key by key, to be put back."""
        self.echoes = os.isatty(self._fd)
        self._signalled, self._alarm = os.pipe()  # a visit that gave up sockets has pipes
        os.set_blocking(self._alarm, False)

    def __enter__(self) -> StandardInput:
        self._handlers: dict[int, Any] = {
            number: signal.signal(number, _noop) for number in _ASKING
        }
        for number in _ENDING if self._is_owner else ():
            self._handlers[number] = signal.signal(number, _terminate)
        for number in _STOPPING:
            self._handlers[number] = signal.signal(number, signal.SIG_IGN)
        self._wakeup = signal.set_wakeup_fd(self._alarm, warn_on_full_buffer=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._wakeup)
        self.drop()
        if isinstance(error, Terminated) and self.echoes:
            _wipe()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        os.close(self._alarm)
        os.close(self._signalled)

    def listen(self, seconds: float) -> bytes:
        """Wait up to `seconds` for typed input; return the bytes that came, empty if none did.

        Raises:
            Interrupted: Ctrl+C or Ctrl+\\ was pressed.
            EndOfInput: the input has ended, or the terminal is gone.
        """
        ready, _, _ = select.select([self._signalled, self._fd], [], [], max(0.0, seconds))
        if self._signalled in ready:
            os.read(self._signalled, LONGEST)
            raise Interrupted  # a signal that ends the process has raised already
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

    def read_rest(self) -> bytes:
        """Return the bytes that were pasted together with the line read last, also an unfinished
        line; empty if there are none, and for anything but a terminal. Raises Interrupted where
        Ctrl+C was pressed meanwhile.
        """
        if not self.echoes:
            return b""
        got = b""
        self.stop_listening()
        try:
            with contextlib.suppress(EndOfInput):
                while len(got) < LONGEST and (chunk := self.listen(TOGETHER)):
                    got += chunk
        finally:
            self._read_lines(termios.TCSANOW)
        return got

    def stop_listening(self) -> None:
        """Hide what is typed, and read it key by key, until `drop()`: half a line typed too early
        would otherwise stay in the terminal and begin the next answer. Only a terminal is changed.
        """
        if self.echoes and self._line_mode is None:
            with contextlib.suppress(termios.error):
                before = termios.tcgetattr(self._fd)
                hushed = [*before[:3], before[3] & ~(termios.ICANON | termios.ECHO), *before[4:]]
                self._line_mode = before  # first: a signal may come between
                termios.tcsetattr(self._fd, termios.TCSANOW, hushed)

    def is_sending(self) -> bool:
        """Return whether printed text still waits in this machine to be sent on a slow or stopped
        serial line. False where standard output cannot tell.
        """
        unsent = bytearray(4)
        with contextlib.suppress(OSError, ValueError):
            fcntl.ioctl(sys.stdout.fileno(), termios.TIOCOUTQ, unsent)
        return any(unsent)

    def drop(self) -> None:
        """Throw away what has been typed and not read, and make the terminal show and read whole
        lines again. Do nothing where standard input is no terminal.
        """
        if not self.echoes:
            return
        self._read_lines(termios.TCSAFLUSH)
        with contextlib.suppress(termios.error):
            termios.tcflush(self._fd, termios.TCIFLUSH)

    def _read_lines(self, when: int) -> None:
        """Have the terminal hand over whole lines again."""
        if self._line_mode is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._fd, when, self._line_mode)
            self._line_mode = None


def _noop(*_: object) -> None:
    """The wake-up descriptor tells of the signal; it does nothing by itself."""


def _terminate(number: int, _: object) -> None:
    """Leave whatever is being done; nothing after it may stop the end."""
    for other in _ENDING:
        signal.signal(other, signal.SIG_IGN)
    raise Terminated(number)


def _wipe() -> None:
    """Leave nothing of the visit on the terminal: nobody has said that it is over."""
    if os.environ.get("TERM", "") not in NO_CURSOR and os.isatty(1):
        with contextlib.suppress(OSError):
            os.write(1, (ERASE_LINES + ERASE_SCROLLBACK).encode("ascii"))
