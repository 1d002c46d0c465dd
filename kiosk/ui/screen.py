"""Textual screen of the kiosk: receives keys, touches, the wheel and changes of the window's size,
hands them to the view of the page, and draws the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset, Size
from textual.screen import Screen

from kiosk.core.palette import Palette
from kiosk.core.port import Port
from kiosk.ui.items import COLOURS, QUIT
from kiosk.ui.page_widget import PageWidget
from kiosk.ui.scroll_bar import SCROLL_BAR
from kiosk.ui.view import STEP, PageView

PRIMARY_BUTTON = 1
NO_KEYS: Mapping[str, Callable[[], None]] = MappingProxyType({})


class VisitScreen(Screen[None], inherit_bindings=False):
    """Textual screen that shows one visit after another: takes keys and touches, and draws pages.

    Args:
        port: gives the page in view and takes events.
        palettes: the themes; the first is used at the start, and a key changes to the next.
        leave: ends the program; None if a visitor may not.
        complaint: a sentence shown on the first page until the reader does something; or "".
        size: columns and rows of the window, so that the first thing painted is the page.
        halves: returns whether the terminal has half-block characters, for QR codes.
        keys: further keys: by character, a function that is called when the key is pressed while
            no text has been written.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        port: Port,
        palettes: tuple[Palette, ...],
        leave: Callable[[], None] | None,
        complaint: str = "",
        size: tuple[int, int] = (80, 24),
        halves: Callable[[], bool] = lambda: True,
        keys: Mapping[str, Callable[[], None]] = NO_KEYS,
    ) -> None:
        super().__init__()
        self._own_keys = keys
        self._palettes = palettes
        own = {COLOURS: self._next_palette} if len(palettes) > 1 else {}
        if leave is not None:
            own[QUIT] = leave
        self.sheet = PageWidget(palettes[0])
        self.reading = PageView(port, own, size, complaint, halves)
        self._pressed = ""
        """The item under the finger or the button as it went down."""
        self._show()
        self._keys: Mapping[str, Callable[[], None]] = {
            "up": lambda: self.reading.move(-1),
            "left": lambda: self.reading.move(-1),
            "shift+tab": lambda: self.reading.move(-1),
            "down": lambda: self.reading.move(1),
            "right": lambda: self.reading.move(1),
            "tab": lambda: self.reading.move(1),
            "enter": self.reading.select,
            "space": self.reading.select,
            "escape": self.reading.back,
            "backspace": self.reading.back,
            "pageup": lambda: self.reading.scroll_page(-1),
            "pagedown": lambda: self.reading.scroll_page(1),
        }
        port.on_change(self._turn)

    def compose(self) -> ComposeResult:
        """Yield the screen's one widget, which draws the rows; Textual calls this at the start."""
        yield self.sheet

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out, and paint all that waits for it with it: Textual would paint that once more."""
        if self._repaint_required:
            self._repaint_required = False
            self._dirty_widgets.add(self)
        super()._refresh_layout(size, scroll)

    def paint(self) -> None:
        """Paint at once what has changed on the screen; Textual would wait up to a 60th of a
        second.
        """
        self._on_timer_update()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out and draw the page for the window's new size."""
        self.reading.resize((event.size.width, event.size.height))
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Do what a key stands for on this page, and draw; no key reaches
        Textual's own handlers.
        """
        event.stop()
        event.prevent_default()
        act = self._keys.get(event.key)
        if self.reading.is_writing and event.key == "space":
            self.reading.write(" ")
        elif self.reading.edit(event.key):
            pass
        elif not self.reading.is_writing and (own := self._own_keys.get(event.character or "")):
            own()
        elif act is not None:
            act()
        elif event.character and event.is_printable:
            self.reading.press(event.character)
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Write pasted text into the page's entry field; do nothing on a page without one."""
        event.stop()
        self.reading.write(event.text)
        self._show()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember what a finger or mouse button went down on; on the scroll bar, start to drag its
        thumb.
        """
        event.stop()
        self._pressed = self.sheet.taken_at(event.screen_x, event.screen_y)
        if self._pressed == SCROLL_BAR:
            self.reading.grab(event.screen_y)
            self._show()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll with the finger or mouse that drags the scroll bar; ignore any other movement."""
        event.stop()
        if self._pressed == SCROLL_BAR:
            self.reading.drag(event.screen_y)
            self._show()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End dragging the scroll bar, wherever on the screen the finger or button is lifted."""
        event.stop()
        if self._pressed == SCROLL_BAR:
            self._pressed = ""

    def on_click(self, event: events.Click) -> None:
        """Choose the menu item under a touch or click, if the finger or button also went down on
        that item.
        """
        event.stop()
        taken = self.sheet.taken_at(event.screen_x, event.screen_y)
        began, self._pressed = self._pressed, ""
        if event.button == PRIMARY_BUTTON and taken and taken == began:
            self.reading.take(taken)
            self._show()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the text down by one notch of the wheel."""
        event.stop()
        self.reading.scroll(STEP)
        self._show()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the text up by one notch of the wheel."""
        event.stop()
        self.reading.scroll(-STEP)
        self._show()

    def _turn(self) -> None:
        self.reading.turn()
        self._show()

    def _show(self) -> None:
        rows = self.reading.frame.rows
        self.sheet.show(rows)
        if self.is_running:
            self.app.cursor_position = Offset(*self.reading.cursor)

    def set_palettes(self, palettes: tuple[Palette, ...]) -> None:
        """Replace the themes, and draw in the first of the new ones at once."""
        self._palettes = palettes
        self.sheet.recolour(palettes[0])

    def _next_palette(self) -> None:
        self._palettes = (*self._palettes[1:], self._palettes[0])
        self.sheet.recolour(self._palettes[0])
