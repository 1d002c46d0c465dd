"""What one client sends, read in bites: so that no client's bytes cost another one's time.

A packet may be as small as 28 bytes and costs as much as a large one. So a packet counts as if it
were larger than it is; who sends no more than a person does is read at once, and who sends more
waits for their turn, of which there is one in each turn of the loop, whoever's it is.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from kiosk.serve.ssh.admission import TokenBucket

READ_SIZE = 1024
"""Bytes that are read of one client before anybody else is looked at: 5 ms at the very most."""
PACKET_COST = 64
"""Bytes that a packet counts beside those that it has."""
BYTES_PER_MINUTE = 512 << 10
"""Bytes that a client may send in a minute, keys and protocol together; more comes in later. A key
that is held down is a fifth of it."""
BURST = 64 << 10
"""Bytes of these that may come together."""

ENOUGH = 20.0
"""Seconds without a pause of more than may be read: that is no person. It may be one who has gone,
too, whose bytes are still on their way and hide it."""


class RoundRobin:
    """One step of one of those who wait in each turn of the loop, in the order of their coming."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Callable[[], None]] = deque()

    def join(self, step: Callable[[], None]) -> None:
        """Have `step` called when its turn comes."""
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
    """In place of one who is let go."""


class InputThrottle:
    """Between the wire of a client and what reads it.

    Args:
        read: reads bytes; returns how many packets were whole since it was called last.
        may_send: lets more come from the wire, or not.
        drop: ends it: too much came for too long.
        turns: of all clients.
        loop: the running one.
    """

    def __init__(
        self,
        read: Callable[[bytes], int],
        may_send: Callable[[bool], None],
        drop: Callable[[], None],
        turns: RoundRobin,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._read = read
        self._may_send = may_send
        self._drop = drop
        self._turns = turns
        self._loop = loop
        self._purse = TokenBucket(BYTES_PER_MINUTE, loop.time(), BURST)
        self._unread = bytearray()
        self._waits = False
        """Whether more has come than may be read now; the wire is not read then."""
        self._calm_at = loop.time()
        self._is_closed = False
        self._later: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """The client has sent this."""
        self._unread += data
        if self._waits or self._is_closed:
            return
        now = self._loop.time()
        if self._purse.left(now) > BURST / 2:
            self._calm_at = now
            self._bite()
        else:
            self._wait(0.0)

    def close(self) -> None:
        """Read nothing more, and hold nobody."""
        self._is_closed = True
        self._unread.clear()
        if self._later is not None:
            self._later.cancel()
        self._read, self._may_send, self._drop = len, _noop, _noop

    def _bite(self) -> None:
        bite = bytes(self._unread[:READ_SIZE])
        del self._unread[:READ_SIZE]
        cost = len(bite) + PACKET_COST * self._read(bite)
        if self._is_closed:
            return
        wait = self._purse.take_all(cost, self._loop.time())
        if wait or self._unread:
            self._wait(wait)
        elif self._waits:
            self._waits = False
            self._may_send(True)

    def _wait(self, seconds: float) -> None:
        if not self._waits:
            self._waits = True
            self._may_send(False)
        if seconds:
            self._later = self._loop.call_later(seconds, self._turns.join, self._turn)
        else:
            self._turns.join(self._turn)

    def _turn(self) -> None:
        self._later = None
        if self._is_closed:
            return
        if self._loop.time() - self._calm_at > ENOUGH:
            self._drop()
        else:
            self._bite()
