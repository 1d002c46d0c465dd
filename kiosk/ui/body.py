"""Make the rows of the scrolled part of a page, between the bars at top and bottom: title and
blocks, entry field, on-screen keyboard, and the choices that belong to this page alone.
"""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType

from kiosk.core.cells import padded, width_of
from kiosk.core.page import Block, BlockKind, ChoiceRole, Page
from kiosk.ui.items import MenuItem
from kiosk.ui.rows import Row, Span, TextStyle, flow, wrap
from kiosk.ui.table import table_rows
from kiosk.ui.text_field import field_rows

MARK = "►"
"""Stands before the focused item, so that the focus shows without colour."""
FRAMES = MappingProxyType({"now": ("███", "█", "███"), "soon": ("╔═╗", "║", "╚═╝")})
"""The frame around signs that need help: its top, its sides, its bottom, by how soon."""


def text_rows(page: Page, width: int, *, airy: bool) -> list[Row]:
    """Return the rows of a page's title and blocks, for a window of `width` cells; `airy` puts an
    empty row after the title and between blocks. Signs that need help stand in a frame.
    """
    rows = [Row((Span(line, TextStyle.TITLE),)) for line in wrap(page.title, width)]
    if airy:
        rows.append(Row())
    before: Block | None = None
    for urgent, group in groupby(page.blocks, key=lambda block: block.urgent):
        blocks = list(group)
        if before is not None and _apart(before, blocks[0], airy=airy):
            rows.append(Row())
        inner = _blocks_rows(blocks, width - 4 if urgent else width, airy=airy)
        rows += _framed(inner, width, urgent) if urgent else inner
        before = blocks[-1]
    return rows


def _blocks_rows(blocks: list[Block], width: int, *, airy: bool) -> list[Row]:
    rows: list[Row] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and _apart(before, block, airy=airy and not block.urgent):
            rows.append(Row())
        rows += _block_rows(block, width)
        before = block
    return rows


def _framed(rows: list[Row], width: int, urgent: str) -> list[Row]:
    """Rows in a heavy frame, unlike that of any other page; the first, its heading, reversed."""
    top, side, bottom = FRAMES[urgent]
    look = TextStyle.URGENT_FRAME
    framed = [Row((Span(top[0] + top[1] * (width - 2) + top[2], look),))]
    for row in rows:
        fill = width - 4 - sum(width_of(piece.text) for piece in row.pieces)
        inner = row.pieces[0].look if row.pieces else TextStyle.TEXT
        ground = inner if inner is TextStyle.URGENT else TextStyle.TEXT
        pieces = (Span(" ", ground), *row.pieces, Span(" " * (max(0, fill) + 1), ground))
        framed.append(Row((Span(side, look), *pieces, Span(side, look))))
    framed.append(Row((Span(bottom[0] + bottom[1] * (width - 2) + bottom[2], look),)))
    return framed


def _apart(before: Block, block: Block, *, airy: bool) -> bool:
    if block.mood is BlockKind.MARK or (before.mood is block.mood is BlockKind.POINT):
        return False
    return airy or block.mood is BlockKind.HEADING


def _block_rows(block: Block, width: int) -> list[Row]:
    if block.mood is BlockKind.CODE:  # the window is too small to draw it: its words, to be typed
        lines = (wrap(line, width) for line in block.text.split("\n"))
        return [Row((Span(row, TextStyle.STRONG),)) for rows in lines for row in rows]
    if block.mood is BlockKind.TABLE:
        return table_rows(block, width)
    if block.urgent and block.mood is BlockKind.HEADING:
        return [Row((Span(line, TextStyle.URGENT),)) for line in wrap(block.text, width)]
    if block.mood is BlockKind.PICTURE:
        rows = [Row((Span(line, TextStyle.STRONG),)) for line in block.art]
        return [*rows, *_labelled(block, width, TextStyle.MUTED)]
    if block.mood is BlockKind.POINT:
        return _hung(_labelled(block, width - 2, TextStyle.TEXT), "• ", TextStyle.TEXT)
    if block.mood is BlockKind.FINDING:
        return _hung(
            _labelled(block, width - 2, TextStyle.TEXT, TextStyle.CAUTION),
            "│ ",
            TextStyle.CAUTION,
            "│ ",
        )
    if block.mood is BlockKind.GAP:
        return _hung(_labelled(block, width - 2, TextStyle.TEXT), "│ ", TextStyle.LINE, "│ ")
    if block.mood is BlockKind.SIDE:
        return _hung(_labelled(block, width - 2, TextStyle.TEXT), "  ", TextStyle.TEXT)
    if block.mood is BlockKind.SOURCE:
        return _hung(
            _labelled(block, width - 2, TextStyle.TEXT, TextStyle.MUTED), "  ", TextStyle.TEXT
        )
    looks = {
        BlockKind.KEY: TextStyle.STRONG,
        BlockKind.HEADING: TextStyle.TITLE,
        BlockKind.MARK: TextStyle.MUTED,
    }
    return _labelled(block, width, looks.get(block.mood, TextStyle.TEXT))


