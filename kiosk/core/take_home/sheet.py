"""Types of a sheet, the hand-out or the diary form: its lines in reading order, and the table of
the form.

A sheet is made from library and visit, as a page is, and holds no more than pages may show.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.core.take_home.state import SheetKind
from kiosk.fast_dataclass import dataclass


class LineRole(StrEnum):
    """Role of a line of a sheet, such as a heading, a point or room to write."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    STRONG = "strong"
    POINT = "point"
    SMALL = "small"
    ROOM = "room"
    """Room to write in, with its label; empty for a bare line."""


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet: the text of a paragraph, and its role, such as heading."""

    role: LineRole
    text: str


@dataclass(frozen=True)
class Sheet:
    """A hand-out or diary form in one language, to be printed, saved or shown: title, lines, and
    for the form its columns, days and empty rows.
    """

    kind: SheetKind
    language: str
    title: str
    lines: tuple[SheetLine, ...]
    columns: tuple[str, ...] = ()
    """Of a form: the names of its columns."""
    days: tuple[str, ...] = ()
    """Of a form: the name of each day, above its rows."""
    daily: tuple[str, ...] = ()
    """Of a form: names of the entries to fill in once for each day."""
    rows: int = 0
    """Of a form: empty rows for each day."""
