"""Textual's driver for a console of Windows, with its input and output through allow-lists."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO, TextIO

from textual import events
from textual.app import App
from textual.drivers import win32
from textual.drivers.windows_driver import WindowsDriver
from textual.message import Message

from kiosk.escape_sequences import GIVE_BACK
from kiosk.terminal.keys import (
    KEY_NAMES,
    Character,
    Key,
    MouseButton,
    MouseDrag,
    MouseWheel,
    Paste,
    Token,
)
from kiosk.terminal.output import bare, filtered
from kiosk.terminal.token_delivery import TokenDelivery

_FIRST_BUTTON = 1
_CONTROL_C = "ctrl+c"


class ConsoleDriver(WindowsDriver):
    """Driver of a Windows console: only known keys and touches come in, known sequences go out."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._delivery = TokenDelivery(self._loop, super().process_message, _noop)
        self._ascii_only = bool(getattr(app, "ascii_only", False))

    @property
    def can_suspend(self) -> bool:
        """Return False: to suspend the program would lead out of a visit."""
        return False

    def write(self, data: str) -> None:
        """Write `data` to the console, without control sequences that are not on the allow-list."""
        drawn = filtered(data)
        if drawn:
            super().write(bare(drawn) if self._ascii_only else drawn)

    def process_message(self, message: Message) -> None:
        """Handle an event from the thread that reads the console: pass on what is known.

        Known are keys, touches and pastes, and a new size of the window. Ctrl+C ends the app; all
        else is dropped.
        """
        if isinstance(message, events.Resize):
            super().process_message(message)
            return
        token = _token_of(message)
        if token is not None:
            self._loop.call_soon_threadsafe(self._delivery.send, [token])
        elif isinstance(message, events.Key) and message.key == _CONTROL_C:
            self._loop.call_soon_threadsafe(self._app.exit)

    def disable_input(self) -> None:
        """Stop reading keys and touches."""
        self._delivery.stop()
        super().disable_input()

    def stop_application_mode(self) -> None:
        """Restore the console, with nothing of the visit left on it, when the app ends."""
        self.write(GIVE_BACK)
        super().stop_application_mode()

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open no link: nothing leads out of a visit."""

    def deliver_binary(self, binary: BinaryIO | TextIO, **_: Any) -> None:
        """Save no file: a visit leaves no trace."""


def can_draw() -> bool:
    """Have this Windows console obey escape sequences; return whether it does.

    It returns False for a console before Windows 10, and where there is no console.
    """
    console = sys.__stdout__
    if console is None or not console.isatty():
        return False
    mode = win32.get_console_mode(console) | win32.ENABLE_VIRTUAL_TERMINAL_PROCESSING
    return bool(win32.set_console_mode(console, mode))


def _token_of(message: Message) -> Token | None:
    """Return the key or touch that an event stands for; None where it means nothing here."""
    match message:
        case events.Key() if message.key in KEY_NAMES:
            return Key(message.key)
        case events.Key() if message.character and message.is_printable:
            return Character(message.character)
        case events.MouseDown() | events.MouseUp() if message.button == _FIRST_BUTTON:
            return MouseButton(message.x, message.y, isinstance(message, events.MouseDown))
        case events.MouseMove() if message.button == _FIRST_BUTTON:
            return MouseDrag(message.x, message.y)
        case events.MouseScrollUp() | events.MouseScrollDown():
            return MouseWheel(message.x, message.y, up=isinstance(message, events.MouseScrollUp))
        case events.Paste():
            text = "".join(c if c.isprintable() else " " for c in message.text)
            return Paste(text) if text.strip() else None
    return None


def _noop() -> None:
    """Nobody watches whether somebody is there: the visit is in the process of its terminal."""
