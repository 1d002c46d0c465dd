"""A real pseudo-terminal with a program in it, and the screen as its user sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pyte

from tests.support.terminal.prebuilt_pack import with_prebuilt_pack

ROOT = Path(__file__).resolve().parents[3]
SEEN = 0.45
"""Seconds in which a page is seen; a little more than the product asks for."""


class Terminal:
    """Runs `python -m kiosk` with `arguments` in a terminal of `size` (columns, rows)."""

    command: tuple[str, ...] = ("-m", "kiosk")
    """What Python is told to run."""

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        **environment: str,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.seen: list[str] = []
        self.raw = b""
        self._changed_at = 0.0
        self.status: int | None = None
        wanted = {
            "TERM": "xterm-256color",
            "PATH": os.environ["PATH"],
            **with_prebuilt_pack(environment),
        }
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, *self.command, *arguments], wanted)
        self.resize(size)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self.status is None:
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def resize(self, size: tuple[int, int]) -> None:
        """As a window does when its corner is dragged."""
        packed = struct.pack("HHHH", size[1], size[0], 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, packed)
        self.screen.resize(size[1], size[0])

    def press(self, keys: str) -> None:
        """As a person does who looks at the screen first: what comes earlier does not count."""
        self.look()
        self.send(keys)

    def press_each(self, *keys: str) -> None:
        """One key after another; a string of several is pressed letter by letter."""
        for key in keys:
            for one in [key] if key.startswith("\x1b") else key:
                self.press(one)

    def look(self) -> None:
        """Until somebody can have seen what the last key or output brought."""
        time.sleep(max(0.0, self._changed_at + SEEN - time.monotonic()))

    def send(self, keys: str) -> None:
        """Send bytes now, as no person does."""
        os.write(self.fd, keys.encode())
        self._changed_at = time.monotonic()

    def wait(self, words: str, seconds: float = 20) -> str:
        """Read until `words` are on the screen."""
        return self.until(lambda text: words in text, words, seconds)

    def until(self, holds: Callable[[str], bool], what: str, seconds: float = 20) -> str:
        end = time.monotonic() + seconds
        while not holds(self.text):
            if not self._read(max(0.0, end - time.monotonic())):
                raise AssertionError(f"{what!r} did not appear. Screen:\n{self.text}")
        return self.text

    def settle(self, quiet: float = 0.15) -> str:
        """Read until nothing more comes."""
        while self._read(quiet):
            pass
        return self.text

    def leave(self, seconds: float = 10) -> int:
        """Wait for the program to end; its exit status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read(0.1)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.settle()
                self.status = os.waitstatus_to_exitcode(status)
                return self.status
        raise AssertionError(f"it did not end. Screen:\n{self.text}")

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            got = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += got
        self._stream.feed(got)
        self._changed_at = time.monotonic()
        self.seen.append(self.text)
        return bool(got)
