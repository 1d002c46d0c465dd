"""One client of a measured server: over SSH, or as a command in a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import asyncssh

from tests.support.perf.async_pty import AsyncPty

TAIL_SIZE = 4000
"""Bytes of the latest output in which the marker is looked for."""


class SessionRefused(Exception):
    """The session ended before there was a page; the message has the words that came instead."""


class Client(ABC):
    """Measures the time to the first page and the latency of each key, and counts the bytes."""

    def __init__(self, marker: bytes, size: tuple[int, int]) -> None:
        self._marker = marker
        self._size = size
        self._tail = b""
        self._page = asyncio.Event()
        self._ended = asyncio.Event()
        self._pressed_at = 0.0
        self.started_at = self.requested_at = self.painted_at = 0.0
        self.received = 0
        self.latencies: list[float] = []
        """Seconds from each key to the first bytes after it."""

    @property
    def is_open(self) -> bool:
        """Whether the session is open."""
        return not self._ended.is_set()

    async def open(self) -> None:
        """Open the session and wait for its first page. Raises OSError or SessionRefused."""
        self.started_at = time.perf_counter()
        await self._begin()
        await self._page.wait()
        if not self.painted_at:
            words = self._tail.decode("utf-8", "replace").split()
            raise SessionRefused(" ".join(words)[-160:])

    def press(self, key: bytes) -> None:
        """Press a key; it counts as lost if nothing comes until the next one is pressed."""
        self._pressed_at = time.perf_counter()
        self._write(key)

    def reset_latencies(self) -> None:
        """Discard the latencies measured so far."""
        self.latencies.clear()
        self._pressed_at = 0.0

    async def wait_closed(self) -> None:
        """Wait until the session has ended."""
        await self._ended.wait()

    def _data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.received += len(data)
        if self._pressed_at:
            self.latencies.append(now - self._pressed_at)
            self._pressed_at = 0.0
        if not self.painted_at:
            self._tail = (self._tail + data)[-TAIL_SIZE:]
            if self._marker in self._tail:
                self.painted_at = now
                self._page.set()

    def _on_end(self) -> None:
        self._ended.set()
        self._page.set()

    @abstractmethod
    async def _begin(self) -> None: ...

    @abstractmethod
    def _write(self, key: bytes) -> None: ...

    @abstractmethod
    def close(self, how: str) -> None:
        """End the session: `close` in order, or `abort` as a broken connection does."""


class _Session(asyncssh.SSHClientSession[bytes]):
    """Passes the server's output on to the client."""

    def __init__(self, client: SshClient) -> None:
        self._client = client

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._client._data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._client._on_end()


class SshClient(Client):
    """A client over SSH, with an empty password."""

    def __init__(self, port: int, user: str, marker: bytes, size: tuple[int, int]) -> None:
        super().__init__(marker, size)
        self._port = port
        self._user = user
        self._connection: asyncssh.SSHClientConnection | None = None
        self._channel: asyncssh.SSHClientChannel[bytes] | None = None

    async def _begin(self) -> None:
        try:
            self._connection = await asyncssh.connect(
                "127.0.0.1", self._port, username=self._user, known_hosts=None, config=None,
                client_keys=None, agent_path=None, password="",
            )  # fmt: skip
            self.requested_at = time.perf_counter()
            self._channel, _ = await self._connection.create_session(
                lambda: _Session(self), term_type="xterm-256color", term_size=self._size,
                encoding=None,
            )  # fmt: skip
        except asyncssh.Error as why:
            self._on_end()
            raise SessionRefused(f"{type(why).__name__} {why.reason}") from None

    def _write(self, key: bytes) -> None:
        assert self._channel is not None
        with contextlib.suppress(BrokenPipeError):
            self._channel.write(key)

    def close(self, how: str) -> None:
        if self._connection is None:
            self._on_end()
        elif how == "abort":
            self._connection.abort()
            self._on_end()
        else:
            self._connection.close()


class AttachClient(Client):
    """A command with a terminal of its own, such as `kiosk attach`."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str],
        marker: bytes, size: tuple[int, int],
    ) -> None:  # fmt: skip
        super().__init__(marker, size)
        self._command = command
        self._environment = environment
        self._pty: AsyncPty | None = None

    async def _begin(self) -> None:
        self.requested_at = time.perf_counter()
        environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **self._environment}
        self._pty = AsyncPty(
            self._command, environment, self._size, self._data_received, self._on_end
        )

    def _write(self, key: bytes) -> None:
        if self._pty is not None:
            self._pty.write(key)

    def close(self, how: str) -> None:
        if self._pty is None:
            self._on_end()
        else:
            self._pty.close(kill=how == "abort")
