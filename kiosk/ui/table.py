"""Lay out a table as rows of cells; in a narrow window, as a list of names and values."""

from __future__ import annotations

from kiosk.core.cells import padded, width_of
from kiosk.core.page import Block
from kiosk.ui.rows import Row, Span, TextStyle, flow, wrap

BETWEEN = "│ "
"""Between two columns."""
LEAST_CELL = 8
"""Cells of the narrowest column: `rows.wrap` breaks no text to less."""


def table_rows(block: Block, width: int) -> list[Row]:
    """Return the rows of a block that is a table: title, names of the columns, and each row below a
    line.

    If words of a column would have to be broken, the table becomes a list of names and values.
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
    """Return the width of each column, in cells: at least that of its longest word, and the rest
    shared by how much text it has.

    If the longest words together are wider than `width`, so are the columns.
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
