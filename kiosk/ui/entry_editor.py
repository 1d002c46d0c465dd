"""Editor of the text that a reader writes in a page's entry field: keeps the caret, and sends each
change of the text to the visit as an event.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.events import Event, TextChanged
from kiosk.core.page import Page
from kiosk.ui.text_field import DELETES, MOVES, caret_after, deleted


class EntryEditor:
    """Editor of the text in a page's entry field: keeps the caret, and sends each change to the
    visit as an event, which the visit's rules may refuse. It does nothing on a page without a
    field.

    Args:
        deliver: sends an event to the visit; the page that results must be passed to `turn_to`.
        page: the page in view.
    """

    def __init__(self, deliver: Callable[[Event], object], page: Page) -> None:
        self._deliver = deliver
        self.caret = 0
        """The index in the text at which the next letter will stand."""
        self.was_edited_last = False
        """True if the last key was a key of the entry."""
        self._next_caret: int | None = None
        """The caret that belongs to the change under way."""
        self.turn_to(page)

    def turn_to(self, page: Page) -> None:
        """Edit the entry field of `page` from now on; the caret goes where the edit that led to
        this page put it, else to the end of the text.
        """
        self._entry = page.entry
        caret, self._next_caret = self._next_caret, None
        self.was_edited_last = caret is not None and self.is_open
        end = len(self.text)
        self.caret = end if caret is None else max(0, min(end, caret))

    @property
    def is_open(self) -> bool:
        """True if the page in view has an entry field."""
        return self._entry is not None

    @property
    def text(self) -> str:
        """The text in the page's entry field; "" if the page has no field."""
        return self._entry.text if self._entry is not None else ""

    def write(self, text: str) -> bool:
        """Insert `text` at the caret; return False, having done nothing, if the page has no entry
        field.
        """
        if self.is_open:
            before, after = self.text[: self.caret], self.text[self.caret :]
            self._change(before + text + after, self.caret + len(text))
        return self.is_open

    def edit(self, key: str) -> bool:
        """Do what a key such as Left or Delete does in the entry field: move the caret or delete
        letters. Return False, having done nothing, for another key or if no text has been written.
        """
        if not self.text:
            return False
        if key in MOVES:
            self.caret = caret_after(key, self.text, self.caret)
            self.was_edited_last = True
        elif key in DELETES:
            self._change(*deleted(key, self.text, self.caret))
        return key in MOVES or key in DELETES

    def type(self, event: Event) -> None:
        """Do at the caret what a key of the on-screen keyboard stands for: `event` is that key's
        event, which writes or deletes a letter at the end of the text. Other events are sent
        unchanged.
        """
        if self.caret == len(self.text) or not isinstance(event, TextChanged):
            self._deliver(event)
        elif len(event.text) < len(self.text):
            self._change(*deleted("backspace", self.text, self.caret))
        else:
            self.write(event.text[-1:])

    def _change(self, text: str, caret: int) -> None:
        """Have the core take a text."""
        self._next_caret, self.was_edited_last = caret, True
        self._deliver(TextChanged(text=text))
        self._next_caret = None
