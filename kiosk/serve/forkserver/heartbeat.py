"""The worker's end of its lifeline: it sends heartbeats and reports, receives answers, and ends the
worker.

Three things end a visit that its reader has left: the app's tick, a watchdog thread here that
looks at the clock by itself, and the parent process at the other end of the lifeline.
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
from kiosk.sheet_process import sheet_pipe
from kiosk.usage.counts import Count, encode

DEADLINE_GRACE = 2.0
"""Seconds after the visit's own deadline before the watchdog thread ends the worker."""
ACTIVITY_INTERVAL = 1.0
"""Seconds between two reports of activity, at least."""
HEARTBEAT_INTERVAL = 5.0
"""Seconds between two heartbeats."""
IDLE_BEATS_PER_TICK = 9
"""Idle heartbeats between two ticks of the app, in which it looks at the time and at recalls."""
WATCHDOG_INTERVAL = 5.0
"""Seconds between two looks of the watchdog thread, while a visit is in use."""
MIN_SECONDS_LEFT = 80.0
"""Seconds that a visit has left at least after any activity: the fewest that settings allow."""
WATCHDOG_EXIT_STATUS = 75
"""Exit status of a worker that its watchdog thread ended."""
CRASH_EXIT_STATUS = 70
"""Exit status of a worker that an error in the program ended."""


