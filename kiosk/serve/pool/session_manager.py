"""The house: many visits at once, each a process, for whoever stands at its doors.

Its rules:

1.  It never reads what a visitor types nor what is drawn: terminals go through it to a visit.
2.  A visit that has ended (its reader started over, or the clock did) is followed by another at the
    same terminal. One that was left, that crashed, hung, was idle or too long ends the stay.
3.  When it dies, lifelines close and visits end by themselves. When a factory dies, its visits go
    on, and another factory is started at once; who waited for it waits for that.
4.  Changed content or settings are read by another factory, which serves when it is ready.
    If it never is, the one before goes on. Visits that run keep what they began with.
5.  A refusal costs a look at two numbers.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.serve import protocol
from kiosk.serve.forkserver.worker_handle import IDLE_HEARTBEAT_TIMEOUT, WorkerHandle
from kiosk.serve.pool import session as why_it_ends
from kiosk.serve.pool.forkserver_client import Spawn
from kiosk.serve.pool.forkserver_pool import ForkServerPool
from kiosk.serve.pool.session import Session, SessionRequest
from kiosk.settings.server import SessionLimits

CHECK_INTERVAL = 2.0
"""Seconds between looks at the clocks of all visits."""
WORKER_TIMEOUT = 30.0
"""Seconds within which somebody must have a visit."""
FULL, CLOSING = "full", "closing"
"""Why nobody more is received."""


@dataclass
class Stats:
    """What there is and has been, and nothing of who or what."""

    visits: int = 0
    """Stays, those included that wait for their visit."""
    waiting: int = 0
    """Visits forked and ready."""
    refused: int = 0
    ended: int = 0
    crashed: int = 0
    """Visits that crashed, hung, or never began; they are among those ended."""
    factories: int = 0
    memory: int = 0
    """Bytes, of visits and factories; as of when it was last measured."""


class SessionManager:
    """Receives guests, and gives each a visit of a factory.

    Args:
        spawn: starts a factory for a size.
        limits: what they are; None for those that the place's settings name.
        clock: seconds, on a clock that runs through sleep.
        log: takes a line for the journal.
    """

    def __init__(
        self,
        spawn: Spawn,
        limits: SessionLimits | None = None,
        *,
        clock: Callable[[], float],
        log: Callable[[str], None],
    ) -> None:
        self._clock = clock
        self._log = log
        self._stays: set[Session] = set()
        self._counts = Stats()
        self._look: asyncio.TimerHandle | None = None
        self._empty = asyncio.Event()
        self._empty.set()
        self._draining = False
        self.workshops = ForkServerPool(
            spawn,
            limits,
            clock=clock,
            log=log,
            came=self._on_worker_ready,
            unserved=self._on_worker_failed,
        )
        self.why_not = ""
        """Why the last guest was not received: `FULL`, `CLOSING`, or empty."""

    @property
    def limits(self) -> SessionLimits:
        """What holds now."""
        return self.workshops.limits

    @property
    def counts(self) -> Stats:
        """What there is and has been."""
        self._counts.visits = len(self._stays)
        self._counts.waiting = self.workshops.spare_workers
        self._counts.factories = self.workshops.count
        return self._counts

    @property
    def pids(self) -> list[int]:
        """The processes of the visits."""
        return [stay.pid for stay in self._stays if stay.pid]

    @property
    def is_draining(self) -> bool:
        """Whether it receives nobody more."""
        return self._draining

    async def open(self) -> None:
        """Start a factory and wait until it is ready; raises RuntimeError where it never is."""
        self._look = asyncio.get_running_loop().call_later(CHECK_INTERVAL, self._check_timeouts)
        await self.workshops.open()

    async def reload(self) -> bool:
        """Read content and settings again for visits to come; whether they can be used."""
        return await self.workshops.reload()

    async def drain(self, seconds: float) -> None:
        """Receive nobody more; wait so long, at most, until those who are here have ended."""
        self._draining = True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), seconds)

    async def close(self) -> None:
        """End every stay and every factory."""
        self._draining = True
        for stay in list(self._stays):
            self.end(stay, why_it_ends.DRAINED)
        self.workshops.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), 2.0)
        if self._look is not None:
            self._look.cancel()

    def open_session(self, guest: SessionRequest, ended: Callable[[str], None]) -> Session | None:
        """Give a guest a visit, now or soon; None where nobody can be received, see `why_not`.

        Args:
            guest: its descriptors are copied, and may be closed at once.
            ended: called once, with why, when there will be no visit more and the last is dead.
        """
        full = len(self._stays) >= self.limits.max_sessions
        self.why_not = CLOSING if self._draining else FULL if full else ""
        if self.why_not:
            self._counts.refused += 1
            return None
        try:
            stay = Session(self, guest, ended, self._clock())
        except OSError as error:
            self._log(f"nobody can be received: {error.strerror}")
            self.why_not = FULL
            self._counts.refused += 1
            return None
        self._stays.add(stay)
        self._empty.clear()
        self.workshops.request_worker(stay)
        return stay

    def end(self, stay: Session, why: str) -> None:
        """End a stay; what was said first of why stays."""
        if stay not in self._stays or stay.why:
            return
        stay.why = why
        if stay.visit is None:  # its lifeline tells the visit, if one comes of it
            self._remove(stay)
        else:
            stay.visit.kill()

    # -- visits

    def _on_worker_ready(self, stay: Session, pid: int, pidfd: int) -> None:
        """A factory has sent the visit that was asked for."""
        loop, line = asyncio.get_running_loop(), stay.line
        if line is None:  # ended meanwhile
            os.close(pidfd)
            return
        stay.pid, stay.since = pid, self._clock()
        stay.visit = WorkerHandle(line, pidfd, stay.since, IDLE_HEARTBEAT_TIMEOUT)
        loop.add_reader(line, self._receive, stay)
        loop.add_reader(pidfd, self._died, stay)

    def _on_worker_failed(self, stay: Session) -> None:
        """The factory that it was to come of has gone: another is asked."""
        stay.release_terminal()
        if not stay.why:
            self.workshops.request_worker(stay)

    def _receive(self, stay: Session) -> bool:
        """One thing that its visit says; whether it said any. The loop comes back for the next."""
        visit = stay.visit
        assert visit is not None
        kind, more = visit.receive(self._clock())
        if not kind:
            visit.kill()
            asyncio.get_running_loop().remove_reader(visit.line)
        elif kind == protocol.EXIT:
            stay.why = stay.why or why_it_ends.OVER
        elif kind == protocol.CRASHED:
            stay.why = stay.why or why_it_ends.CRASHED
            self._log(f"a visit crashed: {more[:100].decode('ascii', 'replace')}")
        return kind not in (b"", b"?")

    def _died(self, stay: Session) -> None:
        """Its process is dead: it is followed by another, or the stay is over."""
        visit = stay.visit
        assert visit is not None
        while self._receive(stay):
            pass
        loop = asyncio.get_running_loop()
        loop.remove_reader(visit.line)
        loop.remove_reader(visit.pidfd)
        self._counts.ended += 1
        if not stay.why and not visit.over:
            stay.why = why_it_ends.CRASHED
            self._log("a visit died")
        if stay.why in (why_it_ends.CRASHED, why_it_ends.HUNG):
            self._counts.crashed += 1
        if stay.why or self._draining:
            self._remove(stay)
            return
        stay.release_terminal()
        stay.since = self._clock()
        self.workshops.request_worker(stay)

    def _remove(self, stay: Session) -> None:
        self._stays.discard(stay)
        stay.close()
        if not self._stays:
            self._empty.set()
        asyncio.get_running_loop().call_soon(stay.ended, stay.why or why_it_ends.OVER)

    # -- time

    def _check_timeouts(self) -> None:
        # planned first: whatever one look meets, there is another
        self._look = asyncio.get_running_loop().call_later(CHECK_INTERVAL, self._check_timeouts)
        now = self._clock()
        for stay in list(self._stays):
            if why := self._overdue(stay, now):
                self.end(stay, why)
        self.workshops.check_files(now)

    def _overdue(self, stay: Session, now: float) -> str:
        """Why a stay must end now; empty where it need not."""
        visit, lasted = stay.visit, now - stay.since
        if visit is None:
            if lasted <= WORKER_TIMEOUT:
                return ""
            self._counts.crashed += 1
            return why_it_ends.NONE
        if complaint := visit.health_problem(now):
            self._log(complaint)
            return why_it_ends.HUNG
        if visit.resting and self._draining:
            return why_it_ends.DRAINED
        if lasted > self.limits.max_session_time:
            return why_it_ends.TOO_LONG
        if visit.resting and visit.untouched(now) > self.limits.idle_timeout:
            return why_it_ends.IDLE
        return ""
