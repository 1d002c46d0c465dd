"""The session manager of a server: opens, watches and ends many sessions, each with a worker.

Its rules:

1.  It never reads what a visitor types, nor what is drawn: the worker itself has the terminal.
2.  A visit that has ended (its reader started over, or the clock did) is followed by another worker
    at the same terminal. A session ends when its visitor leaves, or its worker crashes or hangs,
    or it was idle or has lasted too long.
3.  When this process dies, lifelines close and workers end by themselves. When a fork server dies,
    its workers go on and another is started; sessions that wait for a worker get it from that one.
4.  Changed content or settings are read by another fork server, which serves when it is ready. If
    that fails, the one before goes on. Running sessions keep what they began with.
5.  Refusing a session is cheap: only a flag and a number are looked at.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.serve import protocol
from kiosk.serve.forkserver.worker_handle import (
    IDLE_HEARTBEAT_TIMEOUT,
    WorkerHandle,
    dwell_of,
)
from kiosk.serve.pool.forkserver_client import Spawn
from kiosk.serve.pool.forkserver_pool import ForkServerPool
from kiosk.serve.pool.session import EndReason, Refusal, Refused, Session, SessionRequest
from kiosk.settings.server import SessionLimits

CHECK_INTERVAL = 2.0
"""Seconds between two checks of all timeouts."""
WORKER_TIMEOUT = 30.0
"""Seconds within which a session must have a worker."""

logger = logging.getLogger(__name__)


@dataclass
class Stats:
    """A server's counts of sessions, workers and fork servers, for staff and metrics. Nothing in
    them is about a visitor.
    """

    sessions: int = 0
    """Those included that wait for their worker."""
    spare_workers: int = 0
    """Workers forked and ready."""
    refused: int = 0
    ended: int = 0
    """Workers that have ended."""
    crashed: int = 0
    """Workers that crashed, hung, or never started."""
    fork_servers: int = 0
    memory: int = 0
    """Bytes, of workers and fork servers; as of when it was last measured."""
    last_crash: str = ""
    """The reason why the last of the crashed ended: `EndReason`; empty where none has."""


class SessionManager:
    """Opens, watches and ends a server's sessions, and gets each one a worker from a fork server.

    Args:
        spawn: starts a fork server's process.
        limits: limits of sessions; None to use those in the settings.
        clock: returns seconds, on a clock that also runs while the machine sleeps.
    """

    def __init__(
        self, spawn: Spawn, limits: SessionLimits | None = None, *, clock: Callable[[], float]
    ) -> None:
        self._clock = clock
        self._sessions: set[Session] = set()
        self._stats = Stats()
        self._check_timer: asyncio.TimerHandle | None = None
        self._empty = asyncio.Event()
        self._empty.set()
        self._is_draining = False
        self.last_crash_at: float | None = None
        """The time when a worker last crashed, hung or never started."""
        self.fork_servers = ForkServerPool(
            spawn,
            limits,
            clock=clock,
            on_worker_ready=self._on_worker_ready,
            on_worker_failed=self._on_worker_failed,
        )

    @property
    def limits(self) -> SessionLimits:
        """The limits of sessions that apply now."""
        return self.fork_servers.limits

    @property
    def stats(self) -> Stats:
        """The counts of sessions, workers and fork servers as they are now."""
        self._stats.sessions = len(self._sessions)
        self._stats.spare_workers = self.fork_servers.spare_workers
        self._stats.fork_servers = self.fork_servers.count
        return self._stats

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that have a terminal; spare workers are not included."""
        return [session.pid for session in self._sessions if session.pid]

    @property
    def is_draining(self) -> bool:
        """True if the manager refuses new sessions: it drains or is closed."""
        return self._is_draining

    async def start(self) -> None:
        """Start a fork server and wait until it is ready; raises StartupError if that fails."""
        self._check_timer = asyncio.get_running_loop().call_later(
            CHECK_INTERVAL, self._check_timeouts
        )
        await self.fork_servers.start()

    async def reload(self) -> bool:
        """Read content and settings again for new sessions; return whether they can be used. If
        not, new sessions go on with those before.
        """
        return await self.fork_servers.reload()

    async def drain(self, seconds: float) -> bool:
        """Refuse new sessions from now on, and wait at most `seconds` for the others to end.

        Returns whether none is left; may be called again to go on waiting.
        """
        self._is_draining = True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), seconds)
        return self._empty.is_set()

    def resume(self) -> None:
        """Open sessions again, after a drain that was called off."""
        self._is_draining = False

    async def close(self) -> None:
        """End every session and fork server; wait briefly until workers are dead and figures of use
        are written.
        """
        self._is_draining = True
        for session in list(self._sessions):
            self._end(session, EndReason.DRAINED)
        self.fork_servers.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), 2.0)
        self.fork_servers.usage.close_and_wait()
        if self._check_timer is not None:
            self._check_timer.cancel()

    def open_session(self, request: SessionRequest, on_end: Callable[[EndReason], None]) -> Session:
        """Open a session and return it at once; its worker comes later. Raises Refused.

        Args:
            request: its file descriptors are duplicated; the caller may close its own at once.
            on_end: called once with the reason, when the session has ended and its worker is dead.
        """
        if self._is_draining:
            raise self._refused(Refusal.CLOSING)
        if len(self._sessions) >= self.limits.max_sessions:
            raise self._refused(Refusal.FULL)
        try:
            session = Session(request, on_end, self._end, self._clock())
        except OSError as error:  # no file descriptor is left
            logger.warning("no session can be opened: %s", error.strerror)
            raise self._refused(Refusal.FULL) from error
        self._sessions.add(session)
        self._empty.clear()
        self.fork_servers.request_worker(session)
        return session

    def _refused(self, reason: Refusal) -> Refused:
        self._stats.refused += 1
        return Refused(reason)

    def _end(self, session: Session, reason: EndReason) -> None:
        """End a session; the first reason that was given stays."""
        if session not in self._sessions or session.end_reason is not None:
            return
        session.end_reason = reason
        if session.worker is None:  # if one still comes, its lifeline tells it
            self._remove(session)
        else:
            session.worker.kill()

    def _count_crash(self, reason: EndReason) -> None:
        self._stats.crashed += 1
        self._stats.last_crash, self.last_crash_at = reason.value, self._clock()

    # -- workers

    def _on_worker_ready(self, session: Session, pid: int, pidfd: int) -> None:
        """A fork server has sent the worker that was requested."""
        loop, lifeline = asyncio.get_running_loop(), session.lifeline
        if lifeline is None:  # the session ended meanwhile
            os.close(pidfd)
            return
        session.pid, session.since = pid, self._clock()
        session.worker = WorkerHandle(lifeline, pidfd, session.since, IDLE_HEARTBEAT_TIMEOUT)
        loop.add_reader(lifeline, self._receive, session)
        loop.add_reader(pidfd, self._worker_died, session)

    def _on_worker_failed(self, session: Session) -> None:
        """The fork server that was asked is gone: ask another."""
        session.release_worker()
        if session.end_reason is None:
            self.fork_servers.request_worker(session)

    def _receive(self, session: Session) -> bool:
        """Receive one message of its worker; whether there was one.

        The event loop calls again for the next.
        """
        worker = session.worker
        assert worker is not None
        kind, rest = worker.receive(self._clock())
        if worker.report and session.end_reason is None:
            logger.error("%s", worker.report)
        if not kind:
            worker.kill()
            asyncio.get_running_loop().remove_reader(worker.lifeline)
        elif kind == protocol.EXIT:
            session.end_reason = session.end_reason or EndReason.LEFT
        elif kind == protocol.DWELL:
            session.request.on_dwell(dwell_of(rest))
        elif kind == protocol.CRASHED:
            session.end_reason = session.end_reason or EndReason.CRASHED
        return kind not in (b"", b"?")

    def _worker_died(self, session: Session) -> None:
        """Start another worker, or end the session."""
        worker = session.worker
        assert worker is not None
        while self._receive(session):
            pass
        loop = asyncio.get_running_loop()
        loop.remove_reader(worker.lifeline)
        loop.remove_reader(worker.pidfd)
        self._stats.ended += 1
        self.fork_servers.usage.record(worker.tally)
        if session.end_reason is None and not worker.is_finished:
            session.end_reason = EndReason.CRASHED
            logger.error("a worker died")
        if session.end_reason in (EndReason.CRASHED, EndReason.HUNG):
            self._count_crash(session.end_reason)
        if session.end_reason is not None or self._is_draining:
            self._remove(session)
            return
        session.release_worker()
        session.since = self._clock()
        self.fork_servers.request_worker(session)

    def _remove(self, session: Session) -> None:
        self._sessions.discard(session)
        session.release()
        if not self._sessions:
            self._empty.set()
        reason = session.end_reason or EndReason.LEFT
        asyncio.get_running_loop().call_soon(session.on_end, reason)

    # -- timeouts

    def _check_timeouts(self) -> None:
        # The next check is planned first: it comes whatever this one meets.
        self._check_timer = asyncio.get_running_loop().call_later(
            CHECK_INTERVAL, self._check_timeouts
        )
        now = self._clock()
        for session in list(self._sessions):
            if reason := self._overdue(session, now):
                self._end(session, reason)
        self.fork_servers.check(now)

    def _overdue(self, session: Session, now: float) -> EndReason | None:
        """Return why a session must end now; None where it need not."""
        worker, lasted = session.worker, now - session.since
        if worker is None:
            if lasted <= WORKER_TIMEOUT:
                return None
            self._count_crash(EndReason.NO_WORKER)
            return EndReason.NO_WORKER
        if problem := worker.health_problem(now):
            logger.error("%s", problem)
            return EndReason.HUNG
        if worker.is_idle and self._is_draining:
            return EndReason.DRAINED
        if lasted > self.limits.max_session_time:
            return EndReason.TOO_LONG
        if worker.is_idle and worker.idle_seconds(now) > self.limits.idle_timeout:
            return EndReason.IDLE
        return None