class Heartbeat:
    """Sends a worker's heartbeats and reports to its parent over the lifeline. Until `begin` or
    `begin_without_loop` is called there is no lifeline, and nothing is sent.

    Args:
        is_idle: returns whether the visit is at Welcome, with nothing that must be wiped.
        ends_at: returns when the visit ends if nobody does anything, on `clock`.
        clock: returns seconds, on the visit's clock.
        idle_interval: seconds between two heartbeats while the visit is untouched.
    """

    def __init__(
        self,
        is_idle: Callable[[], bool],
        ends_at: Callable[[], float],
        clock: Callable[[], float],
        idle_interval: float = HEARTBEAT_INTERVAL,
    ) -> None:
        self._idle_interval = idle_interval
        self._is_idle = is_idle
        self._ends_at = ends_at
        self._clock = clock
        self._lifeline: socket.socket | None = None
        self._reported_at = float("-inf")
        self._beat_at = float("-inf")
        self._deadline = float("inf")
        self._is_untouched = False
        """True if the visit was idle at the last full heartbeat, with no activity since."""
        self._idle_beats = 0
        self._wake_watchdog = threading.Event()
        self._on_pin_answer: Callable[[int], None] | None = None
        self._on_sheets: dict[bytes, Callable[[str], None]] = {}
        self._unsent: list[bytes] = []
        """Reports of faults from before there was a lifeline."""

    def begin(
        self,
        lifeline: socket.socket,
        loop: asyncio.AbstractEventLoop,
        on_resize: Callable[[], None],
    ) -> None:
        """Use this lifeline from now on, in an event loop. The worker ends when its parent closes
        the other end, or when the visit is past its time.

        `on_resize` is called when the parent reports a new size of the terminal.
        """
        self._use(lifeline)
        self._is_untouched = self._is_idle()
        loop.add_reader(lifeline, self._receive, on_resize)
        threading.Thread(target=self._watch, daemon=True).start()

    def begin_without_loop(self, lifeline: socket.socket) -> None:
        """Use this lifeline from now on, in a worker without a running event loop. The worker ends
        when its parent closes the other end, or when the visit is past its time.
        """
        self._use(lifeline)
        threading.Thread(target=self._end_with_lifeline, daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()

    def report_ready(self) -> None:
        """Tell the parent that the worker's first page is on its way to the terminal."""
        self._send(protocol.READY)

    def beat(self) -> None:
        """Send a full heartbeat: that the worker lives, and whether its visit is untouched or else
        how many seconds it has left. Called at each tick of the app.
        """
        self._beat_at = self._clock()
        is_idle = self._is_untouched = self._is_idle()
        self._idle_beats = 0
        self._deadline = float("inf") if is_idle else self._ends_at()
        left = b"" if is_idle else str(max(0, int(self._deadline - self._clock()))).encode()
        self._send(protocol.HEARTBEAT_IDLE if is_idle else protocol.HEARTBEAT_ACTIVE + left)
        if not is_idle:
            self._wake_watchdog.set()

    def beat_idle(self) -> float:
        """Send a short heartbeat for an untouched visit, from the event loop and without a tick of
        the app.

        Returns the seconds until the next one; or 0, having sent nothing, if the visit is in use
        or a full heartbeat is due.
        """
        if not self._is_untouched or self._idle_beats >= IDLE_BEATS_PER_TICK:
            return 0.0
        if not self._is_idle():  # called between a key and what it did
            return 0.0
        self._idle_beats += 1
        self._send(protocol.HEARTBEAT_IDLE)
        return self._idle_interval

    def beat_if_due(self) -> None:
        """Send a full heartbeat if the last one was at least five seconds ago; else do nothing."""
        if self._clock() - self._beat_at >= HEARTBEAT_INTERVAL:
            self.beat()

    def seconds_left(self) -> float:
        """Return the seconds until the visit ends if nobody does anything: infinity while it is at
        Welcome, with nothing that must be wiped.
        """
        return float("inf") if self._is_idle() else self._ends_at() - self._clock()

    def record_activity(self) -> bool:
        """Report, at most once a second, that somebody pressed or touched something. Return True if
        the visit was untouched until now.
        """
        now, was_untouched = self._clock(), self._is_untouched
        self._is_untouched = False
        self._deadline = now + MIN_SECONDS_LEFT  # until the next heartbeat knows better
        if was_untouched or now - self._reported_at >= ACTIVITY_INTERVAL:
            self._reported_at = now
            self._send(protocol.ACTIVITY)
        return was_untouched

    def request_pin_attempt(self, on_answer: Callable[[int], None]) -> None:
        """Ask the parent whether a PIN may be tried now; `on_answer` is called later with the
        seconds to wait, 0 if it may be tried at once.
        """
        self._on_pin_answer = on_answer
        self._send(protocol.PIN_REQUEST)

    def report_count(self, count: Count) -> None:
        """Send the parent one count for the site's figures of use, such as a topic begun."""
        self._send(protocol.COUNT + encode(count))

    def hand_over_sheet(self, number: int, data: bytes, on_done: Callable[[str], None]) -> bool:
        """Send the parent a sheet's bytes to print; return whether they were sent. Later `on_done`
        is called with the result, one word.

        `number` is the sheet's number in the visit; its last digit comes back with the result.
        """
        digit = b"%d" % (number % 10)
        try:
            if self._lifeline is None:
                return False
            sheet = sheet_pipe(data)
        except OSError:
            return False
        try:
            socket.send_fds(self._lifeline, [protocol.SHEET + digit], [sheet])
        except OSError:
            return False
        finally:
            os.close(sheet)
        self._on_sheets[digit] = on_done
        return True

    def report_dwell(self, seconds: float) -> None:
        """Tell the parent that another page was drawn, and for how many seconds it must stand
        before an answer counts; 0 if it is not a caution.
        """
        self._send(protocol.DWELL + b"%g" % seconds)

    def report_fault(self, where: str) -> None:
        """Tell the parent that the library could not be read, and that the visit goes on. `where`
        is the error's type and line of code.
        """
        message = protocol.FAULT + where.encode("utf-8", "replace")[:200]
        if self._lifeline is None:
            self._unsent.append(message)
        self._send(message)

    def report_exit(self) -> NoReturn:
        """Tell the parent that staff left the kiosk or the visitor left the session, and end the
        worker's process with status 0.
        """
        self._send(protocol.EXIT)
        os._exit(0)

    def report_finished(self) -> NoReturn:
        """Tell the parent that the visit has ended, and end the worker's process with status 0."""
        self._send(protocol.FINISHED)
        os._exit(0)

    def report_crash(self, where: str) -> NoReturn:
        """Tell the parent that an error in the program ends the worker, and end its process with
        status 70. `where` is the error's type and line of code.
        """
        self._send(protocol.CRASHED + where.encode("utf-8", "replace")[:200])
        os._exit(CRASH_EXIT_STATUS)

    def _use(self, lifeline: socket.socket) -> None:
        self._lifeline = lifeline
        for message in self._unsent:
            self._send(message)
        self._unsent.clear()

    def _receive(self, on_resize: Callable[[], None]) -> None:
        try:
            message = self._lifeline.recv(protocol.MAX_MESSAGE) if self._lifeline else b""
        except BlockingIOError:
            return
        except OSError:
            message = b""
        if not message:
            os._exit(0)
        kind, rest = message[:1], message[1:]
        if message == protocol.RESIZED:
            on_resize()
        elif kind in (protocol.PIN_ALLOWED, protocol.PIN_WAIT) and self._on_pin_answer is not None:
            on_answer, self._on_pin_answer = self._on_pin_answer, None
            on_answer(int(rest) if rest.isdigit() else 0)
        elif kind == protocol.SHEET_DONE and rest[:1] in self._on_sheets:
            self._on_sheets.pop(rest[:1])(rest[1:41].decode("ascii", "replace"))

    def _send(self, message: bytes) -> None:
        if self._lifeline is not None:
            with contextlib.suppress(BlockingIOError, BrokenPipeError, ConnectionError):
                self._lifeline.send(message)

    def _end_with_lifeline(self) -> None:
        assert self._lifeline is not None
        poll = select.poll()
        poll.register(self._lifeline, select.POLLIN)
        while poll.poll():
            try:
                if not self._lifeline.recv(protocol.MAX_MESSAGE):
                    break
            except BlockingIOError:
                continue
            except OSError:  # the other end is gone, with messages of ours unread
                break
        os._exit(0)

    def _watch(self) -> None:
        while True:
            has_deadline = self._deadline != float("inf")
            self._wake_watchdog.wait(WATCHDOG_INTERVAL if has_deadline else None)
            self._wake_watchdog.clear()
            if self._clock() > self._deadline + DEADLINE_GRACE:
                os._exit(WATCHDOG_EXIT_STATUS)
