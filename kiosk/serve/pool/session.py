"""A session of a server: one client at one terminal, served by one worker after another. Also the
request for a session, and the reasons why it is refused or has ended.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.errors import KioskError
from kiosk.serve import protocol
from kiosk.serve.forkserver.worker_handle import WorkerHandle


class EndReason(StrEnum):
    """Reason why a session ended; `fallback_messages.ENDED` has a sentence to the visitor for each
    but LEFT.
    """

    LEFT = "left"
    """The visitor left."""
    CLOSED = "closed"
    """The process that opened the session closed it."""
    CRASHED = "crashed"
    """An error in the program ended its worker."""
    HUNG = "hung"
    """Its worker did not answer, and was killed."""
    TOO_LONG = "too long"
    """It lasted as long as one may."""
    IDLE = "idle"
    """Nobody touched the first page."""
    DRAINED = "drained"
    """The server closed."""
    NO_WORKER = "no worker"
    """No worker could be started."""


class Refusal(StrEnum):
    """Reason why the session manager does not open a session: FULL (as many sessions run as may, or
    no file descriptor is free) or CLOSING. `fallback_messages.REFUSED_SESSION` has the sentences
    for the visitor.
    """

    FULL = "full"
    CLOSING = "closing"


class Refused(KioskError):
    """Raised where the session manager does not open a session; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class SessionRequest:
    """Request of a listener to a session manager: for a session at this terminal (or pair of
    pipes).

    The session duplicates the file descriptors; once it is opened, the caller may close its own.
    """

    source: int
    """The descriptor to read from."""
    sink: int
    """The descriptor to write to."""
    size: tuple[int, int]
    """Columns and rows."""
    term: str = ""
    """The terminal's name for its own kind (`TERM`)."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Options that each visit begins with, by `protocol.OPTION_KEYS`."""
    on_dwell: Callable[[float], object] = bool
    """Called with the seconds that a page must stand before an answer to it counts, when it is
    drawn; with 0 for another page."""


class Session:
    """One client's session at a terminal: it holds the terminal's descriptors and the worker that
    serves it now.

    The session manager makes a session; only it and `ForkServerClient` use the attributes. The
    listener that asked for the session calls `resized` and `close`.

    Args:
        request: the terminal, and what each visit begins with.
        on_end: called once with the reason, when the session has ended and its worker is dead.
        close: called by the method `close`, with this session and EndReason.CLOSED.
        now: the present time in seconds.

    Raises OSError if the descriptors cannot be duplicated.
    """

    def __init__(
        self,
        request: SessionRequest,
        on_end: Callable[[EndReason], None],
        close: Callable[[Session, EndReason], None],
        now: float,
    ) -> None:
        self.request = request
        self.on_end = on_end
        self._close = close
        self.descriptors = _duplicate(request.source, request.sink)
        self.since = now
        """The time when it began to wait for the worker that it has, or has requested."""
        self.lifeline: socket.socket | None = None
        """Our end of the lifeline, from when a worker was requested."""
        self.worker: WorkerHandle | None = None
        self.pid = 0
        """The process of its worker; 0 where there is none."""
        self.end_reason: EndReason | None = None
        """The reason why it ends; None while it goes on."""

    def resized(self) -> None:
        """Tell the session's worker, if it has one, that the terminal has another size."""
        if self.worker is not None:
            self.worker.send(protocol.RESIZED)

    def close(self) -> None:
        """End the session; the listener calls this when the client is gone. `on_end` is called when
        the worker is dead.
        """
        self._close(self, EndReason.CLOSED)

    def release_worker(self) -> None:
        """Close the lifeline and the pidfd of the session's worker, and forget it; the terminal
        stays open for the next worker.
        """
        if self.lifeline is not None:
            self.lifeline.close()
        if self.worker is not None:
            os.close(self.worker.pidfd)
        self.lifeline, self.worker, self.pid = None, None, 0

    def release(self) -> None:
        """Close all of the session's file descriptors: its worker's and its terminal's."""
        self.release_worker()
        protocol.close(self.descriptors)
        self.descriptors = []


def _duplicate(*descriptors: int) -> list[int]:
    copies: list[int] = []
    try:
        for descriptor in descriptors:
            copies.append(os.dup(descriptor))
    except OSError:
        protocol.close(copies)
        raise
    return copies
