"""Control the terminal of an unattended kiosk: make it raw before
anything runs in it, wipe it between visits.

The console supervisor imports this module: few modules of the standard library.
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
    """The terminal behind a descriptor, over a file description of its own that never blocks.

    Args:
        descriptor: of the terminal; workers are given this one.
        term: what `TERM` says it is.
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
        """Whether something is still to be written to the terminal."""
        return bool(self._unwritten)

    def fileno(self) -> int:
        """Return the descriptor of the terminal, to wait for."""
        return self._own

    def set_raw(self) -> None:
        """Have every key handed over as it is; none is a signal."""
        raw = [*self._before[:6], [*self._before[6]]]
        raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._own, termios.TCSANOW, raw)

    def wipe(self) -> None:
        """Drop what waits in either direction, and leave nothing of a visit on the screen."""
        with contextlib.suppress(termios.error):
            termios.tcflow(self._own, termios.TCOON)
            termios.tcflush(self._own, termios.TCIOFLUSH)
        with contextlib.suppress(OSError):
            os.set_blocking(self.descriptor, True)  # whatever a worker made of it
        self.set_raw()
        self.write(self._wipe)

    def drop_input(self) -> None:
        """Drop what was typed and not read."""
        with contextlib.suppress(termios.error):
            termios.tcflush(self._own, termios.TCIFLUSH)

    def say(self, text: str) -> None:
        """Wipe, and show one line in the middle of the upper half."""
        columns, rows = self.size()
        self.wipe()
        column = max(1, (columns - len(text)) // 2 + 1)
        self.write(f"\x1b[{max(1, rows // 3)};{column}H{text[:columns]}\x1b[?25l")

    def write(self, text: str) -> None:
        """Write text, now or when the terminal takes it."""
        self._unwritten += text.encode("ascii", "replace")
        self.flush()

    def flush(self) -> None:
        """Write what is left, as far as the terminal takes it; raises OSError where it is gone."""
        while self._unwritten:
            try:
                self._unwritten = self._unwritten[os.write(self._own, self._unwritten) :]
            except BlockingIOError:
                return

    def size(self) -> tuple[int, int]:
        """Return columns and rows, within what can be drawn."""
        try:
            columns, rows = os.get_terminal_size(self._own)
        except OSError:
            columns, rows = 0, 0
        return clamp_size(columns, rows)

    def restore(self) -> None:
        """Give the terminal back as it was, with an empty screen."""
        with contextlib.suppress(OSError, termios.error):
            self.wipe()
            termios.tcsetattr(self._own, termios.TCSANOW, self._before)
