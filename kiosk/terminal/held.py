"""The edge of a terminal that is yet to come: the app is composed and laid out meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App
from textual.geometry import Size

from kiosk.terminal.driver import EdgeDriver, Writer, terminal_size

A_LOOK = 0.002
"""Seconds between looks whether the screen is laid out for a new size."""
LAID_OUT_LOOKS = 500
"""Looks after which it is painted as it is."""


class HeldDriver(EdgeDriver):
    """Has no terminal until it is given one; the app is composed and laid out meanwhile."""

    is_taken = False

    def __init__(self, app: App[Any], **more: Any) -> None:
        super().__init__(app, **more)
        self._held_size = (80, 24)

    def hold(self, size: tuple[int, int]) -> None:
        """Be laid out for a size, in columns and rows."""
        self._held_size = size
        if not self.is_taken:
            self.send_message(events.Resize(Size(*size), Size(*size)))

    def take(self, source: int, sink: int, taken: Callable[[], object]) -> None:
        """Go on with this terminal, and paint; `taken` is called when that has begun.

        Where it has another size, the app is laid out for it first: a page painted for a larger one
        would scroll it away.
        """
        self.source, self.sink = source, sink
        self._writer = Writer(sink, self._cannot_write)
        size = terminal_size(sink)
        if size != self._held_size:
            self.hold(size)
        self._once_laid_out(size, taken, LAID_OUT_LOOKS)

    def _once_laid_out(
        self, size: tuple[int, int], taken: Callable[[], object], looks: int
    ) -> None:
        """Begin when the screen has its size: Textual hands a new one on some time later."""
        if tuple(self._app.screen.outer_size) == size or not looks:
            self._begin(taken)
        else:
            self._loop.call_later(A_LOOK, self._once_laid_out, size, taken, looks - 1)

    def _begin(self, taken: Callable[[], object]) -> None:
        self.is_taken = True
        super().start_application_mode()
        self._app.refresh(layout=True)
        taken()

    def start_application_mode(self) -> None:
        """Nothing, before there is a terminal."""
        self.hold(self._held_size)

    def write(self, data: str) -> None:
        """Nothing, before there is a terminal."""
        if self.is_taken:
            super().write(data)

    def disable_input(self) -> None:
        """Hear nothing more."""
        if self.is_taken:
            super().disable_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self.is_taken:
            super().stop_application_mode()
