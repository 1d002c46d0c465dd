"""Delivery of keys and touches to the app as Textual's events, without floods and stuck keys."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable

from textual import events

from kiosk.terminal.input_limits import HeldKeyFilter, StuckKeyFilter, TextCollector
from kiosk.terminal.keys import (
    Character,
    Key,
    MouseButton,
    MouseDrag,
    MouseWheel,
    Paste,
    Token,
)

_CHARACTERS = {"enter": "\r", "tab": "\t"}


class TokenDelivery:
    """Delivery of one terminal's input to the app: filters tokens and makes Textual's events.

    Stuck keys, a held Enter or Space, and floods are dropped; text that comes faster than a
    person types becomes one paste.

    Args:
        loop: event loop, whose timer ends such text.
        deliver: called with each event.
        on_input: called after each read in which there was more than a stuck key.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        deliver: Callable[[events.Event], None],
        on_input: Callable[[], None],
    ) -> None:
        self._loop = loop
        self._deliver = deliver
        self._on_input = on_input
        self._collector = TextCollector()
        self._stuck = StuckKeyFilter()
        self._held = HeldKeyFilter()
        self._text_end: asyncio.TimerHandle | None = None

    def send(self, tokens: Iterable[Token], at: float | None = None) -> None:
        """Filter the tokens (keys, touches, text) of one read, and deliver what is left as events.

        Args:
            tokens: in the order in which they were read.
            at: the time of the read by `time.monotonic()`; None for now.
        """
        at = time.monotonic() if at is None else at
        fit = [token for token in tokens if not self._stuck.is_stuck(token, at)]
        if fit:
            self._on_input()
        self._deliver_all(self._collector.feed(fit, at))
        self.stop()
        seconds = self._collector.silence
        if seconds is not None:
            self._text_end = self._loop.call_later(seconds, self.end_text)

    def stop(self) -> None:
        """Stop the timer: text that is still kept back is not delivered, unless more is sent."""
        if self._text_end is not None:
            self._text_end.cancel()
            self._text_end = None

    def end_text(self) -> None:
        """Deliver what is being put together: nothing more of it will come."""
        self._deliver_all(self._collector.rest())

    def _deliver_all(self, tokens: Iterable[Token]) -> None:
        now = time.monotonic()
        for token in tokens:
            if not self._held.is_held(token, now):
                for event in events_of(token):
                    self._deliver(event)


def events_of(token: Token) -> list[events.Event]:
    """Return the Textual event of a token (a key, text or touch), as a list of one."""
    match token:
        case Key(name):
            return [events.Key(name, _CHARACTERS.get(name))]
        case Character(text):
            return [events.Key("space" if text == " " else text, text)]
        case MouseButton(x, y, down):
            kind = events.MouseDown if down else events.MouseUp
            return [kind(None, x, y, 0, 0, 1, False, False, False, x, y)]
        case MouseDrag(x, y):
            return [events.MouseMove(None, x, y, 0, 0, 1, False, False, False, x, y)]
        case MouseWheel(x, y, up):
            scroll = events.MouseScrollUp if up else events.MouseScrollDown
            return [scroll(None, x, y, 0, 0, 0, False, False, False, x, y)]
        case Paste(text):
            return [events.Paste(text)]
