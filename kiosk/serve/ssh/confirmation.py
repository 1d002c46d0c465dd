"""Drop what a client sends at a caution that it has not been shown, because its line stalled.

A worker counts an answer to a caution from when the caution was drawn. Where a line stalls, that is
not when it was seen: an impatient key that was pressed meanwhile would arrive late, and count. So
after a caution the client is sent a request that it answers when it has taken all before it. What
comes first, and more than a second after the caution was drawn (the worker itself refuses what
comes sooner), was pressed at another page. After a stall the caution stands its time anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

STALL = 1.0
"""Seconds without an answer that are a stall; no caution stands for less."""
DRAWING = 0.1
"""Seconds from the message of the worker until its page is on the way."""


class StalledLine:
    """Filter of a client's input that drops what was sent before it could have seen a caution.

    Args:
        ask: asks the client to answer, and calls what it is given when it has.
        loop: the running one.
    """

    def __init__(
        self, ask: Callable[[Callable[[], None]], None], loop: asyncio.AbstractEventLoop
    ) -> None:
        self._ask = ask
        self._loop = loop
        self._drawn_at: float | None = None
        """When the caution was drawn that the client has not taken yet; None where it has."""
        self._stands_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def page_drawn(self, dwell: float) -> None:
        """Note that a page was drawn that must stand for `dwell` seconds; 0 for any other page."""
        self.close()
        self._stands_until = 0.0
        if dwell > 0:
            self._drawn_at = self._loop.time()
            self._timer = self._loop.call_later(DRAWING, self._confirm, self._drawn_at, dwell)

    def may_pass(self) -> bool:
        """Whether what comes now was sent by somebody who could have seen the page in view."""
        now = self._loop.time()
        is_unseen = self._drawn_at is not None and now - self._drawn_at > STALL
        return not is_unseen and now >= self._stands_until

    def close(self) -> None:
        """Forget the page that was drawn, and ask the client nothing about it."""
        self._drawn_at = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _confirm(self, drawn_at: float, dwell: float) -> None:
        def taken() -> None:
            if self._drawn_at != drawn_at:  # another page came
                return
            self._drawn_at = None
            if self._loop.time() - drawn_at > STALL:
                self._stands_until = self._loop.time() + dwell

        self._ask(taken)
