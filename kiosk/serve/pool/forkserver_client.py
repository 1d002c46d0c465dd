"""The server's client of one fork server: it starts that process, and requests workers from it for
sessions. Requests beyond `MAX_PENDING` wait in a queue, oldest first.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections import deque
from collections.abc import Callable

from kiosk.serve import protocol
from kiosk.serve.forkserver.handle import ANSWER_TIMEOUT, START_TIMEOUT, ForkServerHandle
from kiosk.serve.pool.session import Session

MAX_PENDING = 16
"""The most requests that a fork server has yet to answer; further ones are queued here."""

Spawn = Callable[[socket.socket], int]
"""Starts a fork server with this control socket; returns its process id."""


class ForkServerClient:
    """Starts one fork server for a server's pool, requests workers from it for sessions, and
    reports through callbacks in the event loop. Raises OSError if the process cannot be started.

    Args:
        spawn: starts the process.
        clock: returns the time in seconds.
        on_ready: called when the fork server is ready, with this client and its message.
        on_worker_ready: called for each worker that has started: its session, process id and
            pidfd.
        on_gone: called with this client when the fork server has died or sent an invalid message,
            or, after `close`, when every request is answered; it must call `abort`.
    """

    def __init__(
        self,
        spawn: Spawn,
        clock: Callable[[], float],
        *,
        on_ready: Callable[[ForkServerClient, protocol.ForkServerReady], None],
        on_worker_ready: Callable[[Session, int, int], None],
        on_gone: Callable[[ForkServerClient], None],
    ) -> None:
        self.spare_workers = 0
        """Workers that are forked and ready, as it said last."""
        self.is_closing = False
        """True if `close` was called: the fork server ends once it has answered every request."""
        self._clock = clock
        self._started_at = self._answered_at = self._ready_at = clock()
        self._on_ready, self._on_worker_ready, self._on_gone = on_ready, on_worker_ready, on_gone
        self._numbers = itertools.count(1)
        self._pending: dict[int, tuple[Session, float]] = {}
        self._queue: deque[Session] = deque()
        self._loop = asyncio.get_running_loop()
        self.handle = ForkServerHandle(spawn, clock())
        self.handle.control.setblocking(False)
        self._loop.add_reader(self.handle.control, self._receive)

    @property
    def is_ready(self) -> bool:
        """True if workers can be requested: the fork server has started, and `close` was not
        called.
        """
        return self.handle.is_ready and not self.is_closing

    def request_worker(self, session: Session) -> None:
        """Request a worker for a session; `on_worker_ready` gets it later. Where `MAX_PENDING`
        requests are unanswered, it is queued; a session that ends meanwhile is skipped.
        """
        self._queue.append(session)
        self._send()

    def is_late(self, now: float) -> bool:
        """Return whether, at `now`, the fork server has taken too long to start, or to answer a
        request.
        """
        if not self.handle.is_ready:
            return now - self._started_at > START_TIMEOUT
        # Where a hundred come at once each waits long, but answers come all the time.
        since = min((at for _, at in self._pending.values()), default=now)
        return now - max(since, self._answered_at) > ANSWER_TIMEOUT

    def is_steady(self, now: float, seconds: float) -> bool:
        """Return whether, at `now`, the fork server has been ready for more than `seconds`."""
        return self.handle.is_ready and now - self._ready_at > seconds

    def close(self) -> None:
        """Make `is_ready` false, so that nothing more is requested; call `on_gone` when the earlier
        requests are answered, at once where there are none.
        """
        self.is_closing = True
        self._close_if_done()

    def abort(self) -> list[Session]:
        """Kill the fork server at once; return the sessions whose request is unanswered or still
        queued. Workers that have a terminal go on.
        """
        self._loop.remove_reader(self.handle.control)
        self.handle.close()
        unserved = [session for session, _ in self._pending.values()] + list(self._queue)
        self._pending.clear()
        self._queue.clear()
        return unserved

    def _send(self) -> None:
        while self._queue and len(self._pending) < MAX_PENDING:
            session = self._queue[0]
            if session.end_reason is not None:
                self._queue.popleft()
                continue
            number = next(self._numbers)
            ours, theirs = protocol.pair()
            ours.setblocking(False)
            request = session.request
            message = protocol.WorkerRequest(request.size, request.term, request.options, number)
            try:
                protocol.send(self.handle.control, message, (*session.descriptors, theirs.fileno()))
            except OSError:  # full, which passes; or gone, which `_receive` notices
                ours.close()
                return
            finally:
                theirs.close()
            self._queue.popleft()
            session.lifeline = ours
            self._pending[number] = (session, self._clock())

    def _receive(self) -> None:
        try:
            message, descriptors = protocol.receive(self.handle.control)
        except BlockingIOError:
            return
        except (EOFError, OSError, ValueError):
            self._on_gone(self)
            return
        self._answered_at = self._clock()
        if isinstance(message, protocol.ForkServerReady):
            self._ready_at = self._answered_at
            self.handle.take_ready(message)
            self._on_ready(self, message)
        elif isinstance(message, protocol.SpareWorkers):
            self.spare_workers = message.count
        elif isinstance(message, protocol.WorkerStarted):
            self.spare_workers = message.spare_workers
            if pending := self._pending.pop(message.number, None):
                self.handle.has_served = True
                self._on_worker_ready(pending[0], message.pid, descriptors.pop())
        protocol.close(descriptors)
        self._send()
        self._close_if_done()

    def _close_if_done(self) -> None:
        if self.is_closing and not self._pending and not self._queue:
            self._on_gone(self)
