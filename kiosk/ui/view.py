"""View of a page, without Textual: keeps focus and scrolling; does what keys and touches ask."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.events import ShownWhole, UserActive, WindowRead
from kiosk.core.notices import nothing_picked
from kiosk.core.page import ChoiceRole, Page, PageKind
from kiosk.core.port import Port
from kiosk.ui.entry_editor import EntryEditor
from kiosk.ui.items import (
    COLOURS,
    QUIT,
    READ_ON,
    ROW,
    MenuItem,
    items_of,
    read_on,
    stops,
    with_read_on,
)
from kiosk.ui.layout import BodyCache, draw
from kiosk.ui.rows import caret_cell, focus_cell
from kiosk.ui.scrolled_view import ScrolledView
from kiosk.ui.text_field import MOVES

_IN_TEXT = (ChoiceRole.MAIN, ChoiceRole.KEY)
STEP = 3
"""Rows that a wheel notch, or Up at the top of the choices, moves the text."""


class PageView(ScrolledView):
    """View of a visit's page, without Textual: keeps focus and scrolling; acts on keys and touches.

    Args:
        port: gives the page in view and takes events.
        own: by item id, what the front end's own menu items do; `quit` is shown only if here.
        size: columns and rows of the window.
        notice: shown on the first page until the reader does something; or "".
        halves: returns whether the terminal has half-block characters, for QR codes.
    """

    def __init__(
        self,
        port: Port,
        own: dict[str, Callable[[], None]],
        size: tuple[int, int],
        notice: str = "",
        halves: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__()
        self._port = port
        self._own = own
        self.size = size
        self.focus = ""
        self._cache = BodyCache()
        self._notice = notice
        self._halves = halves
        self._said_whole = False
        self._row = ""
        """The row of letters that was gone into, by its item."""
        self._left: tuple[Page, int, str] | None = None
        """The page that "Are you still there?" covers, its scrolling and its focus."""
        self.page: Page = port.page
        self.entry = EntryEditor(port.deliver, self.page)
        self.items: tuple[MenuItem, ...] = ()
        self._of_page: tuple[MenuItem, ...] = ()
        self._begin()

    def turn(self) -> None:
        """Draw the port's new page; focus and scrolling stay if only its notice or bars changed."""
        before, self.page = self.page, self._port.page
        self._notice = ""
        if self.page.is_like(before):
            self._draw()
            return
        if self.page.kind is PageKind.IDLE and before.kind is not PageKind.IDLE:
            self._left = (before, self.offset, self.focus)
        row = self._row or (self.focus if self.focus.startswith(ROW) else "")
        self._row = ""
        self._begin()
        if row and self.page.kind is before.kind and self.item(row) is not None:
            self.focus = row
            self._show_focus()
        if self.page.kind is not PageKind.IDLE:
            self._resume()

    def _resume(self) -> None:
        """After "Are you still there?", go on where the text was left."""
        left, self._left = self._left, None
        if left is None or not self.page.is_like(left[0]):
            return
        _, self.offset, focus = left
        self._draw()
        if self.item(focus) is not None:
            self.focus = focus
            self._draw()

    def resize(self, size: tuple[int, int]) -> None:
        """Draw the page for a window of `size` columns and rows."""
        self.size = size
        self._cache.clear()
        self._draw()
        if self._role() is ChoiceRole.MAIN and not self.unread:
            self._show_focus()

    def move(self, step: int) -> None:
        """Move the focus one item on (`step` 1) or back (-1); hidden text is scrolled by first."""
        if self._stays():
            return
        self._record_activity()
        self.entry.was_edited_last = False
        ids = [item.id for item in self._stops()]
        at = ids.index(self.focus) if self.focus in ids else None
        to = (0 if step > 0 else self._last_main()) if at is None else at + step
        if step < 0 and self.offset > 0 and (to < 0 or at == 0):
            self.scroll(-STEP)
            return
        if step > 0 and at is None and self.unread:
            self.scroll_page(1)
            return
        if 0 <= to < len(ids) and self._reach(self._stops()[to], step):
            self.focus = ids[to]
        self._draw()

    def select(self) -> None:
        """Choose the item in focus; scroll down instead while text is below the window."""
        self._record_activity()
        item = self.item(self.focus)
        hidden = self.unread or (self.more_below and (item is None or item.id == READ_ON))
        if hidden and (item is None or item.role in (ChoiceRole.NEXT, ChoiceRole.MAIN)):
            self._read_on()
        elif item is None:
            self._notice = nothing_picked(self._port)
            self._draw()
        elif item.is_row:
            self._go_into(item)
        else:
            self._take(item)

    def take(self, id_: str) -> None:
        """Do what the item of that id stands for; nothing for an unknown id or a row of letters."""
        item = self.item(id_)
        if item is None:
            pass
        elif item.id == READ_ON or (self.unread and item.role is ChoiceRole.NEXT):
            self._read_on()
        elif not item.is_row:
            self._take(item)

    def press(self, key: str) -> None:
        """Choose the menu item with this key; without one, write the key in the entry field."""
        for item in self.items:
            if item.key and item.key == key.upper():
                self.take(item.id)
                return
        if not self._stays():
            self.write(key)

    def write(self, text: str) -> bool:
        """Insert text at the caret of the entry field; return False if the page has no field."""
        self._row = "" if self.entry.is_open else self._row
        return self.entry.write(text)

    def edit(self, key: str) -> bool:
        """Move the caret or delete letters; return False for a key that does neither here."""
        if self._row or not self.entry.edit(key):
            return False
        if key in MOVES:
            self._record_activity()
            self._draw()
        return True

    @property
    def is_writing(self) -> bool:
        """True if text has been written in the page's entry field."""
        return bool(self.entry.text)

    def back(self) -> None:
        """Leave the row of letters in use; else choose Back, or the answer that changes nothing."""
        if self._row:
            self.focus, self._row = self._row, ""
            self._draw()
            return
        for id_ in ("back", "keep", "stay"):
            if self.item(id_) is not None:
                self.take(id_)
                return

    def scroll(self, rows: int) -> None:
        """Scroll the page by `rows` rows, down if positive and up if negative, and draw it."""
        if self._stays():
            return
        self._record_activity()
        self.offset = self._clamp(self.offset + rows)
        self._draw()

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row for the terminal's cursor: the caret after an edit, else the focus."""
        rows = self.frame.rows
        return (self.entry.was_edited_last and caret_cell(rows)) or focus_cell(rows)

    def item(self, id_: str) -> MenuItem | None:
        """Return the menu item of that id on the page in view; None if there is none."""
        return next((item for item in self.items if item.id == id_), None)

    def redraw(self) -> None:
        """Lay out the page in view again; its focus and scrolling stay."""
        self._draw()

    def _stops(self) -> tuple[MenuItem, ...]:
        return stops(self.items, self._row)

    def _go_into(self, row: MenuItem) -> None:
        self._row = row.id
        self.focus = self._stops()[0].id
        self._draw()

    def _begin(self) -> None:
        self._of_page = self.items = items_of(
            self.page,
            self._port.say,
            may_quit=QUIT in self._own and self.page.kind is PageKind.WELCOME,
            may_recolour=COLOURS in self._own,
        )
        self.focus = self.page.likely
        self.offset = 0
        self._said_whole = False
        self._cache.clear()
        self.entry.turn_to(self.page)
        self._draw()
        if (self.unread or not self.focus) and self.item(READ_ON):
            self.focus = READ_ON
            self._draw()
        if self._role() is ChoiceRole.MAIN and not self.unread:
            self._show_focus()

    def _draw(self) -> None:
        self._lay_out()
        items = self._of_page
        if self.more_below:
            items = with_read_on(items, read_on(self.page, self._port.say))
        if items != self.items:
            self.items = items
            if self.focus == READ_ON and self.item(READ_ON) is None:
                self.focus = self.page.likely
            self._lay_out()
        if self.frame.window and not self.unread and not self._said_whole:
            self._said_whole = True
            self._port.deliver(ShownWhole())

    def _lay_out(self) -> None:
        self.frame = draw(
            self.page, self.items, self.size, self.focus, self.offset, self._notice,
            self._port.say, self.entry.caret, self._cache, halves=self._halves(),
        )  # fmt: skip
        self.offset = self._clamp(self.offset)

    def _take(self, item: MenuItem) -> None:
        if item.choice is None:
            self._port.deliver(UserActive())
            self._own[item.id]()
        elif item.role is ChoiceRole.KEY:
            self.entry.type(item.choice.event)
        else:
            self._port.deliver(item.choice.event)

    def _read_on(self) -> None:
        """Go on by a window, once this one can have been seen."""
        if self._port.deliver(WindowRead()):
            self.scroll_page(1)

    def _stays(self) -> bool:
        """Answer "Are you still there?", if the visit asks it; return whether it did."""
        if self.page.kind is not PageKind.IDLE:
            return False
        self._port.deliver(UserActive())
        return True

    def _record_activity(self) -> None:
        self._notice = ""
        if self.page.kind is not PageKind.IDLE:
            self._port.deliver(UserActive())

    def _role(self) -> ChoiceRole | None:
        return next((item.role for item in self.items if item.id == self.focus), None)

    def _last_main(self) -> int:
        return max((i for i, item in enumerate(self._stops()) if item.role in _IN_TEXT), default=0)

    def _reach(self, item: MenuItem, step: int) -> bool:
        """Scroll towards an item that is scrolled with the text; returns whether it gets focus."""
        return item.role not in _IN_TEXT or self._bring(item.part) or step < 0

    def _show_focus(self) -> None:
        item = self.item(self.focus)
        self._scroll_to(item.part if item else "")
        self._draw()
