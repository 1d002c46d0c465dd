"""A factory of a house: many may ask it at once, and it answers when it can."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections import deque
from collections.abc import Callable

from kiosk.serve import protocol
from kiosk.serve.forkserver.handle import ANSWER_TIMEOUT, START_TIMEOUT, ForkServerHandle
from kiosk.serve.pool.session import Session

AT_ONCE = 16
"""Requests that a factory has before it at most; what else there is waits here."""

Spawn = Callable[[socket.socket, tuple[int, int]], int]
"""Starts a factory for a size, with this socket for its control; its process."""


class ForkServerClient:
    """The factory for `size`, started now; raises OSError where that fails.

    Args:
        spawn: starts it.
        size: columns and rows.
        clock: seconds.
        ready: called when it is, with what it has said of itself.
        came: called with each visit that it sends, its process and process descriptor.
        gone: called once, when it has ended or been ended.
    """

    def __init__(
        self,
        spawn: Spawn,
        size: tuple[int, int],
        clock: Callable[[], float],
        *,
        ready: Callable[[ForkServerClient, dict[str, object]], None],
        came: Callable[[Session, int, int], None],
        gone: Callable[[ForkServerClient], None],
    ) -> None:
        self.size = size
        self.waiting = 0
        """Visits that wait in it, as it said last."""
        self.closing = False
        """Whether it ends once it has answered."""
        self._clock = clock
        self._begun_at = self._heard_at = self._ready_at = clock()
        self._ready, self._came, self._on_gone = ready, came, gone
        self._numbers = itertools.count(1)
        self._asked: dict[int, tuple[Session, float]] = {}
        self._queue: deque[Session] = deque()
        self._loop = asyncio.get_running_loop()
        self.works = ForkServerHandle(lambda control: spawn(control, size), clock())
        self.works.control.setblocking(False)
        self._loop.add_reader(self.works.control, self._receive)

    @property
    def is_ready(self) -> bool:
        """Whether it can be asked."""
        return self.works.is_ready and not self.closing

    def request_worker(self, stay: Session) -> None:
        """Ask for a visit, now or when it has answered others."""
        self._queue.append(stay)
        self._send()

    def is_late(self, now: float) -> bool:
        """Whether it should have been ready, or have answered."""
        if not self.works.is_ready:
            return now - self._begun_at > START_TIMEOUT
        # where a hundred come at once each waits long, but some answer comes all the time
        since = min((at for _, at in self._asked.values()), default=now)
        return now - max(since, self._heard_at) > ANSWER_TIMEOUT

    def is_steady(self, now: float, seconds: float) -> bool:
        """Whether it has been ready for so long."""
        return self.works.is_ready and now - self._ready_at > seconds

    def close(self) -> None:
        """Let it answer those that it has been asked, then end it."""
        self.closing = True
        self._close_if_done()

    def end(self) -> list[Session]:
        """Kill it; the stays that it has not served."""
        self._loop.remove_reader(self.works.control)
        self.works.close()
        left = [stay for stay, _ in self._asked.values()] + list(self._queue)
        self._asked.clear()
        self._queue.clear()
        return left

    def _send(self) -> None:
        while self._queue and len(self._asked) < AT_ONCE:
            stay = self._queue[0]
            if stay.why:
                self._queue.popleft()
                continue
            number = next(self._numbers)
            ours, theirs = protocol.pair()
            ours.setblocking(False)
            told = {
                "size": list(stay.guest.size),
                "term": stay.guest.term,
                **stay.guest.wants,
                "number": number,
            }
            try:
                protocol.send(self.works.control, told, (*stay.descriptors, theirs.fileno()))
            except OSError:  # full, which passes; or gone, which is heard
                ours.close()
                return
            finally:
                theirs.close()
            self._queue.popleft()
            stay.line = ours
            self._asked[number] = (stay, self._clock())

    def _receive(self) -> None:
        try:
            said, given = protocol.receive(self.works.control)
        except BlockingIOError:
            return
        except (EOFError, OSError, ValueError):
            self._on_gone(self)
            return
        self._heard_at = self._clock()
        if "ready" in said:
            self._ready_at = self._heard_at
            self.works.take_ready(said)
            self._ready(self, said)
        waiting = said.get("waiting")
        self.waiting = waiting if isinstance(waiting, int) else self.waiting
        number, pid = said.get("number"), said.get("pid")
        asked = self._asked.pop(number, None) if isinstance(number, int) else None
        if asked is not None and isinstance(pid, int) and len(given) == 1:
            self.works.has_served = True
            self._came(asked[0], pid, given.pop())
        protocol.close(given)
        self._send()
        self._close_if_done()

    def _close_if_done(self) -> None:
        if self.closing and not self._asked and not self._queue:
            self._on_gone(self)
