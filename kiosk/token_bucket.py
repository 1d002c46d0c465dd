"""A token bucket: a limit on how often something happens, per minute and at once."""

from __future__ import annotations

_MINUTE = 60.0


class TokenBucket:
    """Token bucket: holds at most `burst` tokens and is refilled at `rate` tokens a minute,
    steadily.

    Whatever is limited takes a token each time. `burst` is `rate` where it is 0 or not given. With
    a rate of 0 there is no limit for `has` and `try_take`; `take_all` needs a rate. Times are in
    seconds.
    """

    def __init__(self, rate: int, now: float, burst: int = 0) -> None:
        self._rate = float(rate)
        self._burst = float(burst or rate)
        self._left = self._burst
        self._at = now

    def has(self, now: float) -> bool:
        """Return whether there is at least one token at the time `now`; takes none."""
        return not self._rate or self.left(now) >= 1

    def try_take(self, now: float) -> bool:
        """Take a token if there is one; return whether there was."""
        if not self.has(now):
            return False
        self.take()
        return True

    def left(self, now: float) -> float:
        """Return how many tokens the bucket holds at `now`; negative where it is in debt."""
        self._left = min(self._burst, self._left + max(0.0, now - self._at) * self._rate / _MINUTE)
        self._at = now
        return self._left

    def take(self) -> None:
        """Take one token even if none is left: the bucket goes into debt, so that `left` is
        negative.
        """
        self._left -= 1

    def take_all(self, count: int, now: float) -> float:
        """Take `count` tokens at the time `now`, even if fewer are left; return the seconds to
        wait.

        That is the time until the bucket is refilled to 0; 0.0 where there were enough tokens.
        """
        self._left = self.left(now) - count
        return max(0.0, -self._left * _MINUTE / self._rate)
