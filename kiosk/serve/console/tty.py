"""A terminal as its attendant holds it: raw before anything runs in it, wiped between visits.

Standard library only, and little of it: the attendant imports this.
"""

from __future__ import annotations

import contextlib
import os
import termios

from kiosk.escape_sequences import MAX_SIZE, RESET_MODES

WIPE = RESET_MODES + "\x1b[?1049l\x1b[!p\x1b[0m\x1b(B\x1b[?7h\x1b[?25h\x1b[2J\x1b[3J\x1b[H"
"""No touch reports, no pastes, no other screen, no colour; an empty screen and no scrollback."""
PALETTE = {True: "\x1b]R", False: "\x1b]104\x1b\\"}
"""Colours as they were: on the Linux console, and elsewhere."""


class Tty:
    """The terminal behind a descriptor, over a file description of its own that never blocks.

    Args:
        descriptor: of the terminal; visits are given this one.
        term: what `TERM` says it is.
    """

    def __init__(self, descriptor: int, term: str) -> None:
        self.descriptor = descriptor
        self._wipe = WIPE + PALETTE[term == "linux"]
        flags = os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
        # Not by its name: a service may have no /dev with that name in it.
        self._own = os.open(f"/proc/self/fd/{descriptor}", flags)
        self._before = termios.tcgetattr(self._own)
        self._waiting = b""

    @property
    def waits(self) -> bool:
        """Whether something is still to be written."""
        return bool(self._waiting)

    def fileno(self) -> int:
        """The descriptor to poll."""
        return self._own

    def set_raw(self) -> None:
        """Hand every key over as it is; none is a signal."""
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
            os.set_blocking(self.descriptor, True)  # whatever a visit made of it
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
        """Write, now or when the terminal takes it."""
        self._waiting += text.encode("ascii", "replace")
        self.flush()

    def flush(self) -> None:
        """Write what waits, as far as the terminal takes it; raises OSError where it is gone."""
        while self._waiting:
            try:
                self._waiting = self._waiting[os.write(self._own, self._waiting) :]
            except BlockingIOError:
                return

    def size(self) -> tuple[int, int]:
        """Columns and rows; 80x24 where it does not say."""
        try:
            columns, rows = os.get_terminal_size(self._own)
        except OSError:
            columns, rows = 80, 24
        return min(max(1, columns or 80), MAX_SIZE[0]), min(max(1, rows or 24), MAX_SIZE[1])

    def restore(self) -> None:
        """The terminal as it was, empty."""
        with contextlib.suppress(OSError, termios.error):
            self.wipe()
            termios.tcsetattr(self._own, termios.TCSANOW, self._before)
