"""The only Textual widget of the kiosk: it holds the rows of the screen and redraws those that
change.
"""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kiosk.core.palette import Palette
from kiosk.ui.rows import Row, TextStyle
from kiosk.ui.styles import strip_of, styles_of


class PageWidget(Widget, inherit_bindings=False):
    """The Textual widget that draws the rows of a screen in the colors of a palette."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._styles: dict[TextStyle, Style] = styles_of(palette)

    def recolour(self, palette: Palette) -> None:
        """Draw in another palette."""
        self._styles = styles_of(palette)
        self.refresh()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Draw `rows`."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self.refresh()
            return
        changed = [y for y, pair in enumerate(zip(before, rows, strict=True)) if pair[0] != pair[1]]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def taken_at(self, x: int, y: int) -> str:
        """The item that a touch at a cell takes; empty where there is none."""
        return self._rows[y].taken_at(x) if 0 <= y < len(self._rows) else ""

    def render_line(self, y: int) -> Strip:
        """Return a row of the window, by its number from 0, as Textual draws it."""
        row = self._rows[y] if y < len(self._rows) else Row()
        return strip_of(row, self._styles, self.size.width)
