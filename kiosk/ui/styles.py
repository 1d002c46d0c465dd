"""How each look is drawn in a palette."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kiosk.core.palette import Palette
from kiosk.ui.rows import Look, Row

GROUNDS: Mapping[Look, tuple[str, str]] = {
    Look.TEXT: ("text", "background"),
    Look.STRONG: ("text", "background"),
    Look.MUTED: ("muted", "background"),
    Look.TITLE: ("title", "background"),
    Look.LINE: ("line", "background"),
    Look.CAUTION: ("caution", "background"),
    Look.BAR: ("bar-text", "bar"),
    Look.STATUS: ("status-text", "status"),
    Look.NOTICE: ("notice-text", "notice"),
    Look.FOCUS: ("focus-text", "focus"),
}
"""The colour roles of each look: what is drawn, and on what."""

BOLD = {Look.STRONG, Look.TITLE, Look.CAUTION, Look.NOTICE, Look.FOCUS}


def styles_of(palette: Palette) -> dict[Look, Style]:
    """A style a look. With the terminal's own colours the focus is told by reverse video."""
    own = palette.kind == "terminal"
    return {
        look: Style(
            color=palette.colours[fore],
            bgcolor=palette.colours[back],
            bold=look in BOLD,
            reverse=own and look in (Look.FOCUS, Look.NOTICE),
            underline=own and look is Look.TITLE,
        )
        for look, (fore, back) in GROUNDS.items()
    }


def strip_of(row: Row, styles: Mapping[Look, Style], width: int) -> Strip:
    """A row as Textual draws it, filled to `width` cells."""
    segments = [Segment(piece.text, styles[piece.look]) for piece in row.pieces]
    return Strip(segments).adjust_cell_length(width, styles[row.ground])
