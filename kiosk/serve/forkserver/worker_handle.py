"""Handle of a worker process, for the process that asked for it: whether it lives and is well, what
it sends on its lifeline, killing it.

The console supervisor imports this module, so it imports little of the standard library.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket

from kiosk.serve import protocol
from kiosk.token_bucket import TokenBucket
from kiosk.usage.tally import VisitTally

ACTIVE_HEARTBEAT_TIMEOUT = 15.0
"""Seconds without a heartbeat after which a worker counts as hung; it sends one every five."""
IDLE_HEARTBEAT_INTERVAL = 25.0
"""Seconds between the heartbeats of an idle worker of a server; at a console they are five."""
IDLE_HEARTBEAT_TIMEOUT = 75.0
"""Seconds without one after which such a worker counts as hung: it holds nobody's words."""
READY_TIMEOUT = 10.0
"""Seconds within which its first page must be on its way."""
MAX_REPORT = 7200.0
"""Seconds that a worker may say its visit has left: more than any settings give."""
TOUCHED_WELCOME = 240.0
"""Seconds after which a Welcome page that somebody touched and left is replaced by a fresh one."""
STARTUP_PERIOD = 2.0
"""Seconds after its start in which a crash counts as one of the start."""
GRACE = 10.0
"""Seconds after the deadline of its visit that a worker may still live."""
MESSAGES_PER_MINUTE = 6000
MESSAGES_AT_ONCE = 1000
"""Messages of a worker; one in use sends few a second. An attacker who has taken one over would
keep a processor of the server busy with more."""
MOST_FAULTS = 3
"""Faults of a worker that are reported, whatever it sends."""
LONGEST_REPORT = 100
"""Characters of a report that are kept."""


def dwell_of(message: bytes) -> float:
    """Return the seconds for which a caution just drawn must stand, at most 60, from the text of a
    worker's report of a page; 0 for a page that is no caution, or a text that is no number.

    `message` is what follows the first byte, which says what kind of message it is.
    """
    text = message[:8].decode("ascii", "replace")
    return min(60.0, float(text)) if text.replace(".", "", 1).isdecimal() else 0.0


def crash_report(message: bytes) -> str:
    """Return the type and line of code of an error, such as `KeyError body.py:34`, from what
    another process said of it; `an error without a name` for any other text.

    A visitor who has taken that process over could send anything, so nothing else is passed on.
    """
    text = message[:LONGEST_REPORT].decode("ascii", "replace")
    kind, _, line = text.partition(" ")
    file, _, number = line.partition(":")
    is_kind = kind.isidentifier()
    is_line = file.replace(".", "_").replace("-", "_").isidentifier() and number.isdecimal()
    return text if is_kind and (is_line or not line) else "an error without a name"


