"""How often a PIN may be tried: the wait doubles with each try, and halves with each quiet hour."""

from __future__ import annotations

FREE = 3
"""Tries that cost no wait."""
FIRST_WAIT = 15.0
LONGEST_WAIT = 900.0
FORGOTTEN = 3600.0
"""Seconds without a try after which one is forgotten."""
ANSWERED = 30.0
"""Seconds within which a try that was let is answered."""


class PinThrottle:
    """Counts tries; lives longer than a visit, so that starting over does not help."""

    def __init__(self) -> None:
        self._tries = 0
        self._last = -1e9

    def request_attempt(self, now: float) -> float:
        """Try at `now`: 0 where that is let and counted; else the seconds to wait."""
        self._tries = max(0, self._tries - int(max(0.0, now - self._last) // FORGOTTEN))
        late = self._last + self._wait() - now
        if late > 0:
            return late
        self._tries += 1
        self._last = now
        return 0.0

    def may_leave(self, now: float) -> bool:
        """Whether a try was let just now: without one nobody can have the PIN right."""
        return self._tries > 0 and now - self._last < ANSWERED

    def _wait(self) -> float:
        if self._tries < FREE:
            return 0.0
        return float(min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (self._tries - FREE)))
