"""Makes a PDF document whose pages have a size, margins, numbers and loaded fonts; breaks text into
rows, and begins a new page where what follows would not fit.
"""

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
    """Size of the paper that a PDF is drawn for; a value is the name that CUPS and fpdf2 know it
    by.
    """

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
    """Return a new PDF document with the kiosk's fonts and margins, and as yet no page; each page
    that is added gets its number at the bottom. `landscape` turns the pages on their long side,
    `large` enlarges the numbers.
    """
    pdf = _Document("landscape" if landscape else "portrait", format=paper.value)
    if large:
        pdf.number_size = 14.0
    pdf.struct_builder = NestedTags()
    pdf.set_margin(MARGIN)
    pdf.add_font("Sans", "", FONTS / "DejaVuSans.ttf")
    pdf.add_font("Sans", "B", FONTS / "DejaVuSans-Bold.ttf")
    return pdf


def room_left(pdf: FPDF) -> float:
    """Return how many millimeters of height are left on the current page of a PDF above its page
    number.
    """
    return pdf.h - FOOT - 2 - pdf.y


def keep_together(pdf: FPDF, height: float) -> None:
    """Begin a new page of a PDF, with the font as it was, if less than `height` millimeters are
    left on the current one.
    """
    if height > room_left(pdf):
        family, style, size = pdf.font_family, pdf.font_style, pdf.font_size_pt
        pdf.add_page()
        pdf.set_font(family, style, size)


def wrapped(pdf: FPDF, text: str, width: float) -> list[str]:
    """Return a text broken at spaces into rows of at most `width` millimeters in the PDF's current
    font; a longer word is cut. Each row but the last keeps its space at the end.

    Without that space, a screen reader would join the last word of a row to the first of the next.
    fpdf2 could break the text, but measures a row again for each letter, which takes two thirds of
    the time of a sheet.
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
