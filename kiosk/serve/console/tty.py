"""Control the terminal of an unattended kiosk for the supervisor: set raw mode, wipe it between
visits, write a line on it without ever waiting for it.

The console supervisor imports this module, so it imports little of the standard library.
"""

from __future__ import annotations

import contextlib
import os
import termios

from kiosk.escape_sequences import RESET_CONSOLE_PALETTE, RESET_MODES, RESET_PALETTE
from kiosk.window_size import clamp_size

WIPE = RESET_MODES + "\x1b[?1049l\x1b[!p\x1b[0m\x1b(B\x1b[?7h\x1b[?25h\x1b[2J\x1b[3J\x1b[H"
"""Leaves the alternate screen and every mode; an empty screen and no scrollback."""


class Tty:
    """The unattended terminal, as the supervisor uses it. It is opened a second time, so that the
    supervisor's writing never blocks, whatever a worker sets on the first descriptor.

    Args:
        descriptor: open on the terminal; workers are given this one.
        term: the terminal's type, from the variable TERM; decides how its colors are reset.
    """

    def __init__(self, descriptor: int, term: str) -> None:
        self.descriptor = descriptor
        self._wipe = WIPE + (RESET_CONSOLE_PALETTE if term == "linux" else RESET_PALETTE)
        flags = os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
        # Not by its name: a service may have no /dev with that name in it.
        self._own = os.open(f"/proc/self/fd/{descriptor}", flags)
        self._before = termios.tcgetattr(self._own)
        self._unwritten = b""

    @property
    def is_behind(self) -> bool:
        """True if some output has not yet been written, because the terminal could not take it."""
        return bool(self._unwritten)

    def fileno(self) -> int:
        """Return the supervisor's own descriptor of the terminal, to poll."""
        return self._own

    def set_raw(self) -> None:
        """Set the terminal to raw mode: no echo, and every key comes as bytes at once, none as a
        signal.
        """
        raw = [*self._before[:6], [*self._before[6]]]
        raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._own, termios.TCSANOW, raw)

    def wipe(self) -> None:
        """Discard typed input and queued output, set raw mode, and clear the screen, scrollback and
        every mode, so that nothing of a visit is left. Raises OSError if the terminal is gone.
        """
        with contextlib.suppress(termios.error):
            termios.tcflow(self._own, termios.TCOON)
            termios.tcflush(self._own, termios.TCIOFLUSH)
        with contextlib.suppress(OSError):
            os.set_blocking(self.descriptor, True)  # whatever a worker made of it
        self.set_raw()
        self.write(self._wipe)

    def drop_input(self) -> None:
        """Discard what was typed at the terminal and not yet read."""
        with contextlib.suppress(termios.error):
            termios.tcflush(self._own, termios.TCIFLUSH)

    def say(self, text: str) -> None:
        """Wipe the terminal and show one line of text, centered, a third of the way down; it is cut
        to the terminal's width. Raises OSError if the terminal is gone.
        """
        columns, rows = self.size()
        self.wipe()
        column = max(1, (columns - len(text)) // 2 + 1)
        self.write(f"\x1b[{max(1, rows // 3)};{column}H{text[:columns]}\x1b[?25l")

    def write(self, text: str) -> None:
        """Write ASCII text to the terminal without waiting: what it cannot take now is kept for
        `flush`. Raises OSError if the terminal is gone.
        """
        self._unwritten += text.encode("ascii", "replace")
        self.flush()

    def flush(self) -> None:
        """Write as much of the kept output as the terminal takes without waiting; raises OSError if
        the terminal is gone.
        """
        while self._unwritten:
            try:
                self._unwritten = self._unwritten[os.write(self._own, self._unwritten) :]
            except BlockingIOError:
                return

    def size(self) -> tuple[int, int]:
        """Return the terminal's columns and rows, kept within what can be drawn; 80 and 24 if
        unknown.
        """
        try:
            columns, rows = os.get_terminal_size(self._own)
        except OSError:
            columns, rows = 0, 0
        return clamp_size(columns, rows)

    def restore(self) -> None:
        """Wipe the terminal and restore the attributes that it had before the supervisor; errors
        are ignored.
        """
        with contextlib.suppress(OSError, termios.error):
            self.wipe()
            termios.tcsetattr(self._own, termios.TCSANOW, self._before)
