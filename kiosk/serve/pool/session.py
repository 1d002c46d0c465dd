"""Somebody at a door: what they bring, and their stay in the house."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.serve import protocol
from kiosk.serve.forkserver.worker_handle import WorkerHandle

OVER = "over"
"""The visitor has left."""
CLOSED = "closed"
"""Whoever opened the stay has ended it."""
CRASHED = "crashed"
"""A mistake in the program ended it."""
HUNG = "hung"
"""It did not answer, and was killed."""
TOO_LONG = "too long"
"""It has lasted as long as one may."""
IDLE = "idle"
"""Nobody has touched the first page."""
DRAINED = "drained"
"""The house has closed."""
NONE = "none"
"""No visit could be begun."""


@dataclass(frozen=True)
class SessionRequest:
    """A terminal, or a pair of pipes. Its descriptors stay the caller's: the house copies them."""

    source: int
    """Where to read."""
    sink: int
    """Where to write."""
    size: tuple[int, int]
    """Columns and rows."""
    term: str = ""
    """What it says it is (`TERM`)."""
    wants: Mapping[str, str] = field(default_factory=dict)
    """What the visits should be, by the names of `messages.WANTS`."""


class Owner(Protocol):
    """The house, as a stay knows it."""

    def end(self, stay: Session, why: str) -> None:
        """End it."""
        ...


class Session:
    """One guest in the house: a visit, and after it another at the same terminal.

    Only the house makes one and reads its attributes; a door uses the two methods. Raises OSError
    where no descriptor can be had.
    """

    def __init__(
        self, owner: Owner, guest: SessionRequest, ended: Callable[[str], None], now: float
    ) -> None:
        self._owner = owner
        self.guest = guest
        self.ended = ended
        self.descriptors = _copies(guest.source, guest.sink)
        self.since = now
        """When it began to wait for the visit that it has, or has asked for."""
        self.line: socket.socket | None = None
        """Our end of the lifeline, from when a visit was asked for."""
        self.visit: WorkerHandle | None = None
        self.pid = 0
        self.why = ""
        """Why it ends; empty while it goes on."""

    def resized(self) -> None:
        """The terminal has another size, and knows it."""
        if self.visit is not None:
            self.visit.send(protocol.RESIZED)

    def end(self) -> None:
        """End it; `ended` is called when the visit is dead."""
        self._owner.end(self, CLOSED)

    def release_terminal(self) -> None:
        """Close what is held of the visit; the descriptors of the guest stay."""
        if self.line is not None:
            self.line.close()
        if self.visit is not None:
            os.close(self.visit.pidfd)
        self.line, self.visit, self.pid = None, None, 0

    def close(self) -> None:
        """Close everything."""
        self.release_terminal()
        protocol.close(self.descriptors)
        self.descriptors = []


def _copies(*descriptors: int) -> list[int]:
    found: list[int] = []
    try:
        for one in descriptors:
            found.append(os.dup(one))
    except OSError:
        protocol.close(found)
        raise
    return found
