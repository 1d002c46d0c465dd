"""Convert rows of the screen to strips, the form in which Textual draws rows, in the colors and
attributes that a palette gives each role of text.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kiosk.core.cells import width_of
from kiosk.core.palette import Palette
from kiosk.ui.rows import Row, TextStyle

GROUNDS: Mapping[TextStyle, tuple[str, str]] = {
    TextStyle.TEXT: ("text", "background"),
    TextStyle.STRONG: ("text", "background"),
    TextStyle.MUTED: ("muted", "background"),
    TextStyle.TITLE: ("title", "background"),
    TextStyle.LINE: ("line", "background"),
    TextStyle.CAUTION: ("caution", "background"),
    TextStyle.URGENT: ("background", "caution"),
    TextStyle.URGENT_FRAME: ("caution", "background"),
    TextStyle.BAR: ("bar-text", "bar"),
    TextStyle.STATUS: ("status-text", "status"),
    TextStyle.NOTICE: ("notice-text", "notice"),
    TextStyle.FOCUS: ("focus-text", "focus"),
}
"""The colour roles of each look: what is drawn, and on what."""

BOLD = {
    TextStyle.STRONG, TextStyle.TITLE, TextStyle.CAUTION, TextStyle.NOTICE, TextStyle.FOCUS,
    TextStyle.URGENT, TextStyle.URGENT_FRAME,
}  # fmt: skip
REVERSED = {TextStyle.FOCUS, TextStyle.NOTICE, TextStyle.URGENT}
"""Looks in reverse video where the colours are the terminal's own."""


def styles_of(palette: Palette) -> dict[TextStyle, Style]:
    """Return the Rich style of each role of text in a palette.

    If the palette uses the terminal's own colors, reverse video shows the focus, notices and signs
    that need help.
    """
    own = palette.kind == "terminal"
    codes = {
        TextStyle.CODE_LIGHT: Style(color="#000000", bgcolor="#ffffff"),
        TextStyle.CODE_DARK: Style(color="#ffffff", bgcolor="#000000"),
    }
    return codes | {
        look: Style(
            color=palette.colours[fore],
            bgcolor=palette.colours[back],
            bold=look in BOLD,
            reverse=own and look in REVERSED,
            underline=own and look is TextStyle.TITLE,
        )
        for look, (fore, back) in GROUNDS.items()
    }


def strip_of(row: Row, styles: Mapping[TextStyle, Style], width: int) -> Strip:
    """Return a row as a Textual strip of exactly `width` cells: filled with spaces, or cut off."""
    segments = [Segment(piece.text, styles[piece.look]) for piece in row.pieces if piece.text]
    used = sum(width_of(piece.text) for piece in row.pieces)
    if used < width:
        segments.append(Segment(" " * (width - used), styles[row.ground]))
    strip = Strip(segments, max(used, width))  # measured here, not by Rich
    return strip if used <= width else strip.crop(0, width)
