"""A sheet as PDF: tagged, with bookmarks, its language and its own fonts.

Only the process that prints or saves imports this: fpdf2 and what it needs take 0.4 s and 40 MB.
fpdf2 tags figures only: `_tagged` does for text what its `_marked_sequence` does for those. A test
reads the tags back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from fpdf import FPDF, ViewerPreferences

from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine

FONTS = Path(__file__).resolve().parent / "fonts"
MARGIN = 18.0
"""Millimetres."""
SIZE, LARGE_SIZE = 11.5, 18.0
"""Points of the text; large print is 18 (American Printing House for the Blind)."""
LEADING = 0.46
"""Millimetres of a row for each point of its text."""
FOOT = 15.0
"""Millimetres at the foot of a page, for its number."""
ROOM = 9.0
"""Millimetres of a line to write on."""
ROW = 6.7
"""Millimetres of a row of the diary form: with three a day, seven days fit a page."""
WIDTHS = (0.13, 0.47, 0.25, 0.15)
"""Of the columns of the diary form, as parts of the width."""


class Paper(StrEnum):
    """The size of the paper, as CUPS and fpdf2 name it."""

    LETTER = "Letter"
    A4 = "A4"


_SCALES = {LineRole.HEADING: 1.25, LineRole.SMALL: 0.8}
_BOLD = (LineRole.HEADING, LineRole.STRONG)


class _Document(FPDF):
    """Pages with a number at the foot, which a screen reader passes over."""

    def footer(self) -> None:
        """Print the number of the page."""
        self.set_y(-FOOT)
        self.set_font("Sans", "", 9)
        with _untagged(self):
            self.cell(0, 8, str(self.page_no()), align="C")


def numbered_document(paper: Paper, *, landscape: bool = False) -> FPDF:
    """Return an empty document of numbered pages."""
    pdf = _Document("landscape" if landscape else "portrait", format=paper.value)
    pdf.set_margin(MARGIN)
    return pdf


@contextmanager
def _tagged(pdf: FPDF, tag: str) -> Iterator[None]:
    """Mark what is drawn, all on one page, as an element of the structure."""
    number = pdf.struct_builder.next_mcid_for_page(pdf.page)
    pdf._add_marked_content(struct_type=tag, mcid=number)
    pdf._out(f"{tag} <</MCID {number}>> BDC")
    yield
    pdf._out("EMC")


@contextmanager
def _untagged(pdf: FPDF) -> Iterator[None]:
    """Mark what is drawn as no part of the text."""
    pdf._out("/Artifact BMC")
    yield
    pdf._out("EMC")


def pdf_of(sheet: Sheet, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """The sheet as the bytes of a PDF."""
    pdf = numbered_document(paper)
    pdf.set_auto_page_break(False)
    pdf.set_title(sheet.title)
    pdf.set_lang({"en": "en-US"}.get(sheet.language, sheet.language))
    pdf.set_creation_date(datetime.now(UTC))
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.add_font("Sans", "", FONTS / "DejaVuSans.ttf")
    pdf.add_font("Sans", "B", FONTS / "DejaVuSans-Bold.ttf")
    size = LARGE_SIZE if large else SIZE
    pdf.add_page()
    _paragraph(pdf, "/H1", sheet.title, size * 1.5, bold=True, level=0)
    for line in sheet.lines:
        _line(pdf, line, size)
    if sheet.days:
        _form(pdf, sheet, size if large else 10.0)
    return bytes(pdf.output())


def _line(pdf: FPDF, line: SheetLine, size: float) -> None:
    if line.role is LineRole.ROOM:
        _room(pdf, line.text, size)
        return
    is_heading = line.role is LineRole.HEADING
    tag = "/H2" if is_heading else "/P"
    text = f"• {line.text}" if line.role is LineRole.POINT else line.text
    _paragraph(
        pdf,
        tag,
        text,
        size * _SCALES.get(line.role, 1.0),
        bold=line.role in _BOLD,
        level=1 if is_heading else None,
        hangs=line.role is LineRole.POINT,
    )


def _paragraph(
    pdf: FPDF, tag: str, text: str, size: float, *, bold: bool, level: int | None = None,
    hangs: bool = False,
) -> None:  # fmt: skip
    """Print a paragraph, row by row; a page break inside it divides its tag, too."""
    row = size * LEADING
    pdf.set_font("Sans", "B" if bold else "", size)
    indent = pdf.get_string_width("• ") if hangs else 0.0
    first, *others = text.split(" ", 1) if hangs else (text,)
    body = others[0] if others else first
    rows = _wrapped(pdf, body, pdf.epw - indent)
    if level is not None and pdf.y > pdf.t_margin:
        pdf.ln(row * 0.8)
    _keep_together(pdf, row * min(len(rows), 3) + (3 * row if level is not None else 0.0))
    if level is not None:
        pdf.start_section(text, level=level, strict=False)
    number = 0
    while number < len(rows):
        fitting = max(1, int((pdf.h - FOOT - 2 - pdf.y) // row))
        with _tagged(pdf, tag):
            for shown in rows[number : number + fitting]:
                if hangs and not number:
                    pdf.cell(indent, row, first)
                pdf.set_x(pdf.l_margin + indent)
                pdf.cell(pdf.epw - indent, row, shown, new_x="LMARGIN", new_y="NEXT")
                number += 1
        if number < len(rows):
            pdf.add_page()
            pdf.set_font("Sans", "B" if bold else "", size)
    pdf.ln(row * 0.35)


def _wrapped(pdf: FPDF, text: str, width: float) -> list[str]:
    """Break a text into rows at its spaces.

    fpdf2 can do it, and measures a row anew for each letter: two thirds of the time of a sheet.
    """
    width -= 2 * pdf.c_margin
    rows = [""]
    used = 0.0
    for word in text.split(" "):
        for piece in _pieces(pdf, word, width):
            size = pdf.get_string_width(f" {piece}")
            if rows[-1] and used + size > width:
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


def _keep_together(pdf: FPDF, height: float) -> None:
    """Begin a page where so many millimetres are not left."""
    if pdf.y + height > pdf.h - FOOT - 2:
        family, style, size = pdf.font_family, pdf.font_style, pdf.font_size_pt
        pdf.add_page()
        pdf.set_font(family, style, size)


def _room(pdf: FPDF, label: str, size: float) -> None:
    """A line to write on, after its label."""
    height = max(ROOM, size * LEADING * 1.6)
    _keep_together(pdf, height)
    start = pdf.l_margin
    if label:
        pdf.set_font("Sans", "", size)
        with _tagged(pdf, "/P"):
            pdf.cell(pdf.get_string_width(label) + 3, height, label)
        start = pdf.x
    with _untagged(pdf):
        pdf.set_draw_color(110)
        pdf.line(start, pdf.y + height - 1.5, pdf.w - pdf.r_margin, pdf.y + height - 1.5)
    pdf.set_xy(pdf.l_margin, pdf.y + height)


def _form(pdf: FPDF, sheet: Sheet, size: float) -> None:
    """The diary form: a day after another, its rows empty."""
    height = max(ROW, size * LEADING * 1.3)
    widths = [pdf.epw * part for part in WIDTHS]
    names = [*sheet.columns][: len(widths)]
    for number, day in enumerate(sheet.days):
        before = pdf.page
        _keep_together(pdf, height * (sheet.rows + 1) + 1)
        if not number or pdf.page != before:
            _names(pdf, names, widths, size * 0.85)
        _day(pdf, day, sheet.daily, height, size * 0.85)
        with _untagged(pdf):
            for _ in range(sheet.rows):
                for width in widths:
                    pdf.cell(width, height, "", border=1)
                pdf.set_xy(pdf.l_margin, pdf.y + height)
        pdf.ln(1)


def _day(pdf: FPDF, day: str, daily: tuple[str, ...], height: float, size: float) -> None:
    """The name of a day, and what is filled in for it, each with a line to write on."""
    names = (day, *daily)
    pdf.set_draw_color(110)
    for name in names:
        pdf.set_font("Sans", "B" if name == day else "", size)
        width = pdf.get_string_width(name) + 3
        with _tagged(pdf, "/P"):
            pdf.cell(width, height, name)
        if name != day:
            end = pdf.x + (pdf.epw - 20) / len(names) - width
            with _untagged(pdf):
                pdf.line(pdf.x, pdf.y + height - 2, max(pdf.x + 8, end), pdf.y + height - 2)
            pdf.set_x(max(pdf.x + 8, end) + 3)
    pdf.set_xy(pdf.l_margin, pdf.y + height)


def _names(pdf: FPDF, names: list[str], widths: list[float], size: float) -> None:
    """The names of the columns, in as many rows as the longest needs."""
    pdf.set_font("Sans", "B", size)
    row = size * LEADING
    wrapped = [_wrapped(pdf, name, width) for name, width in zip(names, widths, strict=True)]
    top, left = pdf.y, pdf.l_margin
    for rows, width in zip(wrapped, widths, strict=True):
        pdf.set_xy(left, top)
        with _tagged(pdf, "/P"):
            for shown in rows:
                pdf.cell(width, row, shown)
                pdf.set_xy(left, pdf.y + row)
        left += width
    pdf.set_xy(pdf.l_margin, top + row * max(len(rows) for rows in wrapped) + 1)
