"""The scroll bar's arithmetic: where its thumb stands, and how far the text scrolls when a finger
or mouse drags the thumb.
"""

from __future__ import annotations

from kiosk.fast_dataclass import dataclass

SCROLL_BAR = "scroll-bar"
"""What a touch on the bar takes."""
THUMB, TRACK = "█", "│"


@dataclass(frozen=True)
class ScrollBar:
    """State of a scroll bar beside a window of `window` rows onto a text of `length` rows."""

    window: int
    length: int
    offset: int
    """How many rows of the text are above the window."""

    @property
    def size(self) -> int:
        """Rows that the thumb is high."""
        return min(self.window, max(1, self.window * self.window // self.length))

    @property
    def start(self) -> int:
        """Rows of the track above the thumb; none only at the top, and none below at the end."""
        room, most = self.window - self.size, self.length - self.window
        if not room or not self.offset:
            return 0
        return room if self.offset >= most else max(1, min(room - 1, self.offset * room // most))

    def sign(self, row: int) -> str:
        """The character that is drawn for the scroll bar in a row of the window."""
        return THUMB if self.start <= row < self.start + self.size else TRACK

    def grip(self, row: int) -> int:
        """Rows between the thumb's top and a touch that holds it; half of it for a touch beside."""
        within = row - self.start
        return within if 0 <= within < self.size else self.size // 2

    def offset_at(self, row: int, grip: int) -> int:
        """Return the scroll offset for the thumb dragged to this row."""
        room, most = self.window - self.size, self.length - self.window
        if room <= 0:
            return 0
        return round(max(0, min(room, row - grip)) * most / room)
