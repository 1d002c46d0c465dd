"""The Unix socket of `kiosk attach`, with clients that send what none should."""

from __future__ import annotations

import array
import asyncio
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from kiosk import fallback_messages
from kiosk.serve import attach, protocol, unix_listener
from kiosk.serve.sockets import listen_unix
from kiosk.serve.unix_listener import STATUS, UnixListener
from kiosk.settings.server import SessionLimits
from tests.support.serve.forkservers import FakeForkServers, Managed, settled, until

ATTACH = b"attach\n80\n24\nxterm-256color\n\n"


@pytest_asyncio.fixture
async def managed(tmp_path: Path) -> AsyncIterator[Managed]:
    spawned = FakeForkServers()
    managed = Managed(spawned, SessionLimits(max_sessions=2))
    await managed.start()
    yield managed
    await managed.close()
    spawned.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.sock"


@pytest_asyncio.fixture
async def listener(managed: Managed, path: Path) -> AsyncIterator[UnixListener]:
    async def numbers() -> dict[str, object]:
        await asyncio.sleep(0.02)
        return {"sessions": managed.manager.stats.sessions}

    listener = UnixListener(managed.manager, listen_unix(path, 0o600), path, 0o600, numbers)
    yield listener
    if listener._listener.fileno() >= 0:
        listener.close()


class Client:
    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.connect(str(path))
        self.socket.setblocking(False)

    def sends(self, message: bytes, descriptors: int = 0) -> None:
        null = os.open(os.devnull, os.O_RDWR)
        rights = array.array("i", [null] * descriptors)
        ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)] if descriptors else []
        self.socket.sendmsg([message], ancillary)
        os.close(null)

    async def receives(self) -> bytes:
        """Return the next message; nothing where the connection is closed."""
        async with asyncio.timeout(5):
            try:
                return await asyncio.get_running_loop().sock_recv(self.socket, 1024)
            except ConnectionResetError:
                return b""


async def test_a_client_with_a_terminal_has_a_session_until_it_goes(
    managed: Managed, listener: UnixListener, path: Path
) -> None:
    client = Client(path)
    client.sends(ATTACH, 2)
    await until(lambda: managed.manager.stats.sessions == 1)
    client.socket.close()
    await until(lambda: managed.manager.stats.sessions == 0)


async def test_a_client_that_has_gone_before_it_was_read_has_none(
    managed: Managed, listener: UnixListener, path: Path
) -> None:
    client = Client(path)
    client.sends(ATTACH, 2)
    client.socket.close()
    await asyncio.sleep(0.05)  # for it to be seen
    await until(lambda: not listener._connections)
    assert managed.manager.stats.sessions == 0
    assert managed.spawned.requests() == []


async def test_a_status_request_is_the_only_request_of_its_connection(
    managed: Managed, listener: UnixListener, path: Path
) -> None:
    client = Client(path)
    client.sends(STATUS)
    client.sends(ATTACH, 2)
    assert await client.receives() in (b"", b'{"sessions": 0}')
    assert await client.receives() == b""
    await until(lambda: not listener._connections)
    assert managed.manager.stats.sessions == 0
    assert managed.spawned.requests() == []


@pytest.mark.parametrize(
    ("message", "descriptors"),
    [(ATTACH, 0), (ATTACH, 1), (b"attach", 2), (b"\xff" * 900, 2), (b"x", 0)],
)
async def test_a_connection_with_any_other_request_is_closed(
    managed: Managed, listener: UnixListener, path: Path, message: bytes, descriptors: int
) -> None:
    before = len(os.listdir("/proc/self/fd"))
    client = Client(path)
    client.sends(message, descriptors)
    assert await client.receives() == b""
    client.socket.close()
    assert managed.manager.stats.sessions == 0
    await until(lambda: len(os.listdir("/proc/self/fd")) == before)


async def test_a_silent_connection_is_closed(
    managed: Managed, listener: UnixListener, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unix_listener, "REQUEST_TIMEOUT", 0.05)
    silent, talking = Client(path), Client(path)
    talking.sends(ATTACH, 2)
    assert await silent.receives() == b""
    await asyncio.sleep(0.1)
    assert managed.manager.stats.sessions == 1  # a client that has a session may be silent


async def test_no_more_may_wait_than_could_be_answered(
    managed: Managed, listener: UnixListener, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unix_listener, "EXTRA_CONNECTIONS", 1)
    clients = [Client(path) for _ in range(4)]
    assert await clients[0].receives() == b""  # the one that has been silent longest
    clients[3].sends(ATTACH, 2)
    await until(lambda: managed.manager.stats.sessions == 1)
    clients[1].socket.close()
    await until(lambda: len(listener._connections) == 2)
    for message in (ATTACH, ATTACH):
        another = Client(path)
        another.sends(message, 2)
        clients.append(another)
    assert await clients[-1].receives() in (b"", attach.SAID + fallback_messages.FULL.encode())


@pytest.mark.slow
async def test_the_status_is_told_while_many_silent_callers_stand_there(
    managed: Managed, listener: UnixListener, path: Path
) -> None:
    silent = [Client(path) for _ in range(300)]
    asking = Client(path)
    asking.sends(STATUS)
    assert await asking.receives() == b'{"sessions": 0}'
    for client in silent:
        client.socket.close()


@pytest.mark.parametrize(
    ("term", "taken"),
    [
        (b"xterm-256color", "xterm-256color"),
        (b"linux", "linux"),
        (b"", ""),
        (b"dumb", "dumb"),
        (b"x\0y", "vt100"),
        (b"\x1b[2J", "vt100"),
        (b"x" * 60, "vt100"),
        (b"../../x", "vt100"),
    ],
)
async def test_a_term_that_can_be_no_name_is_replaced(
    managed: Managed, listener: UnixListener, path: Path, term: bytes, taken: str
) -> None:
    client = Client(path)
    client.sends(b"attach\n100\n0\n" + term + b"\n\n", 2)
    await until(lambda: managed.manager.stats.sessions)
    await settled()
    [(request, descriptors)] = managed.spawned.requests()
    protocol.close(descriptors)
    assert request.term == taken
    assert request.size == (100, 24)


async def test_it_listens_again_where_its_path_has_gone_and_nowhere_else(
    managed: Managed, listener: UnixListener, path: Path
) -> None:
    assert not listener.check_path()
    path.unlink()
    assert listener.check_path()
    assert not listener.check_path()
    assert path.stat().st_mode & 0o777 == 0o600
    assert not listener.is_replaced
    client = Client(path)
    client.sends(ATTACH, 2)
    await until(lambda: managed.manager.stats.sessions == 1)
    another = listen_unix(path, 0o600)
    assert listener.is_replaced
    assert not listener.check_path()
    listener.close()
    assert path.exists()
    another.close()
