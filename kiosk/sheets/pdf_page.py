"""Pages of a PDF: their size, margins, numbers and fonts, and how a text is broken into rows."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from fpdf import FPDF

from kiosk.sheets.pdf_tags import NestedTags, untagged

FONTS = Path(__file__).resolve().parent / "fonts"
MARGIN = 18.0
"""Millimetres."""
FOOT = 15.0
"""Millimetres at the foot of a page, for its number."""
LEADING = 0.46
"""Millimetres of a row for each point of its text."""


class Paper(StrEnum):
    """Size of the paper, by the names that CUPS and fpdf2 have for it."""

    LETTER = "Letter"
    A4 = "A4"


class _Document(FPDF):
    """Pages with a number at the foot, which a screen reader passes over."""

    number_size = 9.0
    """Points of that number."""

    def footer(self) -> None:
        """Print the number of the page."""
        self.set_y(-FOOT)
        self.set_font("Sans", "", self.number_size)
        with untagged(self):
            self.cell(0, 8, str(self.page_no()), align="C")


def numbered_document(paper: Paper, *, landscape: bool = False, large: bool = False) -> FPDF:
    """Return an empty document of numbered pages."""
    pdf = _Document("landscape" if landscape else "portrait", format=paper.value)
    if large:
        pdf.number_size = 14.0
    pdf.struct_builder = NestedTags()
    pdf.set_margin(MARGIN)
    pdf.add_font("Sans", "", FONTS / "DejaVuSans.ttf")
    pdf.add_font("Sans", "B", FONTS / "DejaVuSans-Bold.ttf")
    return pdf


def room_left(pdf: FPDF) -> float:
    """Return the millimetres that are left on the page."""
    return pdf.h - FOOT - 2 - pdf.y


def keep_together(pdf: FPDF, height: float) -> None:
    """Begin a new page if less than `height` millimetres are left on this one."""
    if height > room_left(pdf):
        family, style, size = pdf.font_family, pdf.font_style, pdf.font_size_pt
        pdf.add_page()
        pdf.set_font(family, style, size)


def wrapped(pdf: FPDF, text: str, width: float) -> list[str]:
    """Break a text into rows at its spaces; each but the last keeps the one it is broken at.

    fpdf2 can do it, and measures a row anew for each letter: two thirds of the time of a sheet.
    Without the space, a screen reader would make one word of a row's last and the next one's first.
    """
    width -= 2 * pdf.c_margin
    rows = [""]
    used = 0.0
    for word in text.split(" "):
        for number, piece in enumerate(_pieces(pdf, word, width)):
            size = pdf.get_string_width(f" {piece}")
            if rows[-1] and used + size > width:
                rows[-1] += "" if number else " "
                rows.append("")
                used = 0.0
            rows[-1] += f" {piece}" if rows[-1] else piece
            used += size
    return rows


def _pieces(pdf: FPDF, word: str, width: float) -> Iterator[str]:
    """A word, cut where it alone is wider than a row."""
    while len(word) > 1 and pdf.get_string_width(word) > width:
        fitting = len(word) // 2
        while fitting > 1 and pdf.get_string_width(word[:fitting]) > width:
            fitting //= 2
        yield word[:fitting]
        word = word[fitting:]
    yield word
