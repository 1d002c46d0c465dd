"""Slow down guessing of the staff PIN: after a few free tries, the wait doubles with each try, and
halves with each hour without one.
"""

from __future__ import annotations

from kiosk.serve import protocol

FREE_TRIES = 3
"""Tries that cost no wait."""
FIRST_WAIT = 15.0
"""Seconds after the last free try."""
MAX_WAIT = 900.0
"""Seconds that staff wait at most, no matter who guessed before them; `leave.wait` says so."""
FORGET_AFTER = 3600.0
"""Seconds without a try after which one is forgotten."""
ANSWER_PERIOD = 30.0
"""Seconds within which a try that was allowed must be right."""


class PinThrottle:
    """Counts tries of the staff PIN, and says when the next is allowed. It belongs to the
    supervisor, not to a visit, so that starting over does not help a guesser.
    """

    def __init__(self) -> None:
        self._tries = 0
        self._last = -1e9

    def request_attempt(self, now: float) -> float:
        """Ask for a PIN try at the time `now`: return 0 if it is allowed (it is counted then), else
        the seconds to wait.
        """
        self._tries = max(0, self._tries - int(max(0.0, now - self._last) // FORGET_AFTER))
        wait = self._last + self._wait() - now
        if wait > 0:
            return wait
        self._tries += 1
        self._last = now
        return 0.0

    def answer(self, now: float) -> bytes:
        """Return the message for a worker that asks whether a PIN may be tried: PIN_ALLOWED, which
        counts a try, or PIN_WAIT with the seconds to wait.
        """
        wait = self.request_attempt(now)
        return protocol.PIN_WAIT + str(int(wait) + 1).encode() if wait else protocol.PIN_ALLOWED

    def may_leave(self, now: float) -> bool:
        """Return whether a worker's report that staff gave the right PIN can be true at `now`: a
        try was allowed in the last `ANSWER_PERIOD` seconds.
        """
        return self._tries > 0 and now - self._last < ANSWER_PERIOD

    def _wait(self) -> float:
        if self._tries < FREE_TRIES:
            return 0.0
        return float(min(MAX_WAIT, FIRST_WAIT * 2.0 ** (self._tries - FREE_TRIES)))
