"""The factories of a house, with sockets in their place."""

from __future__ import annotations

import asyncio
import errno
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kiosk.serve import house as a_house
from kiosk.serve import messages
from kiosk.serve.house import House
from kiosk.serve.limits import Limits
from kiosk.serve.sizes import Size

ODD = (132, 43)


class Spawned:
    """Factories that never answer by themselves: the test says what they say."""

    def __init__(self) -> None:
        self.controls: list[socket.socket] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self.refuses: set[Size] = set()

    def __call__(self, control: socket.socket, size: Size) -> int:
        if size in self.refuses:
            raise OSError(errno.EAGAIN, "no process more")
        one = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
        self.processes.append(one)
        self.controls.append(control.dup())
        return one.pid

    def ready(self, at: int) -> None:
        messages.send(self.controls[at], {"ready": [], "waiting": 0})

    def alive(self) -> list[int]:
        return [at for at, one in enumerate(self.processes) if one.poll() is None]


@pytest.fixture
def spawned() -> Iterator[Spawned]:
    one = Spawned()
    yield one
    for process in one.processes:
        process.kill()
        process.wait()


def house_of(spawned: Spawned, log: list[str]) -> House:
    return House(spawned, Limits(), clock=asyncio.get_running_loop().time, log=log.append)


async def opened(spawned: Spawned, log: list[str]) -> House:
    house = house_of(spawned, log)
    opening = asyncio.create_task(house.open())
    await asyncio.sleep(0.05)
    spawned.ready(0)
    await opening
    return house


async def test_a_reload_while_changes_are_read_leaves_no_factory_over(spawned: Spawned) -> None:
    house = await opened(spawned, [])
    house.workshops._renew()  # as it does when it finds that content has changed
    reloading = asyncio.create_task(house.reload())
    await asyncio.sleep(0.05)
    for at in range(1, len(spawned.processes)):
        spawned.ready(at)
    assert await reloading
    await asyncio.sleep(0.2)
    assert len(spawned.alive()) == house.counts.factories
    await house.close()
    await asyncio.sleep(0.2)
    assert spawned.alive() == []


async def test_a_factory_that_cannot_be_started_stops_no_clock(
    spawned: Spawned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(a_house, "LOOKS_EVERY", 0.05)
    monkeypatch.setattr("kiosk.serve.workshops.CHANGES_EVERY", 0.0)
    house = await opened(spawned, [])
    assert spawned.alive() == [0]
    spawned.refuses = {ODD}
    looks = []
    look = house.workshops.look

    def counted(now: float) -> None:
        looks.append(now)
        look(now)

    monkeypatch.setattr(house.workshops, "look", counted)
    for _ in range(4):
        house.workshops._sizes.ask(ODD, asyncio.get_running_loop().time())
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    await asyncio.sleep(0.5)
    assert len(looks) > 3
    await house.close()
