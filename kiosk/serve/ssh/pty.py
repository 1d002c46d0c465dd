"""The terminal of somebody far away: what may be believed of it, and its two ends here."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import termios
import tty
from dataclasses import dataclass

from kiosk.escape_sequences import MAX_SIZE, NO_CURSOR

LEAST = (20, 6)
"""Columns and rows at least: what a hostile size costs is what the smallest screen costs."""
USUAL = (80, 24)
UNKNOWN_TERM = "vt100"
"""What a terminal is taken for whose name cannot be one: it has no colours, and moves a cursor."""

_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,31}")


@dataclass(frozen=True)
class TerminalFds:
    """Descriptors: `ours` never block; `theirs` are for the visit, and are closed here then."""

    read: int
    write: int
    source: int
    sink: int

    def close_worker_side(self) -> None:
        """The visit has them."""
        for one in {self.source, self.sink}:
            os.close(one)

    def close_our_side(self) -> None:
        """Nobody is here any more."""
        for one in {self.read, self.write}:
            os.close(one)


def known_term(told: str) -> str:
    """`TERM` as it was told, if a terminal can have that name."""
    return told if told in NO_CURSOR or _TERM.fullmatch(told) else UNKNOWN_TERM


def clamp_size(columns: int, rows: int) -> tuple[int, int]:
    """The size that was told, within what can be drawn; where nothing was told, the usual one."""
    return (
        min(max(columns or USUAL[0], LEAST[0]), MAX_SIZE[0]),
        min(max(rows or USUAL[1], LEAST[1]), MAX_SIZE[1]),
    )


def open_terminal(size: tuple[int, int], *, is_raw: bool) -> TerminalFds:
    """A terminal of this size; raw from the first byte, so that no early key is echoed."""
    ours, theirs = os.openpty()
    ends = TerminalFds(ours, ours, theirs, theirs)
    try:
        resize(ours, size)
        if is_raw:
            tty.setraw(theirs, termios.TCSANOW)
        else:
            modes = termios.tcgetattr(theirs)
            modes[0] |= getattr(termios, "IUTF8", 0o40000)
            modes[3] &= ~termios.ISIG  # Ctrl+C and Ctrl+Z are for the visit to read, or for nobody
            termios.tcsetattr(theirs, termios.TCSANOW, modes)
        os.set_blocking(ours, False)
    except (OSError, termios.error) as error:
        ends.close_worker_side()
        ends.close_our_side()
        raise OSError(f"a terminal cannot be set up: {error}") from error
    return ends


def open_pipes() -> TerminalFds:
    """Two pipes, where the client asked for no terminal."""
    source, write = os.pipe()
    try:
        read, sink = os.pipe()
    except OSError:
        os.close(source)
        os.close(write)
        raise
    for ours in (read, write):
        os.set_blocking(ours, False)
    return TerminalFds(read, write, source, sink)


def resize(terminal: int, size: tuple[int, int]) -> None:
    """Have the terminal say that it has this size."""
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
