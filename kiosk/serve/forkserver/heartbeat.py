"""A visit's side of its lifeline: its heart, the last sign of somebody, and its end.

The second of three means against a visit that nobody ends: a thread that looks at the clock itself.
The first is the tick of the app; the third is whoever holds the other end.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import socket
import threading
from collections.abc import Callable
from typing import NoReturn

from kiosk.serve import protocol

DEADLINE_GRACE = 2.0
"""Seconds after the core's own deadline that the thread waits before it ends the process."""
ACTIVITY_INTERVAL = 1.0
"""Seconds between two signs of somebody that are worth telling."""
HEARTBEAT_INTERVAL = 5.0
"""Seconds between two heartbeats."""
IDLE_BEATS_PER_TICK = 9
"""Heartbeats of an app at rest between two in which it looks at the time, and what is recalled."""
WATCHDOG_INTERVAL = 5.0
"""Seconds between looks of the thread, while a visit is in use."""
MIN_SECONDS_LEFT = 80.0
"""Seconds that a visit has at least after somebody stirred: the shortest that settings may set."""
WATCHDOG_EXIT_STATUS = 75
"""Exit status of a visit that its own thread ended."""


class Heartbeat:
    """Nothing, until there is a lifeline: a template has no pulse.

    Args:
        is_resting: whether the visit waits at Welcome with nothing to clear.
        ends_at: when it ends by itself if nobody stirs, on `clock`.
        clock: seconds, on the core's clock.
        rests_for: seconds between two heartbeats while nobody has stirred.
    """

    def __init__(
        self,
        is_resting: Callable[[], bool],
        ends_at: Callable[[], float],
        clock: Callable[[], float],
        rests_for: float = HEARTBEAT_INTERVAL,
    ) -> None:
        self._rests_for = rests_for
        self._is_resting = is_resting
        self._ends_at = ends_at
        self._clock = clock
        self._line: socket.socket | None = None
        self._told_at = float("-inf")
        self._beat_at = float("-inf")
        self._deadline = float("inf")
        self._is_untouched = False
        """Whether it rested at first or at its last full beat, and nobody has stirred since."""
        self._beats_at_rest = 0
        self._woken = threading.Event()
        self._answered: Callable[[int], None] | None = None

    def begin(
        self,
        line: socket.socket,
        loop: asyncio.AbstractEventLoop,
        resized: Callable[[], None],
    ) -> None:
        """Live as long as the other end of `line`."""
        self._line = line
        self._is_untouched = self._is_resting()
        loop.add_reader(line, self._receive, resized)
        threading.Thread(target=self._watch, daemon=True).start()

    def begin_without_loop(self, line: socket.socket) -> None:
        """The same, in a process whose one thread does not return to its loop."""
        self._line = line
        threading.Thread(target=self._wait_for_the_end, daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()

    def report_ready(self) -> None:
        """The first page is on its way to the terminal."""
        self._send(protocol.READY)

    def beat(self) -> None:
        """The app's loop is alive, and it takes its turns."""
        self._beat_at = self._clock()
        resting = self._is_untouched = self._is_resting()
        self._beats_at_rest = 0
        self._deadline = float("inf") if resting else self._ends_at()
        left = b"" if resting else str(max(0, int(self._deadline - self._clock()))).encode()
        self._send(protocol.HEARTBEAT_IDLE if resting else protocol.HEARTBEAT_ACTIVE + left)
        if not resting:
            self._woken.set()

    def beat_idle(self) -> float:
        """The same, of an app that rests, and whose turn it is not: it has nothing to hang in.

        The seconds until the next; 0, and nothing told, where somebody has stirred since, or a full
        beat is due again.
        """
        if not self._is_untouched or self._beats_at_rest >= IDLE_BEATS_PER_TICK:
            return 0.0
        if not self._is_resting():  # a beat came between a key and what it did
            return 0.0
        self._beats_at_rest += 1
        self._send(protocol.HEARTBEAT_IDLE)
        return self._rests_for

    def beat_if_due(self) -> None:
        """The same, from what is called often."""
        if self._clock() - self._beat_at >= HEARTBEAT_INTERVAL:
            self.beat()

    def seconds_left(self) -> float:
        """Seconds until the visit ends by itself if nobody stirs."""
        return float("inf") if self._is_resting() else self._ends_at() - self._clock()

    def record_activity(self) -> bool:
        """Somebody pressed or touched something; whether that ended a rest."""
        now, rested = self._clock(), self._is_untouched
        self._is_untouched = False
        self._deadline = now + MIN_SECONDS_LEFT  # until the next beat knows better
        if rested or now - self._told_at >= ACTIVITY_INTERVAL:
            self._told_at = now
            self._send(protocol.ACTIVITY)
        return rested

    def request_pin_attempt(self, answered: Callable[[int], None]) -> None:
        """Ask whether a PIN may be tried; `answered` hears 0, or the seconds to wait."""
        self._answered = answered
        self._send(protocol.PIN_REQUEST)

    def report_exit(self) -> NoReturn:
        """Staff leave, and the attendant ends; or a visitor does, and their stay ends."""
        self._send(protocol.EXIT)
        os._exit(0)

    def report_finished(self) -> NoReturn:
        """The visit has ended: nothing of it is left."""
        self._send(protocol.FINISHED)
        os._exit(0)

    def report_crash(self, where: str) -> NoReturn:
        """A mistake in the program ended it."""
        self._send(protocol.CRASHED + where.encode("utf-8", "replace")[:200])
        os._exit(70)

    def _receive(self, resized: Callable[[], None]) -> None:
        try:
            got = self._line.recv(protocol.MAX_MESSAGE) if self._line else b""
        except BlockingIOError:
            return
        except OSError:
            got = b""
        if not got:
            os._exit(0)
        if got == protocol.RESIZED:
            resized()
        elif got[:1] in (protocol.PIN_ALLOWED, protocol.PIN_WAIT) and self._answered is not None:
            answered, self._answered = self._answered, None
            answered(int(got[1:]) if got[1:].isdigit() else 0)

    def _send(self, message: bytes) -> None:
        if self._line is not None:
            with contextlib.suppress(BlockingIOError, BrokenPipeError, ConnectionError):
                self._line.send(message)

    def _wait_for_the_end(self) -> None:
        assert self._line is not None
        poll = select.poll()
        poll.register(self._line, select.POLLIN)
        while poll.poll():
            try:
                if not self._line.recv(protocol.MAX_MESSAGE):
                    break
            except BlockingIOError:
                continue
            except OSError:  # it has gone, and had not read all that it was told
                break
        os._exit(0)

    def _watch(self) -> None:
        while True:
            sleeps = self._deadline == float("inf")
            self._woken.wait(None if sleeps else WATCHDOG_INTERVAL)
            self._woken.clear()
            if self._clock() > self._deadline + DEADLINE_GRACE:
                os._exit(WATCHDOG_EXIT_STATUS)
