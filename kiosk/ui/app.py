"""Textual app of the full-screen front end: runs one screen for all visits, has them look at the
time, and switches off Textual's own keys, commands and palette, so that a visitor cannot get
anywhere else.

Textual serves as an event loop and a compositor only, with a single widget and without style
sheets, bindings, focus or timers. `layout` and `body` make a page's rows, `view` keeps the focus
and the scrolling, `page_widget` gives the rows to the compositor, and `kiosk.terminal` reads and
writes the terminal's bytes.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from rich.console import Console, RenderableType
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from kiosk.core.events import Ticked
from kiosk.core.palette import Palette
from kiosk.core.port import Port
from kiosk.errors import raised_at
from kiosk.terminal.environment import colour_system, has_half_blocks
from kiosk.terminal.size import terminal_size
from kiosk.terminal.system_driver import system_driver
from kiosk.ui.screen import NO_KEYS, VisitScreen

TICK = 5.0
"""Seconds between looks at the time."""


def _collect_again() -> None:
    """Nothing made while starting is garbage: leave it out of every later collection."""
    gc.freeze()
    gc.enable()


def _noop() -> None:
    """Do nothing."""


def _never_idle() -> float:
    return 0.0


def _console_like(console: Console) -> Console:
    """Return a console that writes there in as many colors as the environment's terminal has."""
    return Console(
        file=console.file,
        color_system=colour_system(),
        markup=True,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        force_terminal=True,
        safe_box=False,
        soft_wrap=False,
    )


class KioskApp(App[None], inherit_bindings=False):
    """Textual app that draws the pages of visits in a terminal and takes keys and touches.

    Args:
        port: gives the page in view and takes events.
        palettes: the themes; the first is used at the start, and a key changes to the next.
        may_quit: whether the Welcome page has a choice that ends the program.
        complaint: a sentence on the first page about an option that could not be followed; or "".
        driver: the Textual driver for the terminal; None for the usual one of this system.
        size: columns and rows to lay out the first page for; None to ask the terminal.
        ascii_only: whether to draw nothing but ASCII.
        encoding: the terminal's encoding, for reading and writing.
        on_tick: called after each tick (an event that tells the visit the time), every 5 seconds
            unless `on_rest` says otherwise.
        on_rest: called when a tick is due; returns 0 to have the tick now, or the seconds to put
            it off for, because nobody has touched the page. A hundred untouched visits must cost
            next to nothing.
        on_composed: called once, when the first page has been painted.
        keys: further keys, such as the author's of `kiosk preview`: by character, a function that
            is called when the key is pressed while no text has been written.
    """

    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar = set()
    ALLOW_SELECT = False
    BINDINGS: ClassVar = []
    CSS = "Screen { background: transparent; overflow: hidden; }"

    def __init__(
        self,
        port: Port,
        palettes: tuple[Palette, ...],
        *,
        may_quit: bool,
        complaint: str = "",
        driver: type[Driver] | None = None,
        size: tuple[int, int] | None = None,
        ascii_only: bool = False,
        encoding: str = "utf-8",
        on_tick: Callable[[], None] = _noop,
        on_rest: Callable[[], float] = _never_idle,
        on_composed: Callable[[], None] = _collect_again,
        keys: Mapping[str, Callable[[], None]] = NO_KEYS,
    ) -> None:
        super().__init__(driver_class=driver or system_driver(), ansi_color=True)
        self.console = _console_like(self.console)
        self.animation_level = "none"
        self.ascii_only = ascii_only
        self.encoding = encoding
        self.crashed_at = ""
        """Class and source line of the error that ended the app; empty where none did."""
        self._port = port
        self._on_tick = on_tick
        self._on_rest = on_rest
        self._plan: asyncio.TimerHandle | None = None
        self._on_composed = on_composed
        self._is_laid_out = False
        """True if there is a page to paint."""
        leave = self.exit if may_quit else None
        halves = lambda: not ascii_only and has_half_blocks()  # noqa: E731
        self._visit_screen = VisitScreen(
            port, palettes, leave, complaint, size or terminal_size(1), halves, keys
        )

    def set_palettes(self, palettes: tuple[Palette, ...]) -> None:
        """Replace the themes and draw in the first of them at once, in as many colors as the
        environment variables say that the terminal has.
        """
        self.console = _console_like(self.console)
        self._visit_screen.set_palettes(palettes)

    @property
    def edge(self) -> Driver:
        """The Textual driver that reads and writes the terminal; the app must be running."""
        assert self._driver is not None
        return self._driver

    def get_default_screen(self) -> VisitScreen:
        """Return the app's one screen, which shows all visits; Textual calls this at the start."""
        return self._visit_screen

    def on_mount(self) -> None:
        """Start the ticks, which let visits end by time; Textual calls this when the app starts."""
        self.tick_from_now()

    def on_ready(self) -> None:
        """Paint the first page; Textual calls this once, when the page is laid out."""
        self._is_laid_out = True
        self._visit_screen.refresh(layout=True)
        self.call_after_refresh(self._on_composed)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Paint; nothing before `on_ready`, since Textual also paints while it is composing."""
        if self._is_laid_out:
            super()._display(screen, renderable)

    def tick_from_now(self, seconds: float = TICK) -> None:
        """Plan the next tick, at which the visit is told the time, in `seconds` from now; the tick
        planned before, perhaps by the process that this one was forked from, is canceled.
        """
        self.stop_ticking()
        self._plan = asyncio.get_running_loop().call_later(seconds, self._tick)

    def stop_ticking(self) -> None:
        """Cancel the planned tick: the visit is not told the time until `tick_from_now()` is
        called.
        """
        if self._plan is not None:
            self._plan.cancel()
            self._plan = None

    def _tick(self) -> None:
        """By the loop alone while it rests; else in the app's turn, which shows that it has one."""
        rest = self._on_rest()
        self.tick_from_now(rest or TICK)
        if not rest:
            self.call_later(self._look_at_the_time)

    def _look_at_the_time(self) -> None:
        self._port.deliver(Ticked())
        self._on_tick()

    async def run_action(self, *_: Any, **__: Any) -> bool:
        """Return False and run nothing: Textual's own actions are off; the
        screen handles all keys.
        """
        return False

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing to the clipboard: a visit leaves no trace there."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open no link: nothing leads out of a visit."""

    def save_screenshot(self, *_: Any, **__: Any) -> str:
        """Save no screenshot and return "": a visit leaves no trace."""
        return ""

    def deliver_binary(self, *_: Any, **__: Any) -> None:
        """Save no file of bytes: a visit leaves no trace."""

    def deliver_text(self, *_: Any, **__: Any) -> None:
        """Save no file of text: a visit leaves no trace."""

    def panic(self, *_: Any) -> None:
        """End the app without an error message: a traceback would show what the visitor read."""
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        self.crashed_at = raised_at(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.panic()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
