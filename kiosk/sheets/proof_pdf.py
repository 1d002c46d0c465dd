"""Make the PDF in which reviewers read a whole topic, on pages in landscape.

The levels of each text stand side by side in tables, with the evidence below.
"""

from __future__ import annotations

from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import VAlign

from kiosk.fast_dataclass import dataclass
from kiosk.sheets.pdf_page import MARGIN, Paper, numbered_document

_TITLE, _HEADING, _LABEL, _TEXT, _SMALL = 16.0, 13.0, 10.0, 9.0, 8.0
"""Points."""
_ROW = 0.45
"""Millimetres of a row for each point of its text."""
_KEY, _WORDING = 12, 30
"""The widths of the columns, as parts of each other."""
_ROOM = 30.0
"""Millimetres that a label needs below it: it never ends a page."""


@dataclass(frozen=True)
class PdfItem:
    """One item of a topic, such as a claim, in the reviewers' PDF: its label, a table of its texts
    in each level, and below it lines in small print, such as its evidence (`behind`).
    """

    label: str
    rows: tuple[tuple[str, ...], ...]
    """The key of each text, and its wordings; one of them where all are the same."""
    behind: tuple[str, ...]
    """Lines in small print below it."""


@dataclass(frozen=True)
class PdfPart:
    """One part of the reviewers' PDF, such as a section of the topic: title, notes and items."""

    title: str
    notes: tuple[str, ...]
    items: tuple[PdfItem, ...]


def proof_as_pdf(
    title: str, note: str, parts: tuple[PdfPart, ...], language: str, paper: Paper = Paper.A4
) -> bytes:
    """Return the reviewers' document of a topic as the bytes of a PDF.

    Args:
        title: the heading of the document.
        note: a line below the heading.
        parts: sections of the topic and others, in order.
        language: the code of the topic's language, such as `en`.
        paper: the size of the pages.
    """
    pdf = numbered_document(paper, landscape=True)
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.set_creation_date(datetime.now(UTC))
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_page()
    _paragraph(pdf, title, _TITLE, bold=True)
    _paragraph(pdf, note, _TEXT)
    for part in parts:
        _part(pdf, part)
    return bytes(pdf.output())


def _part(pdf: FPDF, part: PdfPart) -> None:
    pdf.ln(_HEADING * _ROW)
    _paragraph(pdf, part.title, _HEADING, bold=True)
    for note in part.notes:
        _paragraph(pdf, note, _TEXT)
    for item in part.items:
        if pdf.will_page_break(_ROOM):
            pdf.add_page()
        _paragraph(pdf, item.label, _LABEL, bold=True)
        _table(pdf, item.rows)
        pdf.ln(0.8)
        for line in item.behind:
            _paragraph(pdf, line, _SMALL)
        pdf.ln(2)


def _table(pdf: FPDF, rows: tuple[tuple[str, ...], ...]) -> None:
    """Print rows of a key and its texts; a single text goes over all columns."""
    pdf.set_font("Sans", "", _TEXT)
    columns = max(len(row) for row in rows) - 1
    widths = (_KEY, *[_WORDING] * columns)
    with pdf.table(
        col_widths=widths, text_align="LEFT", v_align=VAlign.T, line_height=_TEXT * _ROW,
        first_row_as_headings=False, padding=0.8,
    ) as table:  # fmt: skip
        for key, *texts in rows:
            row = table.row()
            row.cell(key)
            for text in texts:
                row.cell(text, colspan=columns if len(texts) == 1 else 1)


def _paragraph(pdf: FPDF, text: str, size: float, *, bold: bool = False) -> None:
    if text:
        pdf.set_font("Sans", "B" if bold else "", size)
        pdf.multi_cell(0, size * _ROW, text, new_x="LMARGIN", new_y="NEXT", align="L")
