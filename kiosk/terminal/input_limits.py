"""More input than a person makes: too many tokens, or the same one for too long."""

from __future__ import annotations

from kiosk.terminal.input import Token


class TokenBucket:
    """How many tokens a person can make: `burst` at once, then `rate` a second.

    Time is given, in seconds on any clock that does not run backwards.
    """

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float = 60.0, burst: float = 40.0) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._at: float | None = None

    def take(self, at: float) -> bool:
        """Whether one more is allowed at `at`."""
        if self._at is not None:
            self._left = min(self._burst, self._left + max(0.0, at - self._at) * self._rate)
        self._at = at
        if self._left < 1:
            return False
        self._left -= 1
        return True


class StuckKeyFilter:
    """Whether a key is held by nobody: a bag on the keyboard, a panel with a ghost touch.

    The same token again and again, without a pause, for longer than a person holds anything.
    """

    __slots__ = ("_last", "_last_at", "_since")

    PAUSE = 0.7
    """Seconds that end a repetition: longer than keyboards wait before they repeat."""
    LONGEST = 30.0
    """Seconds that a person may hold a key."""

    def __init__(self) -> None:
        self._last: Token | None = None
        self._since = 0.0
        self._last_at = float("-inf")

    def is_stuck(self, token: Token, at: float) -> bool:
        """Whether this token at `at` is such a one."""
        if token != self._last or at - self._last_at > self.PAUSE:
            self._since = at
        self._last, self._last_at = token, at
        return at - self._since > self.LONGEST
