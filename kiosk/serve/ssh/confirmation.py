"""Drop the keys that a remote visitor pressed before a caution had reached their screen, where the
network stalled.

A worker counts an answer to a caution from when it drew the caution. Where the network stalls,
that is earlier than the visitor sees it: a key that was pressed at the page before would arrive
late, and count as an answer. So once a caution is drawn, the client's SSH program is sent a
request, which it answers after it has taken all output before it. Input that comes before that
answer, and more than a second after the drawing (the worker itself refuses what comes sooner), is
dropped. If the answer took longer than that second, input is dropped until the caution has stood
for the whole dwell time again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

STALL = 1.0
"""Seconds without an answer that are a stall; no caution stands for less."""
DRAWING = 0.1
"""Seconds from the message of the worker until its page is on the way."""


class StalledLine:
    """Decides for one client whether its input may reach the worker, or is to be dropped because it
    was sent before the caution in view can have been seen.

    Args:
        ask: sends a request to the client's SSH program, and calls the function it is given when
            the answer comes; by then the program has taken all earlier output.
        loop: the running event loop.
    """

    def __init__(
        self, ask: Callable[[Callable[[], None]], None], loop: asyncio.AbstractEventLoop
    ) -> None:
        self._ask = ask
        self._loop = loop
        self._drawn_at: float | None = None
        """The time when the caution was drawn that the client has not taken yet; None where it
        has."""
        self._stands_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def page_drawn(self, dwell: float) -> None:
        """Note that the worker has drawn a page: a caution that must stand for `dwell` seconds, or
        another page if `dwell` is 0.

        After a caution the client's SSH program is sent a request; its answer shows that the
        caution has arrived.
        """
        self.close()
        self._stands_until = 0.0
        if dwell > 0:
            self._drawn_at = self._loop.time()
            self._timer = self._loop.call_later(DRAWING, self._confirm, self._drawn_at, dwell)

    def may_pass(self) -> bool:
        """Return True if input that arrives now can have been sent by somebody who saw the page in
        view; False if it must be dropped.
        """
        now = self._loop.time()
        is_unseen = self._drawn_at is not None and now - self._drawn_at > STALL
        return not is_unseen and now >= self._stands_until

    def close(self) -> None:
        """Stop waiting for the answer of the client's SSH program about the last caution; called
        when another page is drawn and when the session ends.
        """
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
