"""The Textual app: one screen, no palette of commands, no inherited key."""

from __future__ import annotations

import gc
import os
from shutil import get_terminal_size
from typing import ClassVar

from textual.app import App

from kiosk.core.events import Ticked
from kiosk.core.palette import Palette
from kiosk.core.port import Port
from kiosk.ui.screens.visit import VisitScreen

TICK = 5.0
"""Seconds between looks at the time."""


class KioskApp(App[None], inherit_bindings=False):
    """Draws the port's page in a terminal.

    Args:
        port: the visits.
        palettes: the themes; the first is drawn, a key goes on to the next.
        may_quit: whether the Welcome page offers to leave the program.
        complaint: what could not be done as asked, said on the first page.
    """

    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar = set()
    ALLOW_SELECT = False
    BINDINGS: ClassVar = []
    CSS = "Screen { background: transparent; overflow: hidden; }"

    def __init__(
        self, port: Port, palettes: tuple[Palette, ...], *, may_quit: bool, complaint: str = ""
    ) -> None:
        super().__init__(ansi_color=True)
        self.animation_level = "none"
        self._port = port
        leave = self.exit if may_quit else None
        self._visit_screen = VisitScreen(port, palettes, leave, complaint, get_terminal_size())

    def get_default_screen(self) -> VisitScreen:
        """The only screen there is."""
        return self._visit_screen

    def on_mount(self) -> None:
        """Look at the time now and then."""
        self.set_interval(TICK, lambda: self._port.deliver(Ticked()))
        self.call_after_refresh(_collect_again)

    def _print_error_renderables(self) -> None:
        """Say nothing of a crash: a traceback would show what the visitor read."""
        self._exit_renderables.clear()


def can_colour() -> bool:
    """Whether the terminal draws the exact colours of a theme, and nobody asked for none."""
    if "NO_COLOR" in os.environ:
        return False
    term, more = os.environ.get("TERM", ""), os.environ.get("COLORTERM", "")
    return "256color" in term or "direct" in term or more in ("truecolor", "24bit")


def _collect_again() -> None:
    """Nothing made while starting is garbage: leave it out of every later collection."""
    gc.freeze()
    gc.enable()
