"""Where the reader is on the page in view: the focus, how far it is scrolled, what a key does."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.events import Event, ShownWhole, TextChanged, UserActive
from kiosk.core.page import ChoiceRole, Page, PageKind
from kiosk.core.port import Port
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
from kiosk.ui.layout import BodyCache, ScreenLayout, draw
from kiosk.ui.rows import caret_cell, focus_cell
from kiosk.ui.scroll_bar import ScrollBar
from kiosk.ui.text_field import DELETES, MOVES, caret_after, deleted

STEP = 3
"""Rows that a wheel notch, or Up at the top of the choices, moves the text."""


class PageView:
    """The state of one screen over a port. Knows nothing of Textual.

    Args:
        port: the visit.
        own: what this front end's own items do, by item id; `quit` is shown only if it is here.
        size: columns and rows of the screen.
        notice: said on the first page, until something is done.
    """

    def __init__(
        self,
        port: Port,
        own: dict[str, Callable[[], None]],
        size: tuple[int, int],
        notice: str = "",
    ) -> None:
        self._port = port
        self._own = own
        self.size = size
        self.focus = ""
        self.offset = 0
        self.caret = 0
        """The place in the entry's text where the next letter will stand."""
        self._wanted_caret: int | None = None
        self._is_writing = False
        """Whether the last key was one of the entry's."""
        self._grip = 0
        self._cache = BodyCache()
        self._notice = notice
        self._said_whole = False
        self._row = ""
        """The row of letters that was gone into, by its item."""
        self._left: tuple[Page, int, str] | None = None
        """The page that "Are you still there?" covers, its scrolling and its focus."""
        self.page: Page = port.page
        self.items: tuple[MenuItem, ...] = ()
        self._of_page: tuple[MenuItem, ...] = ()
        self.frame: ScreenLayout
        self._begin()

    def turn(self) -> None:
        """Take the port's page; keep focus and place where only its notice is new."""
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
        """Draw at another size, with the focus still in view."""
        self.size = size
        self._cache.clear()
        self._draw()
        if self._role() is ChoiceRole.MAIN and not self.unread:
            self._show_focus()

    def move(self, step: int) -> None:
        """Move the focus by `step` (1 or -1); text on the way is scrolled past, not jumped over."""
        if self._stays():
            return
        self._record_activity()
        self._is_writing = False
        ids = [item.id for item in self._stops()]
        at = ids.index(self.focus) if self.focus in ids else None
        to = (0 if step > 0 else self._last_main()) if at is None else at + step
        if step < 0 and self.offset > 0 and (to < 0 or at == 0):
            self.scroll(-STEP)
            return
        if step > 0 and at is None and self.unread:
            self.scroll_page(1)
            return
        if 0 <= to < len(ids) and self._bring(self._stops()[to], step):
            self.focus = ids[to]
        self._draw()

    def select(self) -> None:
        """Take the focused item; with text still to read, read on instead."""
        self._record_activity()
        item = self.item(self.focus)
        hidden = self.unread or (item is None and self.more_below)
        if hidden and (item is None or item.role in (ChoiceRole.NEXT, ChoiceRole.MAIN)):
            self.scroll_page(1)
        elif item is None:
            self._notice = self._port.say("notice.pick-one")
            self._draw()
        elif item.is_row:
            self._go_into(item)
        else:
            self._take(item)

    def take(self, id_: str) -> None:
        """Take an item by touch or by its key."""
        item = self.item(id_)
        if item is None:
            return
        if self.unread and item.role is ChoiceRole.NEXT:
            self.scroll_page(1)
        elif not item.is_row:
            self._take(item)

    def press(self, key: str) -> None:
        """Take the item whose letter or digit this is; where the page lets one write, write it."""
        for item in self.items:
            if item.key and item.key == key.upper():
                self.take(item.id)
                return
        if not self._stays():
            self.write(key)

    def write(self, text: str) -> bool:
        """Put text at the caret of the entry; whether there is an entry."""
        if self.page.entry is None:
            return False
        self._row = ""
        before, after = self.page.entry.text[: self.caret], self.page.entry.text[self.caret :]
        self._change(before + text + after, self.caret + len(text))
        return True

    def edit(self, key: str) -> bool:
        """Move the caret, or take letters out; whether the key is one of the entry's here."""
        if self.page.entry is None or not self.page.entry.text or self._row:
            return False
        text = self.page.entry.text
        if key in MOVES:
            self._record_activity()
            self.caret, self._is_writing = caret_after(key, text, self.caret), True
            self._draw()
        elif key in DELETES:
            self._change(*deleted(key, text, self.caret))
        return key in MOVES or key in DELETES

    def _change(self, text: str, caret: int) -> None:
        """Have the core take what stands in the entry now; it may refuse."""
        self._wanted_caret, self._is_writing = caret, True
        self._port.deliver(TextChanged(text=text))
        self._wanted_caret = None

    @property
    def is_writing(self) -> bool:
        """Whether something has been written on this page."""
        return self.page.entry is not None and bool(self.page.entry.text)

    def back(self) -> None:
        """Take Back, where the page has it; else the answer that keeps things as they are."""
        if self._row:
            self.focus, self._row = self._row, ""
            self._draw()
            return
        for id_ in ("back", "keep", "stay"):
            if self.item(id_) is not None:
                self.take(id_)
                return

    def scroll(self, rows: int) -> None:
        """Move the text."""
        if self._stays():
            return
        self._record_activity()
        most = max(0, self.frame.length - self.frame.window)
        self.offset = max(0, min(most, self.offset + rows))
        self._draw()

    @property
    def cursor(self) -> tuple[int, int]:
        """Where the terminal's cursor belongs: braille, magnifiers and input methods follow it."""
        rows = self.frame.rows
        return (self._is_writing and caret_cell(rows)) or focus_cell(rows)

    def grab(self, row: int) -> None:
        """Take hold of the scroll bar at a row of the screen."""
        row -= self.frame.top
        bar = ScrollBar(self.frame.window, self.frame.length, self.offset)
        self._grip = bar.grip(row)
        self._drag_to(row)

    def drag(self, row: int) -> None:
        """Move the scroll bar to a row of the screen."""
        self._drag_to(row - self.frame.top)

    def _drag_to(self, row: int) -> None:
        bar = ScrollBar(self.frame.window, self.frame.length, self.offset)
        self.scroll(bar.offset_at(row, self._grip) - self.offset)

    def scroll_page(self, pages: int) -> None:
        """Move the text by a window, less a row to find the place again."""
        self.scroll(pages * max(1, self.frame.window - 1))

    @property
    def unread(self) -> bool:
        """Whether text of the page waits below the window."""
        return self.offset + self.frame.window < self.frame.text_end

    @property
    def more_below(self) -> bool:
        """Whether anything of the page waits below the window."""
        return self.offset + self.frame.window < self.frame.length

    def item(self, id_: str) -> MenuItem | None:
        """The item of that id on this page."""
        return next((item for item in self.items if item.id == id_), None)

    def redraw(self) -> None:
        """Draw the same page again."""
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
        self._place_caret()
        self._draw()
        if (self.unread or not self.focus) and self.item(READ_ON):
            self.focus = READ_ON
            self._draw()
        if self._role() is ChoiceRole.MAIN and not self.unread:
            self._show_focus()

    def _place_caret(self) -> None:
        """Where the key that changed the text put it; else behind the text."""
        text = self.page.entry.text if self.page.entry else ""
        wanted, self._wanted_caret = self._wanted_caret, None
        self._is_writing = wanted is not None and self.page.entry is not None
        self.caret = len(text) if wanted is None else max(0, min(len(text), wanted))

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
            self._port.say, self.caret, self._cache,
        )  # fmt: skip
        self.offset = max(0, min(self.offset, self.frame.length - self.frame.window))

    def _take(self, item: MenuItem) -> None:
        if item.id == READ_ON:
            self.scroll_page(1)
        elif item.choice is None:
            self._port.deliver(UserActive())
            self._own[item.id]()
        elif item.role is ChoiceRole.KEY and self._is_in_the_text:
            self._type(item.choice.event)
        else:
            self._port.deliver(item.choice.event)

    @property
    def _is_in_the_text(self) -> bool:
        return self.page.entry is not None and self.caret < len(self.page.entry.text)

    def _type(self, event: Event) -> None:
        """A letter of the screen's keyboard, which would be put behind the text, at the caret."""
        assert self.page.entry is not None
        text = self.page.entry.text
        if isinstance(event, TextChanged) and len(event.text) < len(text):
            self._change(*deleted("backspace", text, self.caret))
        elif isinstance(event, TextChanged):
            self.write(event.text[-1:])

    def _stays(self) -> bool:
        """Whether the visit was asked "Are you still there?": any movement is the answer."""
        if self.page.kind is not PageKind.IDLE:
            return False
        self._port.deliver(UserActive())
        return True

    def _record_activity(self) -> None:
        self._notice = ""
        if self.page.kind is not PageKind.IDLE:
            self._port.deliver(UserActive())

    def _role(self) -> ChoiceRole | None:
        item = self.item(self.focus)
        return item.role if item else None

    def _last_main(self) -> int:
        page = (ChoiceRole.MAIN, ChoiceRole.KEY)
        return max((i for i, item in enumerate(self._stops()) if item.role in page), default=0)

    def _bring(self, item: MenuItem, step: int) -> bool:
        """Scroll towards a choice, a window at most; whether it is in view now."""
        if item.role not in (ChoiceRole.MAIN, ChoiceRole.KEY):
            return True
        first, last = self._span(item.part)
        window = max(1, self.frame.window - 1)
        if last >= self.offset + self.frame.window:
            self.offset += min(window, last - self.offset - self.frame.window + 1)
        elif first < self.offset:
            self.offset -= min(window, self.offset - first)
        return self.offset <= last < self.offset + self.frame.window or step < 0

    def _show_focus(self) -> None:
        item = self.item(self.focus)
        first, last = self._span(item.part if item else "")
        if last >= self.offset + self.frame.window:
            self.offset = last - self.frame.window + 1
        if first < self.offset:
            self.offset = first
        self._draw()

    def _span(self, id_: str) -> tuple[int, int]:
        rows = [index for index, part in enumerate(self.frame.parts) if part == id_]
        return (rows[0], rows[-1]) if rows else (0, 0)
