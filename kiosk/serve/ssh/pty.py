"""Open the pseudo-terminal, or the two pipes, over which the SSH server exchanges bytes with a
worker; set the terminal's size.
"""

from __future__ import annotations

import fcntl
import os
import struct
import termios
import tty
from dataclasses import dataclass


@dataclass(frozen=True)
class TerminalFds:
    """File descriptors of both sides of a new pseudo-terminal or pair of pipes: the server's to
    read and write, the worker's to read and write. A terminal has one descriptor for each side.
    """

    read: int
    """Ours: what the worker writes. It never blocks."""
    write: int
    """Ours: what the worker reads. It never blocks."""
    source: int
    """The worker's, to read from."""
    sink: int
    """The worker's, to write to."""

    def close_worker_side(self) -> None:
        """Close the worker's descriptors in this process; the worker has copies by then."""
        for descriptor in {self.source, self.sink}:
            os.close(descriptor)

    def close_our_side(self) -> None:
        """Close the server's descriptors."""
        for descriptor in {self.read, self.write}:
            os.close(descriptor)


def open_terminal(size: tuple[int, int], *, is_raw: bool) -> TerminalFds:
    """Open a pseudo-terminal of this size (columns, rows); raises OSError if that fails.

    `is_raw` sets raw mode, for a drawn visit: no early key is echoed. Else the terminal edits
    lines.
    """
    ours, theirs = os.openpty()
    fds = TerminalFds(ours, ours, theirs, theirs)
    try:
        resize(ours, size)
        if is_raw:
            tty.setraw(theirs, termios.TCSANOW)
        else:
            modes = termios.tcgetattr(theirs)
            modes[0] |= getattr(termios, "IUTF8", 0o40000)
            modes[3] &= ~termios.ISIG  # Ctrl+C and Ctrl+Z are characters, for the worker to read
            termios.tcsetattr(theirs, termios.TCSANOW, modes)
        os.set_blocking(ours, False)
    except (OSError, termios.error) as error:
        fds.close_worker_side()
        fds.close_our_side()
        raise OSError(f"a terminal cannot be set up: {error}") from error
    return fds


def open_pipes() -> TerminalFds:
    """Open two pipes, one for each direction, for a client that asked for no terminal; raises
    OSError if that fails.
    """
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
    """Set the size, in columns and rows, of the pseudo-terminal behind this file descriptor."""
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