def _labelled(
    block: Block, width: int, look: TextStyle, label: TextStyle = TextStyle.STRONG
) -> list[Row]:
    pieces = [Span(block.label, label), Span(block.text, look), Span(block.mark, TextStyle.MUTED)]
    return [Row(tuple(line)) for line in flow(pieces, width)]


def _hung(rows: list[Row], first: str, look: TextStyle, later: str = "  ") -> list[Row]:
    return [
        Row((Span(later if index else first, look), *row.pieces)) for index, row in enumerate(rows)
    ]


def entry_rows(page: Page, width: int, caret: int) -> list[Row]:
    """Return the rows of a page's entry field: its label, and the text written so far with the
    caret at index `caret`; an empty list if the page has no field.
    """
    if page.entry is None:
        return []
    return [Row(), *field_rows(page.entry.label, page.entry.text, caret, width)]


def key_rows(items: tuple[MenuItem, ...], focus: str, width: int) -> list[Row]:
    """Return the rows of the on-screen keyboard, whose letters visitors without a keyboard choose
    to write; an empty list if the page has none.

    The menu item with the id `focus` is highlighted: a whole row of letters at first, and a letter
    of that row after the row has been chosen.
    """
    rows: list[Row] = []
    for row in (item for item in items if item.is_row):
        letters = [
            letter
            for letter in items
            if letter.role is ChoiceRole.KEY and letter.part == row.id and letter.group
        ]
        mark = MARK if focus == row.id else " "
        pieces = [Span(f" {mark} ", TextStyle.FOCUS if focus == row.id else TextStyle.TEXT)]
        room = (width - 3) // max(1, sum(1 for _ in letters))
        pad = " " * max(0, min(2, (room - 1) // 2))
        for key in letters:
            here = key.id == focus
            look = TextStyle.FOCUS if here or focus == row.id else TextStyle.TEXT
            cell = f"{pad}{key.label}{pad}"
            if here:
                cell = f"{MARK}{cell[1:]}" if pad else cell
            pieces.append(Span(cell, look, key.id))
        rows.append(Row(tuple(pieces), part=row.id, takes=row.id))
    return rows


def choice_rows(
    items: tuple[MenuItem, ...], focus: str, width: int, preview: str, *, spaced: bool
) -> list[Row]:
    """Return the rows of the choices that belong to this page alone (not Back, Next and the tools),
    one below the other, under the headings of their groups.

    Args:
        items: all menu items of the page.
        focus: the id of the item in focus; the item's preview, if it has one, is shown below it.
        width: of the window, in cells.
        preview: the label before a preview.
        spaced: whether an empty row stands between choices.
    """
    rows: list[Row] = []
    group = ""
    for item in (choice for choice in items if choice.role is ChoiceRole.MAIN):
        if item.group and item.group != group:
            group = item.group
            rows += (
                [Row(), Row((Span(group, TextStyle.TITLE),))]
                if rows
                else [Row((Span(group, TextStyle.TITLE),))]
            )
        elif rows and spaced:
            rows.append(Row(part=item.id, takes=item.id))
        rows += _choice(item, item.id == focus, width)
        if item.id == focus and item.preview:
            rows += _preview(item, width, preview)
    return rows


def _choice(item: MenuItem, focused: bool, width: int) -> list[Row]:
    look = TextStyle.FOCUS if focused else TextStyle.TEXT
    note = f" - {item.note}" if item.note else ""
    lines = wrap(item.label + note, width - 7)
    rows = []
    for index, line in enumerate(lines):
        mark = MARK if focused and not index else " "
        key = item.key if not index else " "
        pieces = [Span(f" {mark} ", look), Span(f"{key:1}", look if focused else TextStyle.STRONG)]
        pieces.append(Span(padded(f"  {line}", width - 4), look))
        rows.append(Row(tuple(pieces), takes=item.id, part=item.id))
    return rows


def _preview(item: MenuItem, width: int, label: str) -> list[Row]:
    lines = flow([Span(label, TextStyle.MUTED), Span(item.preview, TextStyle.STRONG)], width - 6)
    return [Row((Span("      "), *line), takes=item.id, part=item.id) for line in lines]
