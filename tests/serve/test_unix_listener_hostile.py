"""Callers of the Unix socket that hand over what is no terminal, or go and leave their session."""

from __future__ import annotations

import array
import asyncio
import contextlib
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from kiosk.serve.sockets import listen_unix
from kiosk.serve.unix_listener import UnixListener
from kiosk.settings.server import SessionLimits
from tests.support.serve.forkservers import FakeForkServers, Managed, until
from tests.support.shipped import ROOT

ATTACH = b"attach\n80\n24\nxterm-256color\n\n"
LINGER = 3
"""Seconds that a hostile socket keeps whoever closes it waiting."""
LEAVE_IT_TO_A_CHILD = """
import array, os, socket, sys
ours = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
ours.connect(sys.argv[1])
null = os.open("/dev/null", os.O_RDWR)
rights = array.array("i", [null, null])
ours.sendmsg([sys.argv[2].encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
input()
if os.fork() == 0:
    os.dup2(null, 0)
    os.dup2(null, 1)
    import time
    time.sleep(20)
"""


@pytest_asyncio.fixture
async def managed(tmp_path: Path) -> AsyncIterator[Managed]:
    spawned = FakeForkServers()
    managed = Managed(spawned, SessionLimits(max_sessions=2))
    await managed.start()
    yield managed
    await managed.close()
    spawned.end()


@pytest_asyncio.fixture
async def path(managed: Managed, tmp_path: Path) -> AsyncIterator[Path]:
    async def numbers() -> dict[str, object]:
        return {}

    path = tmp_path / "kiosk.sock"
    listener = UnixListener(managed.manager, listen_unix(path, 0o600), path, 0o600, numbers)
    yield path
    listener.close()


def hand_over(path: Path, *descriptors: int, message: bytes = ATTACH) -> socket.socket:
    """Connect and hand over these descriptors; return the connection."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.connect(str(path))
    rights = array.array("i", descriptors)
    connection.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
    return connection


async def longest_stop(seconds: float) -> float:
    """Return the longest time for which the event loop stood within so many seconds."""
    longest, end = 0.0, time.monotonic() + seconds
    while (before := time.monotonic()) < end:
        await asyncio.sleep(0.01)
        longest = max(longest, time.monotonic() - before)
    return longest


@pytest.mark.slow
@pytest.mark.parametrize("way", ["as the terminal", "too many", "unread", "in a queue"])
async def test_a_socket_that_lingers_does_not_stop_the_event_loop(
    managed: Managed, path: Path, way: str
) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    sender = socket.create_connection(server.getsockname())
    sender.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, LINGER))
    receiver = server.accept()[0]
    sender.setblocking(False)  # and it has more to send than the other end takes
    with contextlib.suppress(BlockingIOError):
        while True:
            sender.send(b"x" * 65536)
    if way == "as the terminal":
        connection = hand_over(path, sender.fileno(), sender.fileno())
    elif way == "too many":
        connection = hand_over(path, 0, 0, 0, sender.fileno())
    elif way == "unread":
        connection = hand_over(path, sender.fileno(), message=b"nonsense")
        hand_over_more(connection, sender)
    else:
        near, far = socket.socketpair()
        hand_over_more(near, sender)
        connection = hand_over(path, far.fileno(), far.fileno())
        near.close()
        far.close()
    sender.close()
    connection.close()
    assert await longest_stop(LINGER + 1) < LINGER / 2
    assert managed.manager.stats.sessions == 0
    receiver.close()
    server.close()


def hand_over_more(connection: socket.socket, sent: socket.socket) -> None:
    rights = array.array("i", [sent.fileno()])
    connection.sendmsg([b"more"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])


@pytest.mark.parametrize("kind", ["its own connection", "TCP", "Unix", "file", "folder", "O_PATH"])
async def test_what_is_no_terminal_pipe_or_device_gets_no_session(
    managed: Managed, path: Path, kind: str, tmp_path: Path
) -> None:
    near, far = socket.socketpair()
    with socket.create_server(("127.0.0.1", 0)) as server:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        connection.connect(str(path))
        made = {
            "its own connection": lambda: os.dup(connection.fileno()),
            "TCP": lambda: os.dup(server.fileno()),
            "Unix": lambda: os.dup(near.fileno()),
            "file": lambda: os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT),
            "folder": lambda: os.open(tmp_path, os.O_RDONLY),
            "O_PATH": lambda: os.open("/dev/null", os.O_PATH),
        }[kind]()
        rights = array.array("i", [made, made])
        connection.sendmsg([ATTACH], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        os.close(made)
        connection.setblocking(False)
        async with asyncio.timeout(5):
            assert await asyncio.get_running_loop().sock_recv(connection, 100) == b""
        assert managed.manager.stats.sessions == 0
    near.close()
    far.close()


async def test_a_session_ends_with_its_caller_though_another_has_the_connection(
    managed: Managed, path: Path
) -> None:
    caller = subprocess.Popen(
        [sys.executable, "-c", LEAVE_IT_TO_A_CHILD, str(path), ATTACH.decode()],
        stdin=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    await until(lambda: managed.manager.stats.sessions == 1)
    caller.communicate(b"\n")
    await until(lambda: managed.manager.stats.sessions == 0)
