"""Rows of a screen before any colour: pieces of text, what they are, what a touch takes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from enum import StrEnum


class TextStyle(StrEnum):
    """What a piece of text is; a palette says how that is drawn."""

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


@dataclass(frozen=True)
class Span:
    """A run of text that looks alike."""

    text: str
    look: TextStyle = TextStyle.TEXT
    takes: str = ""
    """The item that a touch here takes."""


@dataclass(frozen=True)
class Row:
    """One row of cells; what its pieces do not fill looks like `ground`."""

    pieces: tuple[Span, ...] = ()
    ground: TextStyle = TextStyle.TEXT
    takes: str = ""
    """The item that a touch anywhere on the row takes."""
    part: str = ""
    """The item that the row is a part of, so that it can be scrolled to."""

    @property
    def text(self) -> str:
        """The row as it reads, without trailing spaces."""
        return "".join(piece.text for piece in self.pieces).rstrip()

    def taken_at(self, x: int) -> str:
        """The item that a touch at column `x` takes; empty where there is none."""
        for piece in self.pieces:
            if x < len(piece.text):
                return piece.takes or self.takes
            x -= len(piece.text)
        return self.takes

    def shifted(self, by: int) -> Row:
        """The row moved `by` columns to the right."""
        return replace(self, pieces=(Span(" " * by, self.ground), *self.pieces))


def focus_cell(rows: tuple[Row, ...]) -> tuple[int, int]:
    """The column and row of the sign at the focused item; of the title where nothing has it.

    The terminal's cursor stands there, because that is what braille and speech follow.
    """
    return _cell_of(rows, TextStyle.FOCUS) or _cell_of(rows, TextStyle.TITLE) or (0, 0)


BORDERS = " ═║╔╗╚╝─│┌┐└┘"
"""What boxes are drawn from: nothing to read."""


def _cell_of(rows: tuple[Row, ...], look: TextStyle) -> tuple[int, int] | None:
    """Where the first words of that look begin."""
    for y, row in enumerate(rows):
        x = 0
        for piece in row.pieces:
            if piece.look is look and piece.text.strip(BORDERS):
                return x + len(piece.text) - len(piece.text.lstrip()), y
            x += len(piece.text)
    return None


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells; 25-40 is not broken at its hyphen."""
    return textwrap.wrap(text, max(8, width), break_on_hyphens=False) or [""]


def flow(pieces: list[Span], width: int, indent: str = "") -> list[list[Span]]:
    """Pieces as lines of at most `width` cells; later lines begin with `indent`."""
    lines: list[list[Span]] = [[]]
    used = 0
    for piece in pieces:
        for word in piece.text.split(" "):
            if not word:
                continue
            space = 1 if used > len(indent) or (used and len(lines) == 1) else 0
            if used and used + space + len(word) > width:
                lines.append([Span(indent, piece.look)] if indent else [])
                used, space = len(indent), 0
            _append(lines[-1], Span(" " * space + word, piece.look, piece.takes))
            used += space + len(word)
    return lines


def _append(line: list[Span], piece: Span) -> None:
    """Add a word; words that look alike stay one piece."""
    last = line[-1] if line else None
    if last and (last.look, last.takes) == (piece.look, piece.takes):
        line[-1] = replace(last, text=last.text + piece.text)
    else:
        line.append(piece)