class WorkerHandle:
    """Stands for one worker: receives what it sends on its lifeline, keeps what that says of its
    state, judges whether it hangs, and kills it.

    Args:
        lifeline: this process's end of the worker's lifeline; it does not block.
        pidfd: the worker's process descriptor.
        now: the present time in seconds, as the methods are given it.
        idle_timeout: seconds without a heartbeat after which the worker counts as hung while its
            visit is untouched; `ACTIVE_HEARTBEAT_TIMEOUT` is used while it is in use.
    """

    def __init__(
        self,
        lifeline: socket.socket,
        pidfd: int,
        now: float,
        idle_timeout: float = ACTIVE_HEARTBEAT_TIMEOUT,
    ) -> None:
        self._idle_timeout = idle_timeout
        self.lifeline = lifeline
        self.pidfd = pidfd
        self.is_ready = False
        """True if its first page is on its way."""
        self.is_idle = True
        """True if its visit is untouched."""
        self.is_finished = False
        """True if its visit has ended by its reader or its clock."""
        self.has_crashed = False
        self.report = ""
        """A line for the log about the last message; empty where there is nothing to log."""
        self._faults = 0
        self.was_active = False
        """True if anybody has pressed or touched anything in it."""
        self.tally = VisitTally()
        """The site's counts of its visit."""
        self._active_at = now
        self._started_at = now
        self._heartbeat_at = now
        self._ends_at = float("inf")
        self._messages = TokenBucket(MESSAGES_PER_MINUTE, now, MESSAGES_AT_ONCE)
        self._floods = False
        """True if it has sent more than that."""
        self._descriptors: list[int] = []
        """File descriptors that came with the last message, and nobody has taken."""

    def receive(self, now: float) -> tuple[bytes, bytes]:
        """Receive a message from the worker, note what it says, and return its first byte (the kind
        of message) and the rest.

        The first is empty if the worker is gone, and `?` if no message is waiting.
        """
        try:
            message, descriptors, _, _ = socket.recv_fds(
                self.lifeline, protocol.MAX_MESSAGE, 1, socket.MSG_CMSG_CLOEXEC
            )
        except BlockingIOError:
            return b"?", b""
        except OSError:
            message, descriptors = b"", []
        protocol.close(self._descriptors)
        self._descriptors = descriptors
        kind, rest = message[:1], message[1:]
        self.report = ""
        if kind:
            self._heartbeat_at = now
            self._floods = self._floods or not self._messages.try_take(now)
        if kind == protocol.READY:
            self.is_ready = True
        elif kind in (protocol.HEARTBEAT_IDLE, protocol.HEARTBEAT_ACTIVE):
            self.is_idle = kind == protocol.HEARTBEAT_IDLE
            left = min(MAX_REPORT, float(rest)) if rest.isdigit() else float("inf")
            self._ends_at = now + left + GRACE
        elif kind == protocol.ACTIVITY:
            self.was_active, self._active_at, self.is_idle = True, now, False
        elif kind == protocol.COUNT:
            self.tally.add(rest)
        elif kind == protocol.FINISHED:
            self.is_finished = True
        elif kind == protocol.CRASHED:
            if not self.has_crashed:
                self.report = f"a worker crashed: {crash_report(rest)}"
            self.has_crashed = True
        elif kind == protocol.FAULT:
            self._faults += 1
            if self._faults <= MOST_FAULTS:
                self.report = f"a worker cannot read the library: {crash_report(rest)}"
        return kind, rest

    def take_descriptor(self) -> int | None:
        """Return the file descriptor that came with the worker's last message (a sheet to print),
        for the caller to close; None if none came, or it was taken.
        """
        return self._descriptors.pop() if self._descriptors else None

    def send(self, message: bytes) -> None:
        """Send the worker a message; it is dropped if the worker is gone or does not read."""
        with contextlib.suppress(OSError):
            self.lifeline.send(message)

    def has_left_welcome(self, now: float) -> bool:
        """Return whether the worker's Welcome page was touched, perhaps its colors changed, and
        then left alone for four minutes. The supervisor then replaces it by a fresh one.
        """
        return self.is_idle and self.was_active and now - self._active_at > TOUCHED_WELCOME

    def idle_seconds(self, now: float) -> float:
        """Return the seconds since anybody pressed or touched anything at the worker; since its
        start if nobody has.
        """
        return now - self._active_at

    def crashed_on_start(self, now: float) -> bool:
        """Return whether a worker that has just died did so within two seconds of its start, with
        its first page on the way and nobody having touched it.
        """
        return self.is_ready and not self.was_active and now - self._started_at < STARTUP_PERIOD

    def is_healthy(self, now: float) -> bool:
        """Return whether the worker's first page is on its way and its last message came less than
        15 seconds ago.
        """
        return self.is_ready and now - self._heartbeat_at < ACTIVE_HEARTBEAT_TIMEOUT

    def health_problem(self, now: float) -> str:
        """Return why the worker must be killed now, such as "a worker hung"; empty if it need not
        be.
        """
        timeout = self._idle_timeout if self.is_idle else ACTIVE_HEARTBEAT_TIMEOUT
        if now - self._heartbeat_at > timeout:
            return "a worker hung"
        if self._floods:
            return "a worker sent too much"
        if not self.is_ready and now - self._started_at > READY_TIMEOUT:
            return "a worker showed no page"
        if now > self._ends_at:
            return "a worker outlived its visit"
        return ""

    def kill(self) -> None:
        """Kill the worker, without waiting: it is dead once its pidfd is ready to be read."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def kill_and_wait(self) -> None:
        """Kill the worker, wait up to a second until it is dead and writes nothing any more, and
        close its descriptors.
        """
        self.kill()
        poll = select.poll()
        poll.register(self.pidfd, select.POLLIN)
        poll.poll(1000)
        self.close()

    def close(self) -> None:
        """Close this process's descriptors of the worker. A worker that still lives sees its
        lifeline end, and ends.
        """
        self.lifeline.close()
        protocol.close(self._descriptors)
        os.close(self.pidfd)
