"""A program in a real pseudo-terminal, and the screen as its user sees it."""

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

from tests.support.prebuilt_pack import with_prebuilt_pack

ROOT = Path(__file__).resolve().parents[3]
SEEN = 0.45
"""Seconds that a person needs to see a page; a little more than the product asks for."""


class Terminal:
    """Runs `python -m kiosk` with `arguments` in a terminal of `size` (columns, rows)."""

    command: tuple[str, ...] = ("-m", "kiosk")
    """Arguments of Python, before `arguments`."""

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
        variables = {
            "TERM": "xterm-256color",
            "PATH": os.environ["PATH"],
            **with_prebuilt_pack(environment),
        }
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, *self.command, *arguments], variables)
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
        """Resize the terminal, as dragging a corner of its window does."""
        packed = struct.pack("HHHH", size[1], size[0], 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, packed)
        self.screen.resize(size[1], size[0])

    def press(self, keys: str) -> None:
        """Press keys as a person does, who looks at the screen first."""
        self.look()
        self.send(keys)

    def press_each(self, *keys: str) -> None:
        """Press one key after another; a string of several letters is pressed letter by letter."""
        for key in keys:
            for press in [key] if key.startswith("\x1b") else key:
                self.press(press)

    def look(self) -> None:
        """Wait until nothing has changed for as long as a person needs to see a page.

        Output that comes meanwhile is read: a key that is pressed too soon after it does not count.
        """
        while (left := self._changed_at + SEEN - time.monotonic()) > 0 and self._read(left):
            pass

    def send(self, keys: str) -> None:
        """Send bytes at once, without looking at the screen."""
        os.write(self.fd, keys.encode())
        self._changed_at = time.monotonic()

    def wait(self, words: str, seconds: float = 20) -> str:
        """Read until `words` are on the screen."""
        return self.until(lambda text: words in text, words, seconds)

    def until(self, condition: Callable[[str], bool], what: str, seconds: float = 20) -> str:
        """Read until the text of the screen fulfils a condition; `what` names it in the error."""
        end = time.monotonic() + seconds
        while not condition(self.text):
            if not self._read(max(0.0, end - time.monotonic())):
                raise AssertionError(f"{what!r} did not appear. Screen:\n{self.text}")
        return self.text

    def to_first_step(self) -> None:
        """Walk from Welcome to the first step, at the plain level."""
        self.wait("START")
        self.press("1")
        self.wait("Which best describes you?")
        self.press("1")
        self.wait("Step 1 of")

    def start_over(self) -> None:
        """Start over from any page, and wait for Welcome."""
        self.press("o")
        self.wait("Start over?")
        self.press("1")
        self.wait("START")

    def settle(self, quiet: float = 0.15) -> str:
        """Read until nothing more comes."""
        while self._read(quiet):
            pass
        return self.text

    def leave(self, seconds: float = 10) -> int:
        """Wait for the program to end; return its exit status."""
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
            output = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += output
        self._stream.feed(output)
        self._changed_at = time.monotonic()
        self.seen.append(self.text)
        return bool(output)
