"""A visit, as its attendant sees it: a process that has the terminal, and a lifeline to it.

Standard library only: the attendant imports this.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket

from kiosk.serve import protocol

ACTIVE_HEARTBEAT_TIMEOUT = 15.0
"""Seconds without a heartbeat after which it counts as hung; it beats every five."""
IDLE_HEARTBEAT_INTERVAL = 25.0
"""Seconds between the heartbeats of a visit at rest in a house of many; elsewhere they are five."""
IDLE_HEARTBEAT_TIMEOUT = 75.0
"""Seconds without one after which such a visit counts as hung: it holds nobody's words."""
READY_TIMEOUT = 10.0
"""Seconds within which its first page must be on its way."""
MAX_REPORT = 7200.0
"""Seconds that a visit may say it has left: more than any settings give."""
EXIT_GRACE = 240.0
"""Seconds after which a Welcome that somebody touched is made anew."""
STARTUP_PERIOD = 2.0
GRACE = 10.0
"""Seconds after its own deadline that it may still live."""


class WorkerHandle:
    """The visit behind a process descriptor, opened at `now`.

    Without a heartbeat for `heart_at_rest` while it rests, and for `ACTIVE_HEARTBEAT_TIMEOUT` while
    it does not, it counts as hung.
    """

    def __init__(
        self,
        line: socket.socket,
        pidfd: int,
        now: float,
        heart_at_rest: float = ACTIVE_HEARTBEAT_TIMEOUT,
    ) -> None:
        self._heart_at_rest = heart_at_rest
        self.line = line
        self.pidfd = pidfd
        self.painted = False
        self.resting = True
        """Whether nobody has done anything in it yet."""
        self.over = False
        """Whether its reader, or the clock, has ended it."""
        self.crashed = False
        self.stirred = False
        """Whether anybody has pressed or touched anything in it."""
        self._stirred_at = now
        self._opened_at = now
        self._heard_at = now
        self._ends_at = float("inf")

    def receive(self, now: float) -> tuple[bytes, bytes]:
        """What it says, and what follows; nothing where it is gone or says nothing now."""
        try:
            said = self.line.recv(protocol.MAX_MESSAGE)
        except BlockingIOError:
            return b"?", b""
        except OSError:
            said = b""
        kind, more = said[:1], said[1:]
        if kind:
            self._heard_at = now
        if kind == protocol.READY:
            self.painted = True
        elif kind in (protocol.HEARTBEAT_IDLE, protocol.HEARTBEAT_ACTIVE):
            self.resting = kind == protocol.HEARTBEAT_IDLE
            left = min(MAX_REPORT, float(more)) if more.isdigit() else float("inf")
            self._ends_at = now + left + GRACE
        elif kind == protocol.ACTIVITY:
            self.stirred, self._stirred_at, self.resting = True, now, False
        elif kind == protocol.FINISHED:
            self.over = True
        elif kind == protocol.CRASHED:
            self.crashed = True
        return kind, more

    def send(self, message: bytes) -> None:
        """Tell it something, if it listens."""
        with contextlib.suppress(OSError):
            self.line.send(message)

    def has_exited_by_request(self, now: float) -> bool:
        """Whether somebody touched Welcome, perhaps changed its colours, and went."""
        return self.resting and self.stirred and now - self._stirred_at > EXIT_GRACE

    def untouched(self, now: float) -> float:
        """Seconds since anybody pressed or touched anything."""
        return now - self._stirred_at

    def crashed_on_start(self, now: float) -> bool:
        """Whether it painted and was dead at once, though nobody had touched it."""
        return self.painted and not self.stirred and now - self._opened_at < STARTUP_PERIOD

    def is_healthy(self, now: float) -> bool:
        """Whether its heart beats."""
        return self.painted and now - self._heard_at < ACTIVE_HEARTBEAT_TIMEOUT

    def health_problem(self, now: float) -> str:
        """Why it must be ended; empty where it need not be."""
        if now - self._heard_at > (
            self._heart_at_rest if self.resting else ACTIVE_HEARTBEAT_TIMEOUT
        ):
            return "a visit hung"
        if not self.painted and now - self._opened_at > READY_TIMEOUT:
            return "a visit painted nothing"
        if now > self._ends_at:
            return "a visit outlived its time"
        return ""

    def kill(self) -> None:
        """Kill it; it is dead when its process descriptor can be read."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def end(self) -> None:
        """Kill it, and wait until it is dead: it writes nothing any more."""
        self.kill()
        poll = select.poll()
        poll.register(self.pidfd, select.POLLIN)
        poll.poll(1000)
        self.close()

    def close(self) -> None:
        """Let go of it; whether or not it lives, it sees the end of its lifeline."""
        self.line.close()
        os.close(self.pidfd)
