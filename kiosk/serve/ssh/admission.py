"""Who may come in: how many at once, how many a minute, in all and from one source.

Arithmetic alone, so that a refusal costs next to nothing. A source is an IPv4 address or the
64-bit network of an IPv6 one: whoever has one such address has them all.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Callable
from enum import Enum

from kiosk.settings.server import ConnectionLimits

MINUTE = 60.0
WORDS_A_MINUTE = 300
"""Refusals with a word, at most: beyond that a connection is closed without one."""
MOST_SOURCES = 10_000
"""Sources that are remembered; each is forgotten a minute after its last connection."""


class Decision(Enum):
    """What becomes of somebody who knocks."""

    WELCOME = "welcome"
    BUSY = "busy"
    """Told in words to try again."""
    FLOOD = "flood"
    """Far above the limits: not worth a word."""


class TokenBucket:
    """`a_minute` of something, refilled steadily; `at_once`, or a minute's, may come together."""

    def __init__(self, a_minute: int, now: float, at_once: int = 0) -> None:
        self._a_minute = float(a_minute)
        self._most = float(at_once or a_minute)
        self._left = self._most
        self._at = now

    def has(self, now: float) -> bool:
        """Whether there is one to take."""
        return not self._a_minute or self.left(now) >= 1

    def left(self, now: float) -> float:
        """How many there are to take; less than none where more was taken."""
        self._left = min(self._most, self._left + (now - self._at) * self._a_minute / MINUTE)
        self._at = now
        return self._left

    def take(self) -> None:
        """Take one."""
        self._left -= 1

    def take_all(self, count: int, now: float) -> float:
        """Take so many, though there be fewer; the seconds until that is made good."""
        self._left = self.left(now) - count
        return max(0.0, -self._left * MINUTE / self._a_minute)


class _SourceState:
    def __init__(self, a_minute: int, now: float) -> None:
        self.bucket = TokenBucket(a_minute, now)
        self.open = 0
        self.seen = now


class AdmissionControl:
    """Counts those inside and those who come.

    Args:
        limits: what is let in.
        clock: seconds, never backwards.
    """

    def __init__(self, limits: ConnectionLimits, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sources: dict[str, _SourceState] = {}
        self.reconfigure(limits)
        self._words = TokenBucket(WORDS_A_MINUTE, clock())
        self._swept_at = clock()
        self.open = 0
        """Connections that are let in now."""
        self.refused = 0
        """Connections that were not, so far."""

    def reconfigure(self, limits: ConnectionLimits) -> None:
        """Keep to these limits from now on, those who are known already, too."""
        self.limits = limits
        now = self._clock()
        self._all = TokenBucket(limits.connection_rate, now)
        for one in self._sources.values():
            one.bucket = TokenBucket(limits.connection_rate_per_source, now)

    def try_admit(self, address: str) -> Decision:
        """Whether somebody from `address` may come in; `left` is owed for each who may."""
        now = self._clock()
        self._forget(now)
        source = self._sources.get(key := source_of(address))
        if not self._may(source, now):
            self.refused += 1
            if not self._words.has(now):
                return Decision.FLOOD
            self._words.take()
            return Decision.BUSY
        if source is None:
            source = self._sources[key] = _SourceState(self.limits.connection_rate_per_source, now)
        # Only those who are let in are counted: one who floods the door takes nobody else's turn.
        source.bucket.take()
        self._all.take()
        source.open += 1
        source.seen = now
        self.open += 1
        return Decision.WELCOME

    def release(self, address: str) -> None:
        """Somebody who was let in has gone."""
        self.open -= 1
        if source := self._sources.get(source_of(address)):
            source.open -= 1
            source.seen = self._clock()

    def _may(self, source: _SourceState | None, now: float) -> bool:
        limits = self.limits
        if source is None:
            known = len(self._sources) < MOST_SOURCES
        else:
            few = source.open < (limits.max_connections_per_source or sys.maxsize)
            known = few and source.bucket.has(now)
        room = self.open < (limits.max_connections or sys.maxsize)
        return known and room and self._all.has(now)

    def _forget(self, now: float) -> None:
        """Once a minute, the sources that have nobody here and whose bucket is full again."""
        if now - self._swept_at < MINUTE:
            return
        self._swept_at = now
        for key, one in list(self._sources.items()):
            if not one.open and now - one.seen > MINUTE:
                del self._sources[key]


def source_of(address: str) -> str:
    """What counts as one source: the address, or the /64 of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found) >> 64 << 64, 64)))
