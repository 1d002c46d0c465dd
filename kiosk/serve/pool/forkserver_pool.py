"""The fork servers of one server: the one that starts workers now, its successor that reads changed
content, and replaced ones that still answer requests.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from collections.abc import Callable

from kiosk.errors import StartupError
from kiosk.serve import protocol
from kiosk.serve.pool.forkserver_client import ForkServerClient, Spawn
from kiosk.serve.pool.login_name import KnownNames, known_names_in
from kiosk.serve.pool.session import Session
from kiosk.serve.usage_recorder import UsageRecorder
from kiosk.settings.server import SessionLimits, SshSettings, settings_from

MAX_RESTART_DELAY = 30.0
"""Seconds between two attempts to start a fork server, at most."""
STEADY = 10.0
"""Seconds after which a fork server counts as one that works. One that dies sooner, as the one
before it did, is replaced after a growing delay."""
FILE_CHECK_INTERVAL = 5.0
"""Seconds between two checks whether content or settings have changed."""

logger = logging.getLogger(__name__)


class ForkServerPool:
    """Pool of a server's fork servers: starts them, replaces one that dies or whose content or
    settings have changed, and passes requests for workers to the current one.

    Args:
        spawn: starts a fork server's process.
        limits: limits of sessions; None to use those that a fork server reads in the settings.
        clock: returns the time in seconds.
        on_worker_ready: called for each worker that has started: its session, process id and
            pidfd.
        on_worker_failed: called with each session whose fork server has gone without giving it a
            worker.
    """

    def __init__(
        self,
        spawn: Spawn,
        limits: SessionLimits | None,
        *,
        clock: Callable[[], float],
        on_worker_ready: Callable[[Session, int, int], None],
        on_worker_failed: Callable[[Session], None],
    ) -> None:
        self._spawn, self._clock = spawn, clock
        self._on_worker_ready, self._on_worker_failed = on_worker_ready, on_worker_failed
        self._fixed_limits = limits
        self.limits = limits or SessionLimits()
        self.known = KnownNames()
        """The names that a login name may contain."""
        self.ssh = SshSettings()
        """The settings of the SSH server, as a fork server read them."""
        self.usage = UsageRecorder(os.environ.get("STATE_DIRECTORY", "").split(":")[0])
        """Keeps figures, where the site has them on."""
        self.content: dict[str, object] = {}
        """Facts of the content that new sessions show: `site.content_facts`."""
        self.settings_ok = True
        """True if content and settings as they are on the disk are in use."""
        self.settings_since = clock()
        """The time when that was last found out."""
        self._current: ForkServerClient | None = None
        self._next: ForkServerClient | None = None
        """The fork server that will replace it: it reads changed content."""
        self._closing: set[ForkServerClient] = set()
        """Replaced, with requests left to answer."""
        self._queue: deque[Session] = deque()
        """Sessions that came while no fork server was ready."""
        self._failures = 0
        self._not_before = 0.0
        self._checked_at = 0.0
        self._is_open = True
        self._reloading: asyncio.Future[bool] | None = None
        self._started: asyncio.Future[None] | None = None

    @property
    def count(self) -> int:
        """The number of fork servers that run, replaced ones included."""
        return len(self._all())

    @property
    def spare_workers(self) -> int:
        """The number of spare workers in all fork servers, as they reported last."""
        return sum(client.spare_workers for client in self._all())

    @property
    def pids(self) -> list[int]:
        """The process ids of the fork servers, replaced ones included."""
        return [client.handle.pid for client in self._all()]

    async def start(self) -> None:
        """Start the first fork server and wait until it is ready; raises StartupError if it cannot
        be started, dies, or takes too long.
        """
        self._started = asyncio.get_running_loop().create_future()
        self._start_current()
        await self._started

    async def reload(self) -> bool:
        """Start a fork server that reads content and settings again, and wait for it. Return True
        if it is ready and replaces the current one; False if it failed, and the current one goes
        on.
        """
        if self._reloading is None:
            self._reloading = asyncio.get_running_loop().create_future()
            self._renew()
        return await asyncio.shield(self._reloading)

    def close(self) -> None:
        """Kill all fork servers and forget the waiting requests; no
        further fork server is started.
        """
        self._is_open = False
        for client in self._all():
            client.abort()
        self._queue.clear()
        self._current = self._next = None
        self._closing.clear()

    def request_worker(self, session: Session) -> None:
        """Request a worker for a session from the current fork server, or, if none is ready, from
        the next that is. `on_worker_ready` gets the worker.
        """
        if self._current is not None and self._current.is_ready:
            self._current.request_worker(session)
        else:
            self._queue.append(session)

    def check(self, now: float) -> None:
        """Check all fork servers at the time `now`: replace those that are late, start one if none
        is left, and start a successor if content or settings have changed. Called every few
        seconds.
        """
        if not self._is_open:
            return
        for client in self._all():
            if client.is_late(now):
                logger.error("a fork server does not answer")
                self._on_gone(client)
        if self._current is None and now >= self._not_before:
            self._start_current()
        elif self._current is not None and self._current.is_steady(now, STEADY):
            self._failures = 0
        if now - self._checked_at < FILE_CHECK_INTERVAL or self._current is None:
            return
        self._checked_at = now
        if self._next is None and self._current.handle.has_changed:
            self._renew()

    def _all(self) -> list[ForkServerClient]:
        main = [client for client in (self._current, self._next) if client is not None]
        return [*main, *self._closing]

    def _start(self) -> ForkServerClient:
        return ForkServerClient(
            self._spawn,
            self._clock,
            on_ready=self._on_ready,
            on_worker_ready=self._on_worker_ready,
            on_gone=self._on_gone,
        )

    def _start_current(self) -> None:
        try:
            self._current = self._start()
        except OSError as error:
            self._failed(f"no fork server could be started: {error.strerror}")

    def _renew(self) -> None:
        """Read content and settings as they are now, by another fork server."""
        if self._next is not None:  # what it reads may be outdated
            self._next.abort()
            self._next = None
        stamp = self._current.handle.current_stamps() if self._current is not None else None
        try:
            self._next = self._start()
            if self._current is not None and stamp is not None:
                self._current.handle.mark_seen(stamp)
        except OSError as error:
            logger.error("no fork server could be started: %s", error.strerror)
            self._finish_reload(False)

    def _on_ready(self, client: ForkServerClient, message: protocol.ForkServerReady) -> None:
        if client is self._next:
            logger.info("content and settings were read again")
            before, self._current, self._next = self._current, client, None
            if before is not None:
                self._closing.add(before)
                before.close()
        if client is self._current:
            settings = message.settings
            self.limits = self._fixed_limits or settings_from(SessionLimits, settings.get("limits"))
            self.known = known_names_in(settings.get("known"))
            self.ssh = settings_from(SshSettings, settings.get("ssh"))
            self.usage.configure(settings.get("usage"))
            content = settings.get("content")
            self.content = dict(content) if isinstance(content, dict) else {}
            self._finish_reload(True)
            if self._started is not None and not self._started.done():
                self._started.set_result(None)
            while self._queue:
                client.request_worker(self._queue.popleft())

    def _on_gone(self, client: ForkServerClient) -> None:
        """Drop a fork server that has died, is late, or has done what it had to."""
        unserved = client.abort()
        self._closing.discard(client)
        if client is self._next:
            self._next = None
            logger.error("changed content or settings cannot be used; going on with those before")
            self._finish_reload(False)
        elif client is self._current:
            self._current = None
            if client.handle.is_ready and self._is_open and not self._failures:
                self._failures = 1  # until the next one has proved steady
                logger.error("a fork server died; starting another")
                self._start_current()
            elif client.handle.is_ready:
                self._failed("a fork server died")
            else:
                self._failed("a fork server was not ready")
        for session in unserved:
            self._on_worker_failed(session)

    def _failed(self, reason: str) -> None:
        logger.error("%s", reason)
        self._failures += 1
        self._not_before = self._clock() + min(
            MAX_RESTART_DELAY, 0.5 * 2.0 ** min(self._failures, 8)
        )
        if self._started is not None and not self._started.done():
            self._started.set_exception(StartupError(reason))

    def _finish_reload(self, can_be_used: bool) -> None:
        if can_be_used != self.settings_ok or can_be_used:
            self.settings_ok, self.settings_since = can_be_used, self._clock()
        reloading, self._reloading = self._reloading, None
        if reloading is not None and not reloading.done():
            reloading.set_result(can_be_used)
