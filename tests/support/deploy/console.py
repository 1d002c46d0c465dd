"""A Linux console of this machine, as the first one of a container: its screen and its keyboard."""

from __future__ import annotations

import fcntl
import os
import termios
import time
from collections.abc import Callable
from pathlib import Path

CONSOLES = range(12, 6, -1)
"""Numbers of consoles that may be used: those that no login takes."""
COLUMNS = 80
LOOK = 0.6
"""Seconds for which a person looks at a page before the first key; sooner, none counts."""
KEY_PAUSE = 0.05


def free_console() -> Path | None:
    """Return a Linux console that can be opened and that no process has; None if there is none."""
    taken = {
        fields[4]
        for stat in Path("/proc").glob("[0-9]*/stat")
        if len(fields := read(stat).rpartition(")")[2].split()) > 4
    }
    for number in CONSOLES:
        device = Path(f"/dev/tty{number}")
        if device.exists() and str(os.makedev(4, number)) not in taken:
            try:
                os.close(os.open(device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK))
            except OSError:
                continue
            return device
    return None


def read(file: Path) -> str:
    """Return a small file; nothing of one that is gone."""
    try:
        return file.read_text()
    except OSError:
        return ""


class Console:
    """One console.

    Args:
        device: as `free_console` found it.
    """

    def __init__(self, device: Path) -> None:
        self.device = device
        self._number = int(device.name.removeprefix("tty"))

    def text(self) -> str:
        """Return what is on the screen, row by row."""
        screen = os.open(f"/dev/vcs{self._number}", os.O_RDONLY)
        try:
            characters = os.read(screen, 65536).decode("latin-1")
        finally:
            os.close(screen)
        rows = range(0, len(characters), COLUMNS)
        return "\n".join(characters[row : row + COLUMNS].rstrip() for row in rows)

    def type(self, keys: str) -> None:
        """Look, then type on its keyboard, slowly."""
        time.sleep(LOOK)
        keyboard = os.open(self.device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            for key in keys.encode():
                fcntl.ioctl(keyboard, termios.TIOCSTI, bytes([key]))
                time.sleep(KEY_PAUSE)
        finally:
            os.close(keyboard)

    def wait(self, words: str, seconds: float = 20) -> str:
        """Wait for words on the screen; return all of it."""
        return self.until(lambda text: words in text, f"no {words!r}", seconds)

    def until(self, holds: Callable[[str], bool], what: str, seconds: float = 20) -> str:
        """Wait until something holds for the screen; return it. `what` is the error otherwise."""
        end = time.monotonic() + seconds
        while not holds(text := self.text()):
            assert time.monotonic() < end, f"{what} on the console:\n{text}"
            time.sleep(0.1)
        return text
