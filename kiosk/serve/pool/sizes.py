"""Which sizes of terminal are asked for often enough to be composed for beforehand."""

from __future__ import annotations

Size = tuple[int, int]

USUAL = (80, 24)
"""Always composed for."""
MOST = 3
"""Others that are, at most: each is a process of some 40 MB."""
OFTEN = 3.0
"""How often a size has been asked for lately when it is worth that."""
SELDOM = 0.5
"""And how seldom when it is not any more."""
HALF_LIFE = 600.0
"""Seconds after which a request counts half."""


class Sizes:
    """Counts requests; older ones count less."""

    def __init__(self) -> None:
        self._asked: dict[Size, tuple[float, float]] = {}

    def ask(self, size: Size, now: float) -> None:
        """Somebody has come with this size."""
        self._asked[size] = (self._lately(size, now) + 1, now)

    def worth(self, kept: list[Size], now: float) -> list[Size]:
        """The sizes to compose for beside `USUAL`, of which some are kept now."""
        lately = {size: self._lately(size, now) for size in self._asked if size != USUAL}
        self._asked = {s: one for s, one in self._asked.items() if self._lately(s, now) > 0.1}
        least = {size: SELDOM if size in kept else OFTEN for size in lately}
        found = [size for size, count in lately.items() if count >= least[size]]
        return sorted(found, key=lambda size: -lately[size])[:MOST]

    def _lately(self, size: Size, now: float) -> float:
        count, at = self._asked.get(size, (0.0, now))
        return count * float(0.5 ** ((now - at) / HALF_LIFE))
