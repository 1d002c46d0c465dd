"""Servers that ours is measured against: `fresh` starts a Python process a session, `echo` none.

Both use the same SSH library as ours. `python -m tests.support.perf.baseline fresh PACK` prints its
port and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import os
import sys

import asyncssh

from tests.support.perf.async_pty import AsyncPty

FRAME = b"\x1b[2J\x1b[H" + b"x" * 5000 + b"Colors"
"""The page of `echo`: about the bytes of a first page of the kiosk."""
ANSWER = b"y" * 600
"""The answer of `echo` to a key."""


class Echo(asyncssh.SSHServerSession[bytes]):
    """A session that sends a fixed page and a fixed answer to each key."""

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        self._channel.write(FRAME)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._channel.write(ANSWER)


class Fresh(asyncssh.SSHServerSession[bytes]):
    """A session that starts a Python process in a terminal of its own."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._pty: AsyncPty | None = None

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object
    ) -> bool:
        self._term, self._size = term_type, term_size[:2]
        return True

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        environment = {**os.environ, "TERM": self._term}
        self._pty = AsyncPty(
            self._command, environment, self._size, self._channel.write, self._channel.close
        )

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if self._pty is not None:
            self._pty.write(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._pty is not None:
            self._pty.close(kill=True)


class BaselineServer(asyncssh.SSHServer):
    """An SSH server without authentication."""

    def __init__(self, command: list[str]) -> None:
        self._command = command

    def begin_auth(self, username: str) -> bool:
        return False

    def session_requested(self) -> Echo | Fresh:
        return Fresh(self._command) if self._command else Echo()


async def serve(kind: str, pack: str) -> None:
    """Serve until standard input ends."""
    command = [sys.executable, "-m", "kiosk", "run", "--content", pack] if kind == "fresh" else []
    listener = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=lambda: BaselineServer(command), encoding=None,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")], compression_algs=None,
    )  # fmt: skip
    print(listener.get_port(), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    listener.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2]))
