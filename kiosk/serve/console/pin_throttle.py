"""Slow down guesses of the staff PIN: the wait doubles with each
try, and halves with each quiet hour.
"""

from __future__ import annotations

from kiosk.serve import protocol

FREE_TRIES = 3
"""Tries that cost no wait."""
FIRST_WAIT = 15.0
"""Seconds after the last free try."""
MAX_WAIT = 900.0
"""Seconds that staff wait at most, whoever guessed before them; `leave.wait` says so."""
FORGET_AFTER = 3600.0
"""Seconds without a try after which one is forgotten."""
ANSWER_PERIOD = 30.0
"""Seconds within which a try that was allowed must be right."""


class PinThrottle:
    """Counts tries of the staff PIN and says when the next is allowed. It lives longer than a
    visit, so that starting over does not help a guesser.
    """

    def __init__(self) -> None:
        self._tries = 0
        self._last = -1e9

    def request_attempt(self, now: float) -> float:
        """Allow and count a PIN try at `now` and return 0; or return the seconds to wait."""
        self._tries = max(0, self._tries - int(max(0.0, now - self._last) // FORGET_AFTER))
        wait = self._last + self._wait() - now
        if wait > 0:
            return wait
        self._tries += 1
        self._last = now
        return 0.0

    def answer(self, now: float) -> bytes:
        """Return the message for a worker that asks whether a PIN may be tried."""
        wait = self.request_attempt(now)
        return protocol.PIN_WAIT + str(int(wait) + 1).encode() if wait else protocol.PIN_ALLOWED

    def may_leave(self, now: float) -> bool:
        """Whether a try was allowed just now: without one nobody can have the PIN right."""
        return self._tries > 0 and now - self._last < ANSWER_PERIOD

    def _wait(self) -> float:
        if self._tries < FREE_TRIES:
            return 0.0
        return float(min(MAX_WAIT, FIRST_WAIT * 2.0 ** (self._tries - FREE_TRIES)))
