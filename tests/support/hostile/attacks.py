"""Attacks on an SSH server, and its resources, which must be the same afterwards."""

from __future__ import annotations

import contextlib
import random
import select
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.support.terminal.kiosk_server import SshEndpoint

ELSEWHERE = "127.0.0.2"
"""The address of honest visitors: limits on the attacking source must not affect them."""
SLOW = "127.0.0.3"
VERSION = b"SSH-2.0-OpenSSH_9.2\r\n"


def open_connection(port: int, greeting: bytes = b"") -> socket.socket:
    """Open a connection, send a greeting and nothing more."""
    client = socket.create_connection(("127.0.0.1", port), 10)
    with contextlib.suppress(OSError):
        client.sendall(greeting)
    return client


def is_closed(client: socket.socket) -> bool:
    """Whether the server has closed a connection."""
    client.setblocking(False)
    try:
        while client.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def send_noise(port: int, seconds: float, chance: random.Random) -> int:
    """Send random bytes on one connection after another; return how many connections."""
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            open_connection(port, chance.choice((b"", VERSION))) as client,
        ):
            count += 1
            client.settimeout(1)
            for _ in range(chance.randrange(1, 20)):
                client.sendall(chance.randbytes(chance.randrange(1, 3000)))
                time.sleep(0.01)
    return count


class SlowProxy:
    """A proxy to a server; once `slow` is set, one byte a second comes through."""

    def __init__(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._server = socket.socket()
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._server.bind((SLOW, 0))
        self._server.connect(("127.0.0.1", port))
        self.slow = threading.Event()
        self.cut_at = 0.0
        """When the server closed the connection; 0 until then. Noticed although data is unread."""
        threading.Thread(target=self._carry, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._server.close()

    def _carry(self) -> None:
        client, _ = self._listener.accept()
        poll = select.poll()
        poll.register(self._server, select.POLLRDHUP)
        with contextlib.suppress(OSError), client:
            while not self.cut_at:
                either = [client] if self.slow.is_set() else [client, self._server]
                ready, _, _ = select.select(either, [], [], 1.0)
                if client in ready:
                    self._server.sendall(client.recv(65536))
                if self._server in ready:
                    client.sendall(self._server.recv(65536))
                if self.slow.is_set():
                    client.sendall(self._server.recv(1))
                if poll.poll(0):
                    self.cut_at = time.monotonic()


@dataclass(frozen=True)
class ServerResources:
    """The resources that a server uses."""

    processes: int
    descriptors: int
    listening: int
    files: frozenset[str]

    @classmethod
    def of(cls, endpoint: SshEndpoint, folder: Path) -> ServerResources:
        """Count the resources of a server now."""
        process_tree = endpoint.server.process_tree()
        return cls(
            len(process_tree) - len(endpoint.server.fork_servers()),
            endpoint.server.descriptors(),
            sum(_listening(pid) for pid in process_tree),
            frozenset(str(path) for path in folder.rglob("*") if "pycache" not in str(path)),
        )


def _listening(pid: int) -> int:
    """Count the TCP sockets at which a process listens."""
    inodes = set()
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                inodes.add(str(path.readlink()).removeprefix("socket:[").removesuffix("]"))
    rows = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    return sum(row[3] == "0A" and row[9] in inodes for row in rows)
