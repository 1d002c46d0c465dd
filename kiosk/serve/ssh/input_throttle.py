"""Throttle the input of one SSH client, so that a flood cannot starve the others.

A packet may be as small as 28 bytes and costs as much as a large one, so each counts as if it were
larger. A client that sends no more than a person types is read at once; one that sends more waits
for its turn in a round robin: the event loop serves one such client in each of its turns.
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
    """Round robin: calls one step in each turn of the event loop, in the order of joining."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Callable[[], None]] = deque()

    def join(self, step: Callable[[], None]) -> None:
        """Have `step` called once, when its turn comes."""
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
    """Throttle between the transport of a client and the code that parses its bytes.

    Args:
        read: parses bytes; returns how many packets have become whole.
        may_send: lets more come from the transport, or not.
        abort: ends the connection: too much came for too long.
        turns: shared by all clients.
        loop: the running one.
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
        """Whether more has come than may be read now; the transport is not read then."""
        self._calm_since = loop.time()
        self._is_closed = False
        self._timer: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Take what the client has sent: read it now, or when its turn comes."""
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
        """Read nothing more, and drop every reference to others."""
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
