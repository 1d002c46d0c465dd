"""How often a PIN may be tried: the wait doubles with each try, and is forgotten in time."""

from __future__ import annotations

FREE = 3
"""Tries that cost no wait."""
FIRST_WAIT = 15.0
LONGEST_WAIT = 900.0
FORGOTTEN = 3600.0
"""Seconds without a try after which it begins anew."""


class Patience:
    """Counts tries; lives longer than a visit, so that starting over does not help."""

    def __init__(self) -> None:
        self._tries = 0
        self._last = float("-inf")

    def ask(self, now: float) -> float:
        """Try at `now`: 0 where that is let and counted; else the seconds to wait."""
        if now - self._last > FORGOTTEN:
            self._tries = 0
        late = self._last + self._wait() - now
        if late > 0:
            return late
        self._tries += 1
        self._last = now
        return 0.0

    def _wait(self) -> float:
        if self._tries < FREE:
            return 0.0
        return float(min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (self._tries - FREE)))
