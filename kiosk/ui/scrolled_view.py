"""Base of the view of a page, for scrolling: by rows, by windows, by the scroll bar, and to the
item in focus.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from kiosk.ui.layout import ScreenLayout
from kiosk.ui.scroll_bar import ScrollBar


class ScrolledView(ABC):
    """Base class of the view of a page: keeps how many rows of the page are scrolled away above the
    window, and changes that number by keys, wheel and scroll bar.
    """

    def __init__(self) -> None:
        self.offset = 0
        """The rows of text above the window."""
        self.frame: ScreenLayout
        self._grip = 0
        """The row of the scroll bar's thumb that a finger holds."""

    @abstractmethod
    def scroll(self, rows: int) -> None:
        """Scroll the page by `rows` rows, down if positive and up if negative, and draw it. On "Are
        you still there?" scroll nothing: any movement answers that the reader is there.
        """

    def scroll_page(self, pages: int) -> None:
        """Scroll the page by `pages` windows, down if positive, each less one row, so that a reader
        finds the line again.
        """
        self.scroll(pages * max(1, self.frame.window - 1))

    @property
    def unread(self) -> bool:
        """True if some of the page's text is below the window; its choices do not count."""
        return self.offset + self.frame.window < self.frame.text_end

    @property
    def more_below(self) -> bool:
        """True if anything of the page, text or choices, is below the window."""
        return self.offset + self.frame.window < self.frame.length

    def grab(self, row: int) -> None:
        """Start to drag the scroll bar's thumb, by a touch at row `row` of the screen; a touch
        elsewhere on the bar brings the thumb there.
        """
        self._grip = self._scroll_bar.grip(row - self.frame.top)
        self.drag(row)

    def drag(self, row: int) -> None:
        """Scroll the page as the scroll bar's thumb is dragged to row `row` of the screen."""
        self.scroll(self._scroll_bar.offset_at(row - self.frame.top, self._grip) - self.offset)

    @property
    def _scroll_bar(self) -> ScrollBar:
        return ScrollBar(self.frame.window, self.frame.length, self.offset)

    def _clamp(self, offset: int) -> int:
        """Return the nearest offset at which the window is within the text."""
        return max(0, min(offset, self.frame.length - self.frame.window))

    def _bring(self, part: str) -> bool:
        """Scroll towards an item, a window at most; returns whether it is in view."""
        first, last = self._rows_of(part)
        most = max(1, self.frame.window - 1)
        if last >= self.offset + self.frame.window:
            self.offset += min(most, last - self.offset - self.frame.window + 1)
        elif first < self.offset:
            self.offset -= min(most, self.offset - first)
        return self.offset <= last < self.offset + self.frame.window

    def _scroll_to(self, part: str) -> None:
        """Scroll until the rows of an item are in view, the first of them in any case."""
        first, last = self._rows_of(part)
        if last >= self.offset + self.frame.window:
            self.offset = last - self.frame.window + 1
        if first < self.offset:
            self.offset = first

    def _rows_of(self, part: str) -> tuple[int, int]:
        """Return the first and last row of an item."""
        rows = [index for index, row_part in enumerate(self.frame.parts) if row_part == part]
        return (rows[0], rows[-1]) if rows else (0, 0)
