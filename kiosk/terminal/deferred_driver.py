"""Textual driver for a worker that has no terminal yet: it lays the app out and keeps the first
page drawn, to paint a terminal with it at once.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App
from textual.geometry import Size

from kiosk.terminal.driver import TerminalDriver, WriterThread
from kiosk.terminal.size import terminal_size

A_LOOK = 0.002
"""Seconds between looks whether the screen is laid out for a new size."""
LAID_OUT_LOOKS = 500
"""Looks after which it is painted as it is."""
MOST_KEPT = 65_536
"""Characters of what was painted before there was a terminal; beyond, it is painted again."""


class DeferredDriver(TerminalDriver):
    """Driver that gets its terminal later, by `take`; until then the app is laid out without one.

    The last whole page that the app draws before that is kept, as the text to write. `take` can
    write it to a terminal of the same size: then a worker need not draw its first page again, nor
    copy the shared memory that drawing writes to.
    """

    is_taken = False
    ending = (signal.SIGHUP,)
    """Signals that end the app. After any other end, the process that gave it the terminal wipes
    that."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._paused_size = (80, 24)
        self._kept, self._as_kept = "", False
        self._taken: Callable[[], object] = bool

    def lay_out(self, size: tuple[int, int]) -> None:
        """Lay the app out for a size (columns, rows), and drop the page kept for another size."""
        self._paused_size = size
        self._kept = ""
        if not self.is_taken:
            self.send_message(events.Resize(Size(*size), Size(*size)))

    def take(
        self, source: int, sink: int, taken: Callable[[], object], *, as_kept: bool = False
    ) -> None:
        """Begin to use a terminal that has come, and paint the page in view on it.

        If it has another size, the app is laid out for that first: a page drawn for a larger
        terminal would scroll it.

        Args:
            source: the descriptor to read.
            sink: the descriptor to write.
            taken: called when the page is painted.
            as_kept: write the kept page, if there is one of this size, and do not draw again.
        """
        self.source, self.sink = source, sink
        self._writer = WriterThread(sink, self._cannot_write, self._encoding)
        size = terminal_size(sink)
        if size != self._paused_size:
            self.lay_out(size)
        self._as_kept = as_kept and bool(self._kept)
        self._once_laid_out(size, taken, LAID_OUT_LOOKS)

    def _once_laid_out(
        self, size: tuple[int, int], taken: Callable[[], object], looks: int
    ) -> None:
        """Begin when the screen has its size: Textual hands a new one on some time later."""
        if self._as_kept or tuple(self._app.screen.outer_size) == size or not looks:
            self._begin(taken)
        else:
            self._loop.call_later(A_LOOK, self._once_laid_out, size, taken, looks - 1)

    def _begin(self, taken: Callable[[], object]) -> None:
        self.is_taken, self._taken = True, taken
        super().start_application_mode()

    def begin(self) -> None:
        """Paint the terminal that was just taken over, and call `taken`, which `take` was given.

        The kept page is written if `take` was asked for that and the size is unchanged since; else
        the page is drawn again.
        """
        kept, self._kept = self._kept, ""
        if self._as_kept and terminal_size(self.sink) == self._paused_size:
            self.write(kept)
            self._taken()
        else:
            self.window_changed()
            self._app.call_after_refresh(self._taken)

    def press(self, key: bytes) -> None:
        """Deliver a key (the bytes that a terminal sends) to the app, as if no more came."""
        self._delivery.send(self._parser.feed(key))
        self._delivery.stop()
        self._delivery.end_text()

    def start_application_mode(self) -> None:
        """Lay the app out as it starts; there is no terminal yet to take over."""
        self.lay_out(self._paused_size)

    def write(self, data: str) -> None:
        """Write to the terminal; before there is one, keep the last whole page that is drawn."""
        if self.is_taken:
            super().write(data)
        elif self._is_whole(data):
            self._kept = data
        elif self._kept:  # a part of a page, which is nothing without the whole
            self._kept = self._kept + data if len(self._kept) < MOST_KEPT else ""

    def _is_whole(self, data: str) -> bool:
        """Return whether `data` draws every row of a page at the size laid out for; False for a
        page drawn before that size was set.
        """
        if tuple(self._app.screen.outer_size) != self._paused_size:
            return False
        return all(f"\x1b[{row};1H" in data for row in range(1, self._paused_size[1] + 1))

    def _end(self, number: int) -> None:
        """The terminal is gone, which is an end like another."""
        self._gone()

    def disable_input(self) -> None:
        """Stop reading the terminal, if there is one."""
        if self.is_taken:
            super().disable_input()

    def stop_application_mode(self) -> None:
        """Restore the terminal, if there is one."""
        if self.is_taken:
            super().stop_application_mode()
