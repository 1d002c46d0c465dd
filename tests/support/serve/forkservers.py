"""A session manager whose fork servers, workers and clock are spoken for by the test."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import socket
import subprocess
from collections.abc import Callable
from typing import Any

from kiosk.serve import protocol
from kiosk.serve.pool.session import EndReason, Session, SessionRequest
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.settings.server import SessionLimits

Request = tuple[protocol.WorkerRequest, list[int]]
"""A request for a worker, and its descriptors."""


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class LogLines(logging.Handler):
    """Collects the lines that the product logs while it is open."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        logger = logging.getLogger("kiosk")
        logger.setLevel(logging.INFO)
        logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def close(self) -> None:
        logging.getLogger("kiosk").removeHandler(self)
        super().close()


def process() -> subprocess.Popen[bytes]:
    """Start something to kill."""
    return subprocess.Popen(["sleep", "60"])


class FakeWorker:
    """A process, and the lifeline along which the test says what a worker would."""

    def __init__(self, request: protocol.WorkerRequest, descriptors: list[int]) -> None:
        self.request = request
        source, sink, lifeline = descriptors
        protocol.close([source, sink])
        self.lifeline = socket.socket(fileno=lifeline)
        self.process = process()

    def sends(self, *messages: bytes) -> None:
        for message in messages:
            self.lifeline.send(message)

    def ends(self) -> None:
        self.process.kill()
        self.process.wait()
        self.lifeline.close()


class FakeForkServers:
    """Fork servers that never answer by themselves: the test says what they send."""

    def __init__(self) -> None:
        self.controls: list[socket.socket] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[FakeWorker] = []
        self.cannot_start = False

    def __call__(self, control: socket.socket) -> int:
        if self.cannot_start:
            raise OSError(errno.EAGAIN, "no more processes")
        self.processes.append(process())
        self.controls.append(control.dup())
        return self.processes[-1].pid

    def ready(self, at: int = -1, **settings: object) -> None:
        with contextlib.suppress(BrokenPipeError):  # it was ended meanwhile
            protocol.send(self.controls[at], protocol.ForkServerReady([], settings))

    def requests(self, at: int = -1) -> list[Request]:
        """Return the requests to a fork server that were not answered."""
        requests: list[Request] = []
        self.controls[at].setblocking(False)
        with contextlib.suppress(BlockingIOError, EOFError):
            while True:
                message, descriptors = protocol.receive(self.controls[at])
                assert isinstance(message, protocol.WorkerRequest)
                requests.append((message, descriptors))
        return requests

    def answers(self, request: Request, at: int = -1) -> FakeWorker:
        """Answer with a worker."""
        worker = FakeWorker(*request)
        self.workers.append(worker)
        pidfd = os.pidfd_open(worker.process.pid)
        message = protocol.WorkerStarted(worker.process.pid, worker.request.number)
        protocol.send(self.controls[at], message, (pidfd,))
        os.close(pidfd)
        return worker

    def dies(self, at: int = -1) -> None:
        self.processes[at].kill()
        self.controls[at].close()

    def alive(self) -> list[int]:
        return [at for at, process in enumerate(self.processes) if process.poll() is None]

    def end(self) -> None:
        for each in self.processes:
            each.kill()
            each.wait()
        for control in self.controls:
            control.close()
        for worker in self.workers:
            worker.ends()


class Managed:
    """A session manager of fake fork servers; it checks its timeouts when the test says so."""

    def __init__(self, spawned: FakeForkServers, limits: SessionLimits | None = None) -> None:
        self.spawned = spawned
        self.clock = Clock()
        self._log = LogLines()
        self.ended: list[EndReason] = []
        self.manager = SessionManager(spawned, limits or SessionLimits(), clock=self.clock)

    @property
    def log(self) -> list[str]:
        return self._log.lines

    async def start(self) -> None:
        starting = asyncio.create_task(self.manager.start())
        await until(lambda: self.spawned.controls)
        self.spawned.ready()
        await starting

    def open_session(self, **more: Any) -> Session:
        null = os.open(os.devnull, os.O_RDWR)
        try:
            request = SessionRequest(null, null, (80, 24), **more)
            return self.manager.open_session(request, self.ended.append)
        finally:
            os.close(null)

    async def session(self) -> tuple[Session, FakeWorker]:
        """Open a session whose worker has come."""
        session = self.open_session()
        return session, await self.next_worker(session)

    async def next_worker(self, session: Session) -> FakeWorker:
        requests: list[Request] = []

        def is_requested() -> bool:
            requests.extend(self.spawned.requests())
            return bool(requests)

        await until(is_requested)
        worker = self.spawned.answers(requests[0])
        await self.worker_came(session)
        return worker

    async def worker_came(self, session: Session) -> None:
        await until(lambda: session.worker)

    async def check(self, later: float = 0.0) -> None:
        """Let so much time pass, and have the manager check its timeouts."""
        await settled()
        self.clock.now += later
        assert self.manager._check_timer is not None
        self.manager._check_timer.cancel()
        self.manager._check_timeouts()
        await settled()

    async def close(self) -> None:
        for worker in self.spawned.workers:
            worker.ends()
        await self.manager.close()
        self._log.close()


async def until(holds: Callable[[], object], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.001)


async def settled() -> None:
    """Wait until what was sent before has been received."""
    for _ in range(20):
        await asyncio.sleep(0)
