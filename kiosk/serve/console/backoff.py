"""Decide how long to wait before the next attempt after several
have failed in a row: longer each time.
"""

from __future__ import annotations

FAST_FAILURES = 5
"""Workers that crashed or showed no page, and fork servers that were not ready, in a row."""
MAX_RETRY_DELAY = 30.0
"""Seconds between two attempts, at most."""


class Backoff:
    """Counts attempts that failed in a row, and says how long to wait before the next."""

    def __init__(self) -> None:
        self.failures = 0
        self._not_before = 0.0

    @property
    def is_slow(self) -> bool:
        """Whether so many attempts failed that staff must be told."""
        return self.failures >= FAST_FAILURES

    def may_try(self, now: float) -> bool:
        """Return whether the wait before the next attempt is over."""
        return now >= self._not_before

    def failed(self, now: float) -> None:
        """Count a failed attempt at the time `now`, in seconds."""
        self.failures += 1
        extra = max(0, self.failures - FAST_FAILURES)
        delay = min(MAX_RETRY_DELAY, 0.5 * 2.0**extra) if extra else 0.1 * (self.failures - 1)
        self._not_before = now + delay

    def succeeded(self) -> None:
        """Note that an attempt worked: forget failures and the wait."""
        self.failures, self._not_before = 0, 0.0
