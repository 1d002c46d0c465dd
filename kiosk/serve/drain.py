"""The drain of a server: it opens no more sessions, waits until those that run have ended, and
keeps systemd informed meanwhile.

Its rules:

1.  systemd's watchdog gets signs of life all the time: it must not kill a server for waiting.
2.  After SIGTERM the server asks systemd for more time at every step (`EXTEND_TIMEOUT_USEC`), so
    the unit's `TimeoutStopSec` limits how long a server may be silent, not how long it drains.
3.  A drain lasts `graceful-timeout` seconds at most; `SHUTDOWN_TIMEOUT` where the machine shuts
    down; and a second SIGTERM ends it at once.
4.  A server that another one has replaced, and that no signal has told to stop, may be told by
    SIGUSR2 to serve again.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from pathlib import Path

from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.systemd import SystemdNotifier

INTERVAL = 1.0
"""Seconds between two messages to systemd."""
EXTENSION = 30.0
"""Seconds for which systemd is asked each time."""
SHUTDOWN_TIMEOUT = 20.0
"""Seconds that sessions have left where the machine shuts down."""
SHUTDOWN_FLAG = Path("/run/nologin")
"""A file that is there while the machine shuts down (systemd-user-sessions(8), shutdown(8))."""
SERVE_AGAIN = signal.SIGUSR2
"""The signal to a server that was replaced: it serves again, and replaces the other."""

logger = logging.getLogger(__name__)


class StopSignals:
    """Record of what signals have told the server's process: how often to stop (SIGTERM or SIGINT;
    a second one means at once), and whether to serve again (SIGUSR2). Signal handlers write it, the
    drain reads it.
    """

    def __init__(self) -> None:
        self.stops = 0
        """The number of times that it was asked to stop."""
        self.serve_again = False
        """True if it was asked to serve again."""


class Drain:
    """The drain of one server: `wait` waits until the sessions of `manager` have ended.

    Args:
        manager: the server's session manager; it opens no more sessions during the drain.
        notifier: sends systemd signs of life and a status line.
        signals: what signals have asked for; read once a second.
        clock: returns the time in seconds.
        is_shutting_down: returns whether the machine shuts down, which shortens the drain.
    """

    def __init__(
        self,
        manager: SessionManager,
        notifier: SystemdNotifier,
        signals: StopSignals,
        *,
        clock: Callable[[], float],
        is_shutting_down: Callable[[], bool] = SHUTDOWN_FLAG.exists,
    ) -> None:
        self._manager = manager
        self._notifier = notifier
        self._signals = signals
        self._clock = clock
        self._is_shutting_down = is_shutting_down

    async def wait(self) -> bool:
        """Drain until no session is left, the time is up or a second stop signal comes, and return
        True: the server may close. Return False if SIGUSR2 asks the server to serve again;
        `manager` then opens sessions again.
        """
        began, shutdown_at = self._clock(), float("inf")
        while True:
            now = self._clock()
            if self._signals.stops and shutdown_at > now and self._is_shutting_down():
                shutdown_at = now
                logger.info("the machine shuts down: sessions have %g seconds", SHUTDOWN_TIMEOUT)
            ends_at = min(
                began + self._manager.limits.graceful_timeout, shutdown_at + SHUTDOWN_TIMEOUT
            )
            self._tell_systemd(now - began, max(0.0, ends_at - now))
            if await self._manager.drain(max(0.0, min(INTERVAL, ends_at - now))):
                return True
            if self._clock() >= ends_at or self._signals.stops > 1:
                return True
            if self._signals.serve_again and not self._signals.stops:
                self._signals.serve_again = False
                self._manager.resume()
                return False

    def _tell_systemd(self, since: float, left: float) -> None:
        count = self._manager.stats.sessions
        sessions = "1 session" if count == 1 else f"{count} sessions"
        self._notifier.alive()
        if self._signals.stops:
            self._notifier.extend(EXTENSION)
        self._notifier.say(
            f"draining for {since:.0f} s: {sessions} left, {left:.0f} seconds at most; "
            "new ones are not opened here"
        )
