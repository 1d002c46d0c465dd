"""A token bucket, which limits how often something happens: so many a minute, so many at once."""

from __future__ import annotations

_MINUTE = 60.0


class TokenBucket:
    """Allows `rate` of something a minute, refilled steadily; up to `burst` may come together.

    A rate of 0 stands for no limit; the burst is a minute's where it is not given.
    """

    def __init__(self, rate: int, now: float, burst: int = 0) -> None:
        self._rate = float(rate)
        self._burst = float(burst or rate)
        self._left = self._burst
        self._at = now

    def has(self, now: float) -> bool:
        """Whether there is a token to take."""
        return not self._rate or self.left(now) >= 1

    def try_take(self, now: float) -> bool:
        """Take a token if there is one; return whether there was."""
        if not self.has(now):
            return False
        self.take()
        return True

    def left(self, now: float) -> float:
        """Return the tokens that are left; negative where more were taken."""
        self._left = min(self._burst, self._left + max(0.0, now - self._at) * self._rate / _MINUTE)
        self._at = now
        return self._left

    def take(self) -> None:
        """Take one token, even if none is left."""
        self._left -= 1

    def take_all(self, count: int, now: float) -> float:
        """Take `count` tokens at the time `now`, even if fewer are left.

        Return the seconds until as many have been refilled as were missing; 0 if none was.
        """
        self._left = self.left(now) - count
        return max(0.0, -self._left * _MINUTE / self._rate)
