"""Decide how long to wait before the next attempt to start a worker or fork server, when several
have failed in a row: longer each time, up to `MAX_RETRY_DELAY`.
"""

from __future__ import annotations

FAST_FAILURES = 5
"""Workers that crashed or showed no page, and fork servers that were not ready, in a row."""
MAX_RETRY_DELAY = 30.0
"""Seconds between two attempts, at most."""


class Backoff:
    """Counts the attempts that have failed in a row, and says when the next may be made."""

    def __init__(self) -> None:
        self.failures = 0
        self._not_before = 0.0

    @property
    def is_slow(self) -> bool:
        """True if so many attempts failed in a row (`FAST_FAILURES`) that people at the terminal
        must be told to ask staff.
        """
        return self.failures >= FAST_FAILURES

    def may_try(self, now: float) -> bool:
        """Return whether, at the time `now`, the wait before the next attempt is over."""
        return now >= self._not_before

    def failed(self, now: float) -> None:
        """Count an attempt that failed at the time `now`, in seconds. The wait after it is longer
        for each further failure in a row; after the first there is none.
        """
        self.failures += 1
        extra = max(0, self.failures - FAST_FAILURES)
        delay = min(MAX_RETRY_DELAY, 0.5 * 2.0**extra) if extra else 0.1 * (self.failures - 1)
        self._not_before = now + delay

    def succeeded(self) -> None:
        """Forget all failures and the wait, because an attempt has succeeded."""
        self.failures, self._not_before = 0, 0.0
