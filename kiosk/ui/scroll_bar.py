"""Compute the scroll bar: how high its thumb is and where it stands, the character for each row,
and how far the text scrolls when a finger or mouse drags the thumb.
"""

from __future__ import annotations

from kiosk.fast_dataclass import dataclass

SCROLL_BAR = "scroll-bar"
"""The name of the item that a touch on the bar takes."""
THUMB, TRACK = "█", "│"


@dataclass(frozen=True)
class ScrollBar:
    """A scroll bar, as numbers: for a text of `length` rows, of which `window` rows are in view.
    Rows of the bar count from 0 at its top.
    """

    window: int
    length: int
    offset: int
    """The number of rows of the text above the window."""

    @property
    def size(self) -> int:
        """The height of the thumb, in rows: at least 1."""
        return min(self.window, max(1, self.window * self.window // self.length))

    @property
    def start(self) -> int:
        """The row of the bar at which the thumb begins. Unless the bar is too short for that, the
        thumb touches the top only at the start of the text, and the bottom only at its end.
        """
        room, most = self.window - self.size, self.length - self.window
        if not room or not self.offset:
            return 0
        return room if self.offset >= most else max(1, min(room - 1, self.offset * room // most))

    def sign(self, row: int) -> str:
        """Return the character to draw in row `row` of the bar: that of
        the thumb or of the track.
        """
        return THUMB if self.start <= row < self.start + self.size else TRACK

    def grip(self, row: int) -> int:
        """Return which row of the thumb, from 0 at its top, a touch at row `row` of the bar holds;
        the middle of the thumb for a touch above or below it.
        """
        within = row - self.start
        return within if 0 <= within < self.size else self.size // 2

    def offset_at(self, row: int, grip: int) -> int:
        """Return how many rows of text are above the window when the thumb is dragged so that its
        row `grip` is at row `row` of the bar.
        """
        room, most = self.window - self.size, self.length - self.window
        if room <= 0:
            return 0
        return round(max(0, min(room, row - grip)) * most / room)
