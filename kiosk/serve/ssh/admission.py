"""Admission control of SSH connections: limits how many may be open at once, and how many may come
in a minute, both in all and from one source.

It only counts, so that a refusal costs next to nothing. A source is one IPv4 address, or a 64-bit
network of IPv6: a client that has one address in such a network can use all of them.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Callable
from enum import Enum

from kiosk.settings.server import ConnectionLimits
from kiosk.token_bucket import TokenBucket

MINUTE = 60.0
MAX_MESSAGES_PER_MINUTE = 300
"""Refusals with a message; further connections are closed without one."""
MAX_SOURCES = 10_000
"""Sources that are counted; each is forgotten a minute after its last connection."""


class Decision(Enum):
    """Decision of `AdmissionControl.try_admit` about a new connection: to let it in, or to refuse
    it, with or without a message to the client.
    """

    ADMIT = "admit"
    BUSY = "busy"
    """Refused with a message: try again later."""
    FLOOD = "flood"
    """Refused without a message: far above the limits."""


class _SourceState:
    def __init__(self, rate: int, now: float) -> None:
        self.bucket = TokenBucket(rate, now)
        self.open = 0
        self.seen = now


class AdmissionControl:
    """Decides for each new SSH connection whether the limits let it in, and counts the open and the
    refused ones, in all and by source (an IP address or network). It touches no socket.

    Args:
        limits: how many connections may be open, and may come in a minute.
        clock: returns seconds that never go backwards.
    """

    def __init__(self, limits: ConnectionLimits, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sources: dict[str, _SourceState] = {}
        self.reconfigure(limits)
        self._messages = TokenBucket(MAX_MESSAGES_PER_MINUTE, clock())
        self._swept_at = clock()
        self.open = 0
        """Connections that are open now."""
        self.refused = 0
        """Connections that were refused, so far."""

    def reconfigure(self, limits: ConnectionLimits) -> None:
        """Replace the limits. The counts per minute begin again; open connections stay counted, and
        none is closed.
        """
        self.limits = limits
        now = self._clock()
        self._all = TokenBucket(limits.connection_rate, now)
        for source in self._sources.values():
            source.bucket = TokenBucket(limits.connection_rate_per_source, now)

    def try_admit(self, address: str) -> Decision:
        """Return whether a new connection from this IP address is let in, refused with a message,
        or (in a flood) without; count it.

        After `Decision.ADMIT` the caller must call `release` when the connection has ended.
        """
        now = self._clock()
        self._forget(now)
        source = self._sources.get(key := source_of(address))
        if not self._may(source, now):
            self.refused += 1
            if not self._messages.has(now):
                return Decision.FLOOD
            self._messages.take()
            return Decision.BUSY
        if source is None:
            source = self._sources[key] = _SourceState(self.limits.connection_rate_per_source, now)
        # Only admitted connections are counted, so that a flood uses up nobody else's.
        source.bucket.take()
        self._all.take()
        source.open += 1
        source.seen = now
        self.open += 1
        return Decision.ADMIT

    def release(self, address: str) -> None:
        """Count a connection from this IP address, admitted before, as ended."""
        self.open -= 1
        if source := self._sources.get(source_of(address)):
            source.open -= 1
            source.seen = self._clock()

    def _may(self, source: _SourceState | None, now: float) -> bool:
        limits = self.limits
        if source is None:
            is_open = len(self._sources) < MAX_SOURCES
        else:
            has_few = source.open < (limits.max_connections_per_source or sys.maxsize)
            is_open = has_few and source.bucket.has(now)
        has_room = self.open < (limits.max_connections or sys.maxsize)
        return is_open and has_room and self._all.has(now)

    def _forget(self, now: float) -> None:
        """Forget, once a minute, the sources without a connection whose bucket is full again."""
        if now - self._swept_at < MINUTE:
            return
        self._swept_at = now
        for key, source in list(self._sources.items()):
            if not source.open and now - source.seen > MINUTE:
                del self._sources[key]


def source_of(address: str) -> str:
    """Return the source that an IP address is counted under: an IPv4 address itself (also if it is
    mapped into IPv6), or the 64-bit network of an IPv6 address; any other text unchanged.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, 64)))
