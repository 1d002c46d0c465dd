"""State of the text that a reader writes in a page's entry field, with its caret; sends changes to
the visit as events.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.events import Event, TextChanged
from kiosk.core.page import Page
from kiosk.ui.text_field import DELETES, MOVES, caret_after, deleted


class TextEntry:
    """Editor of the text in a page's entry field. It sends each change to the visit as an event,
    which the rules of the visit may refuse.

    Args:
        deliver: sends an event to the visit; the page that results is passed to `turn_to`.
        page: the page in view.
    """

    def __init__(self, deliver: Callable[[Event], object], page: Page) -> None:
        self._deliver = deliver
        self.caret = 0
        """The index in the text at which the next letter will stand."""
        self.was_edited_last = False
        """Whether the last key was a key of the entry."""
        self._next_caret: int | None = None
        """The caret that belongs to the change under way."""
        self.turn_to(page)

    def turn_to(self, page: Page) -> None:
        """Take the text of a page; the caret goes where the last edit put it, else to the end."""
        self._entry = page.entry
        caret, self._next_caret = self._next_caret, None
        self.was_edited_last = caret is not None and self.is_open
        end = len(self.text)
        self.caret = end if caret is None else max(0, min(end, caret))

    @property
    def is_open(self) -> bool:
        """Whether the page has an entry."""
        return self._entry is not None

    @property
    def text(self) -> str:
        """The text that has been written; empty where there is no entry."""
        return self._entry.text if self._entry is not None else ""

    def write(self, text: str) -> bool:
        """Put text at the caret; returns whether there is an entry."""
        if self.is_open:
            before, after = self.text[: self.caret], self.text[self.caret :]
            self._change(before + text + after, self.caret + len(text))
        return self.is_open

    def edit(self, key: str) -> bool:
        """Move the caret or delete letters; returns whether the key is one of the entry's."""
        if not self.text:
            return False
        if key in MOVES:
            self.caret = caret_after(key, self.text, self.caret)
            self.was_edited_last = True
        elif key in DELETES:
            self._change(*deleted(key, self.text, self.caret))
        return key in MOVES or key in DELETES

    def type(self, event: Event) -> None:
        """Write or delete at the caret what a letter on the screen would at the text's end."""
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
