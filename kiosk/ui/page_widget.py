"""The kiosk's only Textual widget: holds the rows of the screen, redraws those that change, and
finds the menu item at a cell.
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
    """Textual widget that draws the rows of the whole screen in the colors of a palette."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._styles: dict[TextStyle, Style] = styles_of(palette)

    def recolour(self, palette: Palette) -> None:
        """Draw the rows again in the colors of `palette`."""
        self._styles = styles_of(palette)
        self.refresh()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Replace the rows of the screen by `rows`, and redraw those that differ."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self.refresh()
            return
        changed = [y for y, pair in enumerate(zip(before, rows, strict=True)) if pair[0] != pair[1]]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def taken_at(self, x: int, y: int) -> str:
        """Return the id of the menu item that a touch at column `x` and row `y` chooses; "" for
        none.
        """
        return self._rows[y].taken_at(x) if 0 <= y < len(self._rows) else ""

    def render_line(self, y: int) -> Strip:
        """Return row `y` of the window (from 0, at the top) as a Textual
        strip; Textual calls this.
        """
        row = self._rows[y] if y < len(self._rows) else Row()
        return strip_of(row, self._styles, self.size.width)
