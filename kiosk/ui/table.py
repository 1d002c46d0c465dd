"""Lay out a table of a page in columns; in a window too narrow for them, as a list of names and
values.
"""

from __future__ import annotations

from kiosk.core.cells import padded, width_of
from kiosk.core.page import Block
from kiosk.ui.rows import Row, Span, TextStyle, flow, wrap

BETWEEN = "│ "
"""Between two columns."""
LEAST_CELL = 8
"""Cells of the narrowest column: `rows.wrap` breaks no text to less."""


def table_rows(block: Block, width: int) -> list[Row]:
    """Return the rows of the screen for a block that is a table: its title, the names of the
    columns, and the rows of the table, with a line above each.

    If the columns are too narrow for their longest words, each row of the table becomes a list of
    column names and values.
    """
    title = [Row((Span(line, TextStyle.TITLE),)) for line in wrap(block.text, width) if line]
    widths = column_widths(block.cells, width)
    if sum(widths) + len(BETWEEN) * (len(widths) - 1) > width:
        return [*title, *_as_list(block, width)]
    rule = Row((Span("┼─".join("─" * column_width for column_width in widths), TextStyle.LINE),))
    rows = _cells(block.cells[0], widths, TextStyle.STRONG)
    for cells in block.cells[1:]:
        rows += [rule, *_cells(cells, widths, TextStyle.TEXT)]
    return [*title, *rows]


def column_widths(cells: tuple[tuple[str, ...], ...], width: int) -> list[int]:
    """Return the width of each column of a table, in cells: at least that of its longest word; what
    is left of `width` is shared by how much text the columns have.

    If the longest words do not fit side by side, the columns together are wider than `width`.
    """
    columns = list(zip(*cells, strict=True))
    room = width - len(BETWEEN) * (len(columns) - 1)
    least = [
        max(LEAST_CELL, *(width_of(word) for cell in column for word in cell.split()))
        for column in columns
    ]
    spare = max(0, room - sum(least))
    totals = [sum(map(len, lengths)) for lengths in columns]
    widths = [
        low + spare * share // max(1, sum(totals)) for low, share in zip(least, totals, strict=True)
    ]
    widths[-1] += max(0, room - sum(widths))
    return widths


def _cells(cells: tuple[str, ...], widths: list[int], look: TextStyle) -> list[Row]:
    """One row of the table, as many rows of the screen as its longest cell takes."""
    lines = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    rows = []
    for number in range(max(map(len, lines))):
        pieces: list[Span] = []
        for column, width in enumerate(widths):
            text = lines[column][number] if number < len(lines[column]) else ""
            pieces += [Span(BETWEEN, TextStyle.LINE)] if column else []
            pieces.append(Span(padded(text, width), look))
        rows.append(Row(tuple(pieces)))
    return rows


def _as_list(block: Block, width: int) -> list[Row]:
    rows: list[Row] = []
    for row in block.rows:
        rows.append(Row())
        for name, cell in row:
            pieces = [Span(f"{name}:", TextStyle.STRONG), Span(cell, TextStyle.TEXT)]
            rows += [Row(tuple(line)) for line in flow(pieces, width, "  ")]
    return rows
