"""One client of a door, as its load has many: over SSH, or a command in a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import termios
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import asyncssh

KEPT = 4000
"""Bytes of what came last, to look for the marker in."""


class Declined(Exception):
    """It was let in, and the session ended before there was a page; with the words that came."""


class Client(ABC):
    """Counts what comes; knows when the first page is whole, and how long each key took."""

    def __init__(self, marker: bytes, size: tuple[int, int]) -> None:
        self._marker = marker
        self._size = size
        self._tail = b""
        self._page = asyncio.Event()
        self._ended = asyncio.Event()
        self._pressed = 0.0
        self.began = self.asked = self.painted = 0.0
        self.heard = 0
        self.took: list[float] = []
        """Seconds from each key to the first bytes after it."""

    @property
    def alive(self) -> bool:
        """Whether the session is open."""
        return not self._ended.is_set()

    async def open(self) -> None:
        """Begin, and wait for the first page; raises OSError or Declined where there is none."""
        self.began = time.perf_counter()
        await self._begin()
        await self._page.wait()
        if not self.painted:
            words = self._tail.decode("utf-8", "replace").split()
            raise Declined(" ".join(words)[-160:])

    def press(self, key: bytes) -> None:
        """Press it; a key that has brought nothing until the next one is lost."""
        self._pressed = time.perf_counter()
        self._write(key)

    def forget(self) -> None:
        """Begin to measure anew."""
        self.took.clear()
        self._pressed = 0.0

    async def gone(self) -> None:
        """Wait until the session has ended."""
        await self._ended.wait()

    def _hear(self, data: bytes) -> None:
        now = time.perf_counter()
        self.heard += len(data)
        if self._pressed:
            self.took.append(now - self._pressed)
            self._pressed = 0.0
        if not self.painted:
            self._tail = (self._tail + data)[-KEPT:]
            if self._marker in self._tail:
                self.painted = now
                self._page.set()

    def _over(self) -> None:
        self._ended.set()
        self._page.set()

    @abstractmethod
    async def _begin(self) -> None: ...

    @abstractmethod
    def _write(self, key: bytes) -> None: ...

    @abstractmethod
    def close(self, how: str) -> None:
        """Go: `close` or `abort`."""


class _Session(asyncssh.SSHClientSession[bytes]):
    """Hands on what the server says."""

    def __init__(self, client: SshClient) -> None:
        self._client = client

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._client._hear(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._client._over()


class SshClient(Client):
    """Comes in by SSH, as nobody in particular."""

    def __init__(self, port: int, user: str, marker: bytes, size: tuple[int, int]) -> None:
        super().__init__(marker, size)
        self._port = port
        self._user = user
        self._line: asyncssh.SSHClientConnection | None = None
        self._channel: asyncssh.SSHClientChannel[bytes] | None = None

    async def _begin(self) -> None:
        try:
            self._line = await asyncssh.connect(
                "127.0.0.1", self._port, username=self._user, known_hosts=None, config=None,
                client_keys=None, agent_path=None, password="",
            )  # fmt: skip
            self.asked = time.perf_counter()
            self._channel, _ = await self._line.create_session(
                lambda: _Session(self), term_type="xterm-256color", term_size=self._size,
                encoding=None,
            )  # fmt: skip
        except asyncssh.Error as why:
            self._over()
            raise Declined(f"{type(why).__name__} {why.reason}") from None

    def _write(self, key: bytes) -> None:
        assert self._channel is not None
        with contextlib.suppress(BrokenPipeError):
            self._channel.write(key)

    def close(self, how: str) -> None:
        if self._line is None:
            self._over()
        elif how == "abort":
            self._line.abort()
            self._over()
        else:
            self._line.close()


class AttachClient(Client):
    """A command with a terminal of its own, such as `kiosk attach`."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str],
        marker: bytes, size: tuple[int, int],
    ) -> None:  # fmt: skip
        super().__init__(marker, size)
        self._command = command
        self._environment = environment
        self._terminal = -1
        self._process: subprocess.Popen[bytes] | None = None

    async def _begin(self) -> None:
        self._terminal, theirs = pty.openpty()
        packed = struct.pack("HHHH", self._size[1], self._size[0], 0, 0)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, packed)
        os.set_blocking(self._terminal, False)
        self.asked = time.perf_counter()
        self._process = subprocess.Popen(
            self._command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", **self._environment},
        )  # fmt: skip
        os.close(theirs)
        asyncio.get_running_loop().add_reader(self._terminal, self._readable)

    def _readable(self) -> None:
        try:
            data = os.read(self._terminal, 65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._hear(data)
        else:
            self._let_go()

    def _let_go(self) -> None:
        if self._terminal >= 0:
            asyncio.get_running_loop().remove_reader(self._terminal)
            os.close(self._terminal)
            self._terminal = -1
        if self._process is not None:
            self._process.wait(5)
        self._over()

    def _write(self, key: bytes) -> None:
        if self._terminal >= 0:
            os.write(self._terminal, key)

    def close(self, how: str) -> None:
        if self._process is not None and how == "abort":
            self._process.kill()
        elif self._process is not None:
            self._process.terminate()
        self._let_go()
