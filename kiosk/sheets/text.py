"""Make plain text of a sheet, which is saved or printed where no PDF can be made because fpdf2 is
not installed.
"""

from __future__ import annotations

from kiosk.core.cells import width_of, wrap
from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine

WIDTH = 76
BLANK = "_" * 60
SHORT_BLANK = "_" * 5
LEAST_BLANK = 20
"""Cells of a blank behind words; where there are fewer, it has a row of its own."""
_BEFORE = {LineRole.POINT: "- ", LineRole.HEADING: "", LineRole.SMALL: ""}


def text_of(sheet: Sheet, width: int = WIDTH) -> str:
    """Return a whole sheet as plain text in rows of at most `width` cells: the title and headings
    underlined, then the days of a diary form with blanks to fill in. No word is cut off.
    """
    rows = [*wrap(sheet.title, width), "=" * min(width, len(sheet.title))]
    for line in sheet.lines:
        rows += _rows(line, width)
    for day in sheet.days:
        rows += ["", *_side_by_side([day, *(f"{n}: {SHORT_BLANK}" for n in sheet.daily)], width)]
        for _ in range(sheet.rows):
            for name in sheet.columns:
                rows += _with_blank(f"{name}:", width)
    return "\n".join(rows) + "\n"


def _rows(line: SheetLine, width: int) -> list[str]:
    if line.role is LineRole.ROOM:
        return ["", *_with_blank(line.text, width)]
    before = _BEFORE.get(line.role, "")
    inner = wrap(line.text, width - len(before))
    rows = [(before if not number else " " * len(before)) + row for number, row in enumerate(inner)]
    if line.role is LineRole.HEADING:
        return ["", *rows, "-" * min(width, max((len(row) for row in rows), default=0))]
    return ["", *rows] if line.role in (LineRole.SUBHEADING, LineRole.STRONG) else rows


def _with_blank(text: str, width: int) -> list[str]:
    """The text and a blank to write on behind it, or below it where too little room is left."""
    rows = wrap(text, width)
    room = width - width_of(rows[-1]) - 1 if rows else 0
    if room < LEAST_BLANK:
        return [*rows, BLANK[:width]]
    return [*rows[:-1], f"{rows[-1]} {BLANK[:room]}"]


def _side_by_side(parts: list[str], width: int) -> list[str]:
    """Parts in one row where they fit, else each in rows of its own."""
    row = "  ".join(parts)
    if width_of(row) <= width:
        return [row]
    return [line for part in parts for line in wrap(part, width)]
