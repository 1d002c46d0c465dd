"""Factories and visits that a test speaks for, and a clock that it sets: a house without either."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import subprocess
from collections.abc import Callable
from typing import Any

from kiosk.serve import protocol
from kiosk.serve.pool.session import Session, SessionRequest
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.pool.sizes import Size
from kiosk.settings.server import SessionLimits


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def process() -> subprocess.Popen[bytes]:
    """Something to kill."""
    return subprocess.Popen(["sleep", "60"])


class Visit:
    """A process, and the lifeline along which the test says what the visit would."""

    def __init__(self, told: dict[str, object], given: list[int]) -> None:
        self.told = told
        source, sink, line = given
        protocol.close([source, sink])
        self.line = socket.socket(fileno=line)
        self.process = process()

    def says(self, *words: bytes) -> None:
        for word in words:
            self.line.send(word)

    def ends(self) -> None:
        self.process.kill()
        self.process.wait()
        self.line.close()


class Spawned:
    """Factories that never answer by themselves: the test says what they say."""

    def __init__(self) -> None:
        self.controls: list[socket.socket] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self.visits: list[Visit] = []
        self.refuses: set[Size] = set()

    def __call__(self, control: socket.socket, size: Size) -> int:
        if size in self.refuses:
            raise OSError(errno.EAGAIN, "no process more")
        self.processes.append(process())
        self.controls.append(control.dup())
        return self.processes[-1].pid

    def ready(self, at: int = -1, **more: object) -> None:
        with contextlib.suppress(BrokenPipeError):  # it was ended meanwhile
            protocol.send(self.controls[at], {"ready": [], "waiting": 0, **more})

    def asked(self, at: int = -1) -> list[tuple[dict[str, object], list[int]]]:
        """What was asked of a factory, and not answered."""
        found = []
        self.controls[at].setblocking(False)
        with contextlib.suppress(BlockingIOError, EOFError):
            while True:
                found.append(protocol.receive(self.controls[at]))
        return found

    def gives(self, asked: tuple[dict[str, object], list[int]], at: int = -1) -> Visit:
        """Answer with a visit."""
        visit = Visit(*asked)
        self.visits.append(visit)
        pidfd = os.pidfd_open(visit.process.pid)
        told = {"pid": visit.process.pid, "number": visit.told["number"], "waiting": 0}
        protocol.send(self.controls[at], told, (pidfd,))
        os.close(pidfd)
        return visit

    def dies(self, at: int = -1) -> None:
        self.processes[at].kill()
        self.controls[at].close()

    def alive(self) -> list[int]:
        return [at for at, one in enumerate(self.processes) if one.poll() is None]

    def end(self) -> None:
        for one in self.processes:
            one.kill()
            one.wait()
        for control in self.controls:
            control.close()
        for visit in self.visits:
            visit.ends()


class Opened:
    """A house whose factory, clock and journal are the test's. It looks at its clocks when told."""

    def __init__(self, spawned: Spawned, limits: SessionLimits | None = None) -> None:
        self.spawned = spawned
        self.clock = Clock()
        self.log: list[str] = []
        self.ended: list[str] = []
        self.house = SessionManager(
            spawned, limits or SessionLimits(), clock=self.clock, log=self.log.append
        )

    async def open(self) -> None:
        opening = asyncio.create_task(self.house.open())
        await until(lambda: self.spawned.controls)
        self.spawned.ready()
        await opening

    def receive(self, **more: Any) -> Session | None:
        null = os.open(os.devnull, os.O_RDWR)
        try:
            return self.house.open_session(
                SessionRequest(null, null, (80, 24), **more), self.ended.append
            )
        finally:
            os.close(null)

    async def visit(self) -> tuple[Session, Visit]:
        """A stay whose visit has come."""
        stay = self.receive()
        assert stay is not None
        return stay, await self.next_visit(stay)

    async def next_visit(self, stay: Session) -> Visit:
        found: list[tuple[dict[str, object], list[int]]] = []

        def was_asked() -> bool:
            found.extend(self.spawned.asked())
            return bool(found)

        await until(was_asked)
        visit = self.spawned.gives(found[0])
        await self.came(stay)
        return visit

    async def came(self, stay: Session) -> None:
        await until(lambda: stay.visit)

    async def look(self, later: float = 0.0) -> None:
        """Let so much time pass, and the house look at its clocks."""
        await settled()
        self.clock.now += later
        assert self.house._look is not None
        self.house._look.cancel()
        self.house._check_timeouts()
        await settled()

    async def close(self) -> None:
        for visit in self.spawned.visits:
            visit.ends()
        await self.house.close()


async def until(holds: Callable[[], object], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.001)


async def settled() -> None:
    """What was said before has been heard."""
    for _ in range(20):
        await asyncio.sleep(0)
