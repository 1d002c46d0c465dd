"""Make plain text of a sheet, which is saved or printed where no PDF can be made because fpdf2 is
not installed.
"""

from __future__ import annotations

from kiosk.core.cells import wrap
from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine

WIDTH = 76
BLANK = "_" * 60
_BEFORE = {LineRole.POINT: "- ", LineRole.HEADING: "", LineRole.SMALL: ""}


def text_of(sheet: Sheet, width: int = WIDTH) -> str:
    """Return a whole sheet as plain text in rows of at most `width` cells: the title and headings
    underlined, then the days of a diary form with blanks to fill in.
    """
    rows = [*wrap(sheet.title, width), "=" * min(width, len(sheet.title))]
    for line in sheet.lines:
        rows += _rows(line, width)
    for day in sheet.days:
        rows += ["", "  ".join([day, *(f"{name}: _____" for name in sheet.daily)])]
        for _ in range(sheet.rows):
            rows += [f"{name}: {BLANK}"[:width] for name in sheet.columns]
    return "\n".join(rows) + "\n"


def _rows(line: SheetLine, width: int) -> list[str]:
    if line.role is LineRole.ROOM:
        return ["", f"{line.text} {BLANK}"[:width].strip()]
    before = _BEFORE.get(line.role, "")
    inner = wrap(line.text, width - len(before))
    rows = [(before if not number else " " * len(before)) + row for number, row in enumerate(inner)]
    if line.role is LineRole.HEADING:
        return ["", *rows, "-" * min(width, max((len(row) for row in rows), default=0))]
    return ["", *rows] if line.role in (LineRole.SUBHEADING, LineRole.STRONG) else rows
