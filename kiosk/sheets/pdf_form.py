"""Draw the diary form in a sheet's PDF: a heading for each day, and empty rows to write in below
it.
"""

from __future__ import annotations

from fpdf import FPDF

from kiosk.core.take_home.sheet import Sheet
from kiosk.sheets.pdf_page import LEADING, keep_together, wrapped
from kiosk.sheets.pdf_tags import inside, tagged, untagged

ROW = 6.7
"""Millimetres of a row: with three a day, seven days fit a page."""
WIDTHS = (0.13, 0.47, 0.25, 0.15)
"""Of the columns, as parts of the width."""
_FOR_COLUMN = "<</O /Table /Scope /Column>>"
_FOR_ALL = f"<</O /Table /ColSpan {len(WIDTHS)}>>"
"""Attributes of cells that are headings: of a column, and over all columns."""


def draw_form(pdf: FPDF, sheet: Sheet, size: float) -> None:
    """Draw the diary form of a sheet in a PDF, one day below another, no day divided by a page
    break. The names of the columns are printed on each page, but tagged for screen readers only
    once.

    Args:
        pdf: the document; drawing begins at its current position.
        sheet: has the days, the columns' names and the number of rows for each day.
        size: of the letters, in points.
    """
    height = max(ROW, size * LEADING * 1.3)
    widths = [pdf.epw * part for part in WIDTHS]
    with inside(pdf, "/Table"):
        for number, day in enumerate(sheet.days):
            before = pdf.page
            keep_together(pdf, height * (sheet.rows + 1) + 1)
            if not number:
                with inside(pdf, "/TR"):
                    _names(pdf, sheet, widths, size * 0.85, tells=True)
            elif pdf.page != before:
                _names(pdf, sheet, widths, size * 0.85, tells=False)
            with inside(pdf, "/TR"), inside(pdf, "/TH", _FOR_ALL):
                _day(pdf, (day, *sheet.daily), height, size * 0.85)
            for _ in range(sheet.rows):
                _empty_row(pdf, widths, height)
            pdf.ln(1)


def _empty_row(pdf: FPDF, widths: list[float], height: float) -> None:
    with inside(pdf, "/TR"):
        for width in widths:
            with inside(pdf, "/TD"), untagged(pdf):
                pdf.cell(width, height, "", border=1)
    pdf.set_xy(pdf.l_margin, pdf.y + height)


def _day(pdf: FPDF, names: tuple[str, ...], height: float, size: float) -> None:
    """The name of a day, and what is filled in for it, each with a line to write on."""
    pdf.set_draw_color(110)
    for number, name in enumerate(names):
        pdf.set_font("Sans", "" if number else "B", size)
        width = pdf.get_string_width(name) + 3
        with tagged(pdf, "/P"):
            pdf.cell(width, height, name)
        if number:
            end = pdf.x + (pdf.epw - 20) / len(names) - width
            with untagged(pdf):
                pdf.line(pdf.x, pdf.y + height - 2, max(pdf.x + 8, end), pdf.y + height - 2)
            pdf.set_x(max(pdf.x + 8, end) + 3)
    pdf.set_xy(pdf.l_margin, pdf.y + height)


def _names(pdf: FPDF, sheet: Sheet, widths: list[float], size: float, *, tells: bool) -> None:
    """The names of the columns, in as many rows as the longest needs."""
    pdf.set_font("Sans", "B", size)
    row = size * LEADING
    columns = [
        wrapped(pdf, name, width) for name, width in zip(sheet.columns, widths, strict=False)
    ]
    top, left = pdf.y, pdf.l_margin
    for rows, width in zip(columns, widths, strict=False):
        pdf.set_xy(left, top)
        with tagged(pdf, "/TH", _FOR_COLUMN) if tells else untagged(pdf):
            for shown in rows:
                pdf.cell(width, row, shown)
                pdf.set_xy(left, pdf.y + row)
        left += width
    pdf.set_xy(pdf.l_margin, top + row * max((len(rows) for rows in columns), default=0) + 1)
