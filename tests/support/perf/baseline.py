"""What the SSH door is measured against: `fresh`, a Python process a session; `echo`, none.

Both sit behind the same library as the door does.
`python -m tests.support.perf.baseline fresh PACK` says its port on standard output and serves
until its standard input ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import signal
import struct
import sys
import termios

import asyncssh

FRAME = b"\x1b[2J\x1b[H" + b"x" * 5000 + b"Colours"
"""What an echo paints: about the bytes of a first page."""
ANSWER = b"y" * 600
"""What an echo answers to a key."""


class Echo(asyncssh.SSHServerSession[bytes]):
    """Says the same to everybody."""

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        self._channel.write(FRAME)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._channel.write(ANSWER)


class Fresh(asyncssh.SSHServerSession[bytes]):
    """Starts a Python for everybody, in a terminal of its own."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._pid = 0

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object
    ) -> bool:
        self._term, self._size = term_type, term_size
        return True

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        self._terminal, theirs = pty.openpty()
        packed = struct.pack("HHHH", self._size[1], self._size[0], 0, 0)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, packed)
        environment = {**os.environ, "TERM": self._term}
        self._pid = os.posix_spawn(
            self._command[0], self._command, environment, setsid=True,
            file_actions=[(os.POSIX_SPAWN_DUP2, theirs, one) for one in (0, 1, 2)],
        )  # fmt: skip
        os.close(theirs)
        asyncio.get_running_loop().add_reader(self._terminal, self._readable)

    def _readable(self) -> None:
        try:
            data = os.read(self._terminal, 65536)
        except OSError:
            data = b""
        if data:
            self._channel.write(data)
        else:
            asyncio.get_running_loop().remove_reader(self._terminal)
            self._channel.close()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        os.write(self._terminal, data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._pid:
            asyncio.get_running_loop().remove_reader(self._terminal)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            os.close(self._terminal)


class Anybody(asyncssh.SSHServer):
    """Lets everybody in."""

    def __init__(self, command: list[str]) -> None:
        self._command = command

    def begin_auth(self, username: str) -> bool:
        return False

    def session_requested(self) -> Echo | Fresh:
        return Fresh(self._command) if self._command else Echo()


async def serve(kind: str, pack: str) -> None:
    """Serve until standard input ends."""
    command = [sys.executable, "-m", "kiosk", "run", "--content", pack] if kind == "fresh" else []
    line = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=lambda: Anybody(command), encoding=None,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")], compression_algs=None,
    )  # fmt: skip
    print(line.get_port(), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    line.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2]))
