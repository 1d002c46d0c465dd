"""Classes for the rows of a screen before they get colors: pieces of text with their role, and the
menu item that a touch on them chooses. Functions break text into rows, and find the cells of the
caret and the focus.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.core import cells
from kiosk.fast_dataclass import dataclass, replace


class TextStyle(StrEnum):
    """Role of a piece of text, such as a heading or the focus; a palette says how it is drawn."""

    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"
    TITLE = "title"
    LINE = "line"
    BAR = "bar"
    STATUS = "status"
    NOTICE = "notice"
    FOCUS = "focus"
    CAUTION = "caution"
    URGENT = "urgent"
    """The heading of signs that need help: reversed."""
    URGENT_FRAME = "urgent-frame"
    CODE_LIGHT = "code-light"
    """Black on white in every palette: so it can be scanned."""
    CODE_DARK = "code-dark"


@dataclass(frozen=True)
class Span:
    """A piece of text in one role, and the id of the menu item that a touch on it chooses ("" for
    none).
    """

    text: str
    look: TextStyle = TextStyle.TEXT
    takes: str = ""
    """The item that a touch here takes."""


@dataclass(frozen=True)
class Row:
    """One row of the screen: pieces of text, and the role (`ground`) in which the cells after them
    are drawn.
    """

    pieces: tuple[Span, ...] = ()
    ground: TextStyle = TextStyle.TEXT
    takes: str = ""
    """The item that a touch anywhere on the row takes."""
    part: str = ""
    """The item that the row is a part of, so that it can be scrolled to."""
    caret: int = -1
    """The cell in which the next letter will stand; -1 where none is written in this row."""

    @property
    def text(self) -> str:
        """The row's text without styles and trailing spaces."""
        return "".join(piece.text for piece in self.pieces).rstrip()

    def taken_at(self, x: int) -> str:
        """Return the id of the menu item that a touch at column `x` of the row chooses; "" for
        none.
        """
        for piece in self.pieces:
            if x < cells.width_of(piece.text):
                return piece.takes or self.takes
            x -= cells.width_of(piece.text)
        return self.takes

    def shifted(self, by: int) -> Row:
        """Return a copy of the row, moved to the right by `by` columns."""
        caret = self.caret + by if self.caret >= 0 else -1
        return replace(self, pieces=(Span(" " * by, self.ground), *self.pieces), caret=caret)

    def with_edge(self, column: int, *edge: Span) -> Row:
        """Return a copy of the row, filled with spaces up to `column`, with the pieces `edge` after
        them.
        """
        used = sum(cells.width_of(piece.text) for piece in self.pieces)
        return replace(self, pieces=(*self.pieces, Span(" " * (column - used), self.ground), *edge))


def caret_cell(rows: tuple[Row, ...]) -> tuple[int, int] | None:
    """Return the column and row of the entry field's caret in these rows of a screen; None if no
    row has it.
    """
    return next(((row.caret, y) for y, row in enumerate(rows) if row.caret >= 0), None)


def focus_cell(rows: tuple[Row, ...]) -> tuple[int, int]:
    """Return the column and row where the item in focus begins, in these rows of a screen; if no
    item has the focus, where the title begins; without a title, (0, 0).

    The terminal's cursor is put there, because screen readers and braille displays follow it.
    """
    return _cell_of(rows, TextStyle.FOCUS) or _cell_of(rows, TextStyle.TITLE) or (0, 0)


BORDERS = " ═║╔╗╚╝─│┌┐└┘"
"""Characters that boxes are drawn from: nothing to read."""


def _cell_of(rows: tuple[Row, ...], look: TextStyle) -> tuple[int, int] | None:
    """Return the column and row in which the first words of that look begin; None without any."""
    for y, row in enumerate(rows):
        x = 0
        for piece in row.pieces:
            if piece.look is look and piece.text.strip(BORDERS):
                return x + len(piece.text) - len(piece.text.lstrip()), y
            x += cells.width_of(piece.text)
    return None


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells (8 if `width` is less): at spaces and next
    to wide characters, never at a hyphen, so 25-40 stays whole. A word that is wider than a line is
    broken; an empty text gives one empty line.
    """
    return cells.wrap(text, max(8, width)) or [""]


def flow(pieces: list[Span], width: int, indent: str = "") -> list[list[Span]]:
    """Break pieces of text, joined as running text, into lines of at most `width` cells; return the
    pieces of each line. Each line after the first begins with `indent`.
    """
    lines: list[list[Span]] = [[]]
    used = 0
    for piece in pieces:
        for word, has_space in cells.words_of(piece.text, width - len(indent)):
            starts = used <= len(indent) and (used == 0 or len(lines) > 1)
            space = 0 if starts or not has_space else 1
            size = cells.width_of(word)
            if used and used + space + size > width:
                lines.append([Span(indent, piece.look)] if indent else [])
                used, space = len(indent), 0
            _append(lines[-1], Span(" " * space + word, piece.look, piece.takes))
            used += space + size
    return lines


def _append(line: list[Span], piece: Span) -> None:
    """Add a word; words that look alike stay one piece."""
    last = line[-1] if line else None
    if last and (last.look, last.takes) == (piece.look, piece.takes):
        line[-1] = replace(last, text=last.text + piece.text)
    else:
        line.append(piece)
