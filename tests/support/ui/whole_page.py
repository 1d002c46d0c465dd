"""The whole text of a page that is longer than the screen."""

from __future__ import annotations

from kiosk.core.wording import Level
from kiosk.ui.view import PageView

READERS = {Level.PLAIN: "easy", Level.EVERYDAY: "everyday", Level.PROFESSIONAL: "health-care"}


FURNITURE = str.maketrans("", "", "•│►─═╔╗╚╝┌┐└┘║▼█▀▄┼")


def bare(text: str) -> str:
    """Text as it runs on over rows, without what is drawn around it."""
    return " ".join(text.translate(FURNITURE).split())


def scrolled(reading: PageView) -> str:
    """The whole of a page, row by row, as it comes into view."""
    reading.scroll(-10_000)
    middle: dict[int, str] = {}
    while True:
        rows = [row.text for row in reading.frame.rows]
        top = next(y for y, row in enumerate(rows) if row.strip() and y > 1)
        for y in range(reading.frame.window):
            middle[reading.offset + y] = rows[2 + y] if top >= 2 else rows[y]
        if not reading.more_below:
            return bare("\n".join(middle[y] for y in sorted(middle)))
        reading.scroll_page(1)
