"""Make a PDF of a sheet, in letters of the usual size or large ones: tagged for screen readers,
with bookmarks, the text's language and embedded fonts.

Only the process that prints or saves imports this module, because fpdf2 takes 0.4 s and 40 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from itertools import groupby

from fpdf import FPDF, ViewerPreferences

from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine
from kiosk.fast_dataclass import dataclass
from kiosk.sheets.pdf_form import draw_form
from kiosk.sheets.pdf_page import (
    LEADING,
    Paper,
    keep_together,
    numbered_document,
    room_left,
    wrapped,
)
from kiosk.sheets.pdf_tags import inside, tagged, untagged

SIZE, LARGE_SIZE = 11.5, 18.0
"""Points of the text; large print is 18 (American Printing House for the Blind)."""
ROOM = 9.0
"""Millimetres of a line to write on."""
MOST_BARE = 0.4
"""Of a page, what may be left bare so that the next part of the sheet is in one piece."""

LEAST_ROWS = 3
"""Rows of a paragraph that stay together."""

_TAGS = {LineRole.HEADING: "/H2", LineRole.SUBHEADING: "/H3"}
_LEVELS = {LineRole.HEADING: 1}
"""Of bookmarks; the title is 0."""
_SCALES = {LineRole.HEADING: 1.25, LineRole.SMALL: 0.8}
_SPACES = {LineRole.HEADING: 0.8, LineRole.SUBHEADING: 0.3}
"""Bare rows above it."""
_BOLD = (LineRole.HEADING, LineRole.SUBHEADING, LineRole.STRONG)
_BULLET = "•"


@dataclass(frozen=True)
class _Paragraph:
    """A line of a sheet, broken into rows; heights in millimetres."""

    role: LineRole
    text: str
    tag: str
    rows: list[str]
    row: float
    size: float
    level: int | None = None

    @property
    def before(self) -> float:
        return self.row * _SPACES.get(self.role, 0.0)

    @property
    def after(self) -> float:
        return 0.0 if self.role is LineRole.ROOM else self.row * 0.35

    @property
    def height(self) -> float:
        return self.before + self.row * len(self.rows) + self.after

    @property
    def is_bold(self) -> bool:
        return self.role in _BOLD

    @property
    def is_point(self) -> bool:
        return self.role is LineRole.POINT

    @property
    def leads_on(self) -> bool:
        """True if the paragraph must stay with the next: it is bold or ends in a colon."""
        return self.is_bold or self.text.endswith(":")


def pdf_of(sheet: Sheet, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """Return a sheet, with its diary form if it has one, as the bytes of a PDF for this paper size;
    `large` is for large print, letters of 18 points.
    """
    pdf = numbered_document(paper, large=large)
    pdf.set_auto_page_break(False)
    pdf.set_title(sheet.title)
    pdf.set_lang({"en": "en-US"}.get(sheet.language, sheet.language))
    pdf.set_creation_date(datetime.now(UTC))
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    size = LARGE_SIZE if large else SIZE
    pdf.add_page()
    title = SheetLine(LineRole.HEADING, sheet.title)
    _draw(pdf, _paragraph(pdf, title, size * 1.2, tag="/H1", level=0), 0.0)
    for part in _parts(_paragraph(pdf, line, size) for line in sheet.lines):
        _keep_part(pdf, part)
        with_needs = zip(part, _needs(part), strict=True)
        for is_list, paragraphs in groupby(with_needs, lambda pair: pair[0].is_point):
            with inside(pdf, "/L") if is_list else nullcontext():
                for paragraph, need in paragraphs:
                    with inside(pdf, "/LI") if is_list else nullcontext():
                        _draw(pdf, paragraph, need)
    if sheet.days:
        draw_form(pdf, sheet, size if large else 10.0)
    return bytes(pdf.output())


def _paragraph(
    pdf: FPDF, line: SheetLine, size: float, tag: str = "/P", level: int | None = None
) -> _Paragraph:
    """Break a line of the sheet into rows."""
    size *= _SCALES.get(line.role, 1.0)
    pdf.set_font("Sans", "B" if line.role in _BOLD else "", size)
    indent = _indent(pdf) if line.role is LineRole.POINT else 0.0
    is_room = line.role is LineRole.ROOM
    return _Paragraph(
        line.role,
        line.text,
        _TAGS.get(line.role, tag) if level is None else tag,
        wrapped(pdf, line.text, pdf.epw - indent),
        max(ROOM, size * LEADING * 1.6) if is_room else size * LEADING,
        size,
        _LEVELS.get(line.role) if level is None else level,
    )


def _indent(pdf: FPDF) -> float:
    return float(pdf.get_string_width(f"{_BULLET} "))


def _parts(paragraphs: Iterable[_Paragraph]) -> Iterator[list[_Paragraph]]:
    """The paragraphs from each heading to the next."""
    part: list[_Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.role is LineRole.HEADING and part:
            yield part
            part = []
        part.append(paragraph)
    yield part


def _keep_part(pdf: FPDF, part: list[_Paragraph]) -> None:
    """Begin a page where that keeps a part in one piece, such as the signs to get help for.

    Small print is divided as it comes, and a part that is longer than a page is.
    """
    height, left = sum(paragraph.height for paragraph in part), room_left(pdf)
    body = pdf.h - 2 * pdf.t_margin
    is_small = any(paragraph.role is LineRole.SMALL for paragraph in part)
    if left < height <= body and left <= body * MOST_BARE and not is_small:
        pdf.add_page()


def _needs(part: list[_Paragraph]) -> list[float]:
    """The millimetres that must be left on a page for each paragraph to begin there."""
    needs: list[float] = []
    below = 0.0
    for paragraph in reversed(part):
        own = paragraph.row * min(len(paragraph.rows), LEAST_ROWS)
        needs.append(own + (paragraph.after + below if paragraph.leads_on else 0.0))
        below = paragraph.before + needs[-1]
    return needs[::-1]


def _draw(pdf: FPDF, paragraph: _Paragraph, need: float) -> None:
    """Print a paragraph, row by row; a page break inside it divides its tag, too."""
    if paragraph.role is LineRole.ROOM:
        _draw_room(pdf, paragraph)
        return
    rows, row = paragraph.rows, paragraph.row
    if pdf.y > pdf.t_margin:
        pdf.ln(paragraph.before)
    pdf.set_font("Sans", "B" if paragraph.is_bold else "", paragraph.size)
    keep_together(pdf, need)
    if paragraph.level is not None:
        pdf.start_section(paragraph.text, level=paragraph.level, strict=False)
    tag, indent = paragraph.tag, 0.0
    if paragraph.is_point:
        tag, indent = "/LBody", _indent(pdf)
        with tagged(pdf, "/Lbl"):
            pdf.cell(indent, row, _BULLET)
    while rows:
        fitting = max(1, int(room_left(pdf) // row))
        with tagged(pdf, tag):
            for shown in rows[:fitting]:
                pdf.set_x(pdf.l_margin + indent)
                pdf.cell(pdf.epw - indent, row, shown, new_x="LMARGIN", new_y="NEXT")
        rows = rows[fitting:]
        if rows:
            pdf.add_page()
            pdf.set_font("Sans", "B" if paragraph.is_bold else "", paragraph.size)
    pdf.ln(paragraph.after)


def _draw_room(pdf: FPDF, room: _Paragraph) -> None:
    """A line to write on, after its label."""
    keep_together(pdf, room.row)
    start = pdf.l_margin
    if room.text:
        pdf.set_font("Sans", "", room.size)
        with tagged(pdf, "/P"):
            pdf.cell(pdf.get_string_width(room.text) + 3, room.row, room.text)
        start = pdf.x
    with untagged(pdf):
        pdf.set_draw_color(110)
        pdf.line(start, pdf.y + room.row - 1.5, pdf.w - pdf.r_margin, pdf.y + room.row - 1.5)
    pdf.set_xy(pdf.l_margin, pdf.y + room.row)
