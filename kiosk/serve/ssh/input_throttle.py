"""Limit how fast the bytes of one SSH client are read, so that a flood cannot slow the others down.

Each packet counts 64 bytes more than it has, because the smallest costs as much work as a large
one. A client that sends no more than a person types is read at once. One that sends more waits for
its turn in a round robin: the event loop reads from one such client in each of its turns. One that
goes on for 20 seconds is cut off.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from kiosk.token_bucket import TokenBucket

READ_SIZE = 1024
"""Bytes that are read of one client before any other is served: 5 ms at the very most."""
PACKET_COST = 64
"""Bytes that a packet counts in addition to its own."""
BYTES_PER_MINUTE = 512 << 10
"""Bytes that a client may send in a minute, keys and protocol together; more waits. A key that is
kept pressed sends a fifth of it."""
BURST = 64 << 10
"""Bytes of these that may come together."""
MAX_FLOOD = 20.0
"""Seconds for which a client may send more than is read without a pause; no person does. It may
also be a client that has gone: its bytes are still on their way and hide that."""


class RoundRobin:
    """Queue of callbacks, in order of joining: the event loop calls one in each of its turns.
    Shared by the input throttles of all clients.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Callable[[], None]] = deque()

    def join(self, step: Callable[[], None]) -> None:
        """Add `step` to the end of the queue; it is called once, when its turn comes."""
        self._waiting.append(step)
        if len(self._waiting) == 1:
            self._loop.call_soon(self._next)

    def _next(self) -> None:
        try:
            self._waiting[0]()
        finally:
            self._waiting.popleft()
            if self._waiting:
                self._loop.call_soon(self._next)


def _noop(*_: bool) -> None:
    """Do nothing: stands in for the callbacks of a throttle that is closed."""


class InputThrottle:
    """Passes the bytes of one client on to the code that parses them: at once, or later if the
    client sends more than a person types.

    Args:
        read: parses some bytes; returns how many SSH packets they completed.
        may_send: called with False to stop reading from the client's transport, and with True to
            go on.
        abort: ends the connection; called when too much has come for too long.
        turns: the queue that all clients' throttles share.
        loop: the running event loop.
    """

    def __init__(
        self,
        read: Callable[[bytes], int],
        may_send: Callable[[bool], None],
        abort: Callable[[], None],
        turns: RoundRobin,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._read = read
        self._may_send = may_send
        self._abort = abort
        self._turns = turns
        self._loop = loop
        self._bucket = TokenBucket(BYTES_PER_MINUTE, loop.time(), BURST)
        self._unread = bytearray()
        self._is_paused = False
        """True if more has come than may be read now; the transport is not read then."""
        self._calm_since = loop.time()
        self._is_closed = False
        self._timer: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Take bytes that the client has sent. A client that sends little has them parsed now, any
        other when its turn comes.
        """
        self._unread += data
        if self._is_paused or self._is_closed:
            return
        now = self._loop.time()
        if self._bucket.left(now) > BURST / 2:
            self._calm_since = now
            self._read_some()
        else:
            self._wait(0.0)

    def close(self) -> None:
        """Drop the bytes that are not parsed yet and the callbacks, as the connection has ended;
        nothing is parsed any more.
        """
        self._is_closed = True
        self._unread.clear()
        if self._timer is not None:
            self._timer.cancel()
        self._read, self._may_send, self._abort = len, _noop, _noop

    def _read_some(self) -> None:
        chunk = bytes(self._unread[:READ_SIZE])
        del self._unread[:READ_SIZE]
        cost = len(chunk) + PACKET_COST * self._read(chunk)
        if self._is_closed:
            return
        wait = self._bucket.take_all(cost, self._loop.time())
        if wait or self._unread:
            self._wait(wait)
        elif self._is_paused:
            self._is_paused = False
            self._may_send(True)

    def _wait(self, seconds: float) -> None:
        if not self._is_paused:
            self._is_paused = True
            self._may_send(False)
        if seconds:
            self._timer = self._loop.call_later(seconds, self._turns.join, self._turn)
        else:
            self._turns.join(self._turn)

    def _turn(self) -> None:
        self._timer = None
        if self._is_closed:
            return
        if self._loop.time() - self._calm_since > MAX_FLOOD:
            self._abort()
        else:
            self._read_some()
