"""The door for `kiosk attach`, with callers who say what nobody should."""

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
from kiosk.serve import attach, unix_listener
from kiosk.serve.sockets import listen
from kiosk.serve.unix_listener import STATUS, UnixListener
from kiosk.settings.server import SessionLimits
from tests.support.serve.forkservers import Opened, Spawned, settled, until

ATTACH = b"attach\n80\n24\nxterm-256color\n\n"


@pytest_asyncio.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Opened]:
    spawned = Spawned()
    one = Opened(spawned, SessionLimits(max_sessions=2))
    await one.open()
    yield one
    await one.close()
    spawned.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "door"


@pytest_asyncio.fixture
async def door(opened: Opened, path: Path) -> AsyncIterator[UnixListener]:
    async def numbers() -> dict[str, object]:
        await asyncio.sleep(0.02)
        return {"visits": opened.house.counts.visits}

    one = UnixListener(opened.house, listen(path, 0o600), (path, 0o600), numbers)
    yield one
    if one._listener.fileno() >= 0:
        one.close()


class Caller:
    def __init__(self, path: Path) -> None:
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.line.connect(str(path))
        self.line.setblocking(False)

    def says(self, words: bytes, descriptors: int = 0) -> None:
        null = os.open(os.devnull, os.O_RDWR)
        rights = array.array("i", [null] * descriptors)
        with_it = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)] if descriptors else []
        self.line.sendmsg([words], with_it)
        os.close(null)

    async def hears(self) -> bytes:
        """What comes next; nothing where it is shown out."""
        async with asyncio.timeout(5):
            try:
                return await asyncio.get_running_loop().sock_recv(self.line, 1024)
            except ConnectionResetError:
                return b""


async def test_who_brings_a_terminal_has_a_stay_until_they_go(
    opened: Opened, door: UnixListener, path: Path
) -> None:
    caller = Caller(path)
    caller.says(ATTACH, 2)
    await until(lambda: opened.house.counts.visits == 1)
    caller.line.close()
    await until(lambda: opened.house.counts.visits == 0)


async def test_who_has_gone_before_they_were_heard_has_none(
    opened: Opened, door: UnixListener, path: Path
) -> None:
    caller = Caller(path)
    caller.says(ATTACH, 2)
    caller.line.close()
    await asyncio.sleep(0.05)
    assert not door._callers
    assert opened.house.counts.visits == 0
    assert opened.spawned.asked() == []


async def test_who_asks_how_it_is_brings_no_terminal_in_the_same_breath(
    opened: Opened, door: UnixListener, path: Path
) -> None:
    caller = Caller(path)
    caller.says(STATUS)
    caller.says(ATTACH, 2)
    assert await caller.hears() in (b"", b'{"visits": 0}')
    assert await caller.hears() == b""
    await asyncio.sleep(0.05)
    assert opened.house.counts.visits == 0
    assert opened.spawned.asked() == []
    assert not door._callers


@pytest.mark.parametrize(
    ("words", "descriptors"),
    [(ATTACH, 0), (ATTACH, 1), (b"attach", 2), (b"\xff" * 900, 2), (b"x", 0)],
)
async def test_who_says_something_else_is_shown_out(
    opened: Opened, door: UnixListener, path: Path, words: bytes, descriptors: int
) -> None:
    before = len(os.listdir("/proc/self/fd"))
    caller = Caller(path)
    caller.says(words, descriptors)
    assert await caller.hears() == b""
    caller.line.close()
    assert opened.house.counts.visits == 0
    assert len(os.listdir("/proc/self/fd")) == before


async def test_who_says_nothing_is_shown_out(
    opened: Opened, door: UnixListener, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unix_listener, "WAITS_FOR_WORDS", 0.05)
    silent, guest = Caller(path), Caller(path)
    guest.says(ATTACH, 2)
    assert await silent.hears() == b""
    await asyncio.sleep(0.1)
    assert opened.house.counts.visits == 1  # who has said it may be silent


async def test_no_more_may_wait_than_could_be_answered(
    opened: Opened, door: UnixListener, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unix_listener, "AT_ONCE", 1)
    callers = [Caller(path) for _ in range(4)]
    assert await callers[3].hears() == b""
    callers[0].says(ATTACH, 2)
    await until(lambda: opened.house.counts.visits == 1)
    callers[1].line.close()
    await until(lambda: len(door._callers) == 2)
    for words in (ATTACH, ATTACH):
        another = Caller(path)
        another.says(words, 2)
        callers.append(another)
    assert await callers[-1].hears() in (b"", attach.SAID + fallback_messages.FULL.encode())


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
async def test_a_terminal_is_called_what_one_can_be_called(
    opened: Opened, door: UnixListener, path: Path, term: bytes, taken: str
) -> None:
    caller = Caller(path)
    caller.says(b"attach\n100\n0\n" + term + b"\n\n", 2)
    await until(lambda: opened.house.counts.visits)
    await settled()
    [(told, given)] = opened.spawned.asked()
    for one in given:
        os.close(one)
    assert told["term"] == taken
    assert told["size"] == [100, 24]


async def test_it_listens_again_where_its_path_has_gone_and_nowhere_else(
    opened: Opened, door: UnixListener, path: Path
) -> None:
    assert not door.check_path()
    path.unlink()
    assert door.check_path()
    assert not door.check_path()
    assert path.stat().st_mode & 0o777 == 0o600
    assert not door.is_replaced
    caller = Caller(path)
    caller.says(ATTACH, 2)
    await until(lambda: opened.house.counts.visits == 1)
    another = listen(path, 0o600)
    assert door.is_replaced
    assert not door.check_path()
    door.close()
    assert path.exists()
    another.close()
