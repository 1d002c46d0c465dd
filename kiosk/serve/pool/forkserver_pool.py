"""The factories of a house: one for 80x24, some for other sizes, and those that replace them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from kiosk.serve.pool.forkserver_client import ForkServerClient, Spawn
from kiosk.serve.pool.login_name import KnownNames, known_names_in
from kiosk.serve.pool.session import Session
from kiosk.serve.pool.sizes import USUAL, Size, Sizes
from kiosk.settings.server import SessionLimits, SshSettings, settings_from

MAX_RESTART_DELAY = 30.0
"""Seconds between two attempts to start a factory, at most."""
STEADY = 10.0
"""Seconds after which a factory counts as one that works; one that dies sooner, as the one before
it did, is followed by another more slowly."""
FILE_CHECK_INTERVAL = 5.0
"""Seconds between looks whether content or settings have changed."""


class ForkServerPool:
    """Starts factories, replaces those that die or whose content has changed, asks them for visits.

    Args:
        spawn: starts a factory for a size.
        limits: what they are; None for those that a factory reads in the settings.
        clock: seconds.
        log: takes a line for the journal.
        came: called with each visit that a factory sends.
        unserved: called with each stay that a factory will not serve any more.
    """

    def __init__(
        self,
        spawn: Spawn,
        limits: SessionLimits | None,
        *,
        clock: Callable[[], float],
        log: Callable[[str], None],
        came: Callable[[Session, int, int], None],
        unserved: Callable[[Session], None],
    ) -> None:
        self._spawn, self._clock, self._log = spawn, clock, log
        self._came, self._unserved = came, unserved
        self._fixed = limits
        self.limits = limits or SessionLimits()
        self.known = KnownNames()
        """The names that a visit can be asked for by."""
        self.ssh = SshSettings()
        """What the settings say of the SSH door."""
        self._usual: ForkServerClient | None = None
        self._next: ForkServerClient | None = None
        """One that reads changed content."""
        self._others: dict[Size, ForkServerClient] = {}
        self._ending: set[ForkServerClient] = set()
        """Replaced, and yet to answer those that they were asked by."""
        self._queue: deque[Session] = deque()
        """Those who came while no factory was ready."""
        self._sizes = Sizes()
        self._failures = 0
        self._not_before = 0.0
        self._looked_at = 0.0
        self._is_open = True
        self._changed: asyncio.Future[bool] | None = None
        self._first: asyncio.Future[None] | None = None

    @property
    def count(self) -> int:
        """The factories that run."""
        return len(self._all())

    @property
    def spare_workers(self) -> int:
        """The visits that wait in them, as far as they have said."""
        return sum(one.waiting for one in self._all())

    @property
    def pids(self) -> list[int]:
        """Their processes."""
        return [one.works.pid for one in self._all()]

    async def open(self) -> None:
        """Start the first; raises RuntimeError where it is never ready."""
        self._first = asyncio.get_running_loop().create_future()
        self._start_usual()
        await self._first

    async def reload(self) -> bool:
        """Have content and settings read again; whether that can be used."""
        if self._changed is None:
            self._changed = asyncio.get_running_loop().create_future()
            self._renew()
        return await asyncio.shield(self._changed)

    def close(self) -> None:
        """End them all."""
        self._is_open = False
        for one in self._all():
            one.end()
        self._queue.clear()
        self._usual = self._next = None
        self._others.clear()
        self._ending.clear()

    def request_worker(self, stay: Session) -> None:
        """Ask the factory that suits it best, or the first that is ready."""
        size = stay.guest.size
        self._sizes.ask(size, self._clock())
        suiting = (self._others.get(size), self._usual, *self._others.values())
        for one in suiting:
            if one is not None and one.is_ready:
                one.request_worker(stay)
                return
        self._queue.append(stay)

    def check_files(self, now: float) -> None:
        """What time asks for: the late, the changed, the sizes."""
        if not self._is_open:
            return
        for one in self._all():
            if one.is_late(now):
                self._log("a factory does not answer")
                self._gone(one)
        if self._usual is None and now >= self._not_before:
            self._start_usual()
        elif self._usual is not None and self._usual.is_steady(now, STEADY):
            self._failures = 0
        if now - self._looked_at < FILE_CHECK_INTERVAL or self._usual is None:
            return
        self._looked_at = now
        if self._next is None and self._usual.works.has_changed:
            self._renew()
        worth = self._sizes.worth(list(self._others), now)
        for size in [one for one in self._others if one not in worth]:
            self._retire(self._others.pop(size))
        for size in worth:
            if size not in self._others and self._failures == 0:
                self._start_other(size)

    def _all(self) -> list[ForkServerClient]:
        first = [one for one in (self._usual, self._next) if one is not None]
        return [*first, *self._others.values(), *self._ending]

    def _start(self, size: Size) -> ForkServerClient:
        return ForkServerClient(
            self._spawn, size, self._clock, ready=self._is_ready, came=self._came, gone=self._gone
        )

    def _start_usual(self) -> None:
        try:
            self._usual = self._start(USUAL)
        except OSError as error:
            self._failed(f"no factory could be started: {error.strerror}")

    def _start_other(self, size: Size) -> None:
        try:
            self._others[size] = self._start(size)
        except OSError as error:
            self._log(f"no factory could be started: {error.strerror}")

    def _renew(self) -> None:
        """Read content and settings, as they are now."""
        if self._next is not None:  # what it reads may be what they were
            self._next.end()
            self._next = None
        seen = self._usual.works.current_stamps() if self._usual is not None else None
        try:
            self._next = self._start(USUAL)
            if self._usual is not None and seen is not None:
                self._usual.works.mark_seen(seen)
        except OSError as error:
            self._log(f"no factory could be started: {error.strerror}")
            self._tell_changed(False)

    def _is_ready(self, one: ForkServerClient, said: dict[str, object]) -> None:
        if one is self._next:
            self._log("content and settings were read again")
            before, self._usual, self._next = self._usual, one, None
            for old in [*([before] if before else []), *self._others.values()]:
                self._retire(old)
            self._others.clear()
        if one is self._usual:
            self.limits = self._fixed or settings_from(SessionLimits, said.get("limits"))
            self.known = known_names_in(said.get("known"))
            self.ssh = settings_from(SshSettings, said.get("ssh"))
            self._tell_changed(True)
            if self._first is not None and not self._first.done():
                self._first.set_result(None)
        while self._queue:
            self.request_worker(self._queue.popleft())

    def _retire(self, one: ForkServerClient) -> None:
        self._ending.add(one)
        one.close()

    def _gone(self, one: ForkServerClient) -> None:
        """It has died, is late, or has done what it had to."""
        left = one.end()
        self._ending.discard(one)
        self._others = {size: other for size, other in self._others.items() if other is not one}
        if one is self._next:
            self._next = None
            self._log("changed content or settings cannot be used; going on with those before")
            self._tell_changed(False)
        elif one is self._usual:
            self._usual = None
            if one.works.is_ready and self._is_open and not self._failures:
                self._failures = 1  # until it has proved steady
                self._log("a factory died; starting another")
                self._start_usual()
            else:
                self._failed("a factory died" if one.works.is_ready else "a factory was not ready")
        for stay in left:
            self._unserved(stay)

    def _failed(self, why: str) -> None:
        self._log(why)
        self._failures += 1
        self._not_before = self._clock() + min(
            MAX_RESTART_DELAY, 0.5 * 2.0 ** min(self._failures, 8)
        )
        if self._first is not None and not self._first.done():
            self._first.set_exception(RuntimeError(why))

    def _tell_changed(self, well: bool) -> None:
        changed, self._changed = self._changed, None
        if changed is not None and not changed.done():
            changed.set_result(well)
