"""The rows of a page's middle: title, blocks, and the choices that are the page's own."""

from __future__ import annotations

from kiosk.core.page import Block, Mood, Page, Role
from kiosk.ui.items import Item
from kiosk.ui.rows import Look, Piece, Row, flow, wrap

CURSOR = "_"
MARK = "►"
"""Stands before the focused item, so that the focus shows without colour."""


def text_rows(page: Page, width: int, *, airy: bool) -> list[Row]:
    """Title and blocks. `airy` puts an empty row between blocks."""
    rows = [Row((Piece(line, Look.TITLE),)) for line in wrap(page.title, width)]
    if airy:
        rows.append(Row())
    before: Block | None = None
    for block in page.blocks:
        if before is not None and _apart(before, block, airy=airy):
            rows.append(Row())
        rows += _block_rows(block, width)
        before = block
    return rows


def _apart(before: Block, block: Block, *, airy: bool) -> bool:
    if block.mood is Mood.MARK or (before.mood is block.mood is Mood.POINT):
        return False
    return airy or block.mood is Mood.HEADING


def _block_rows(block: Block, width: int) -> list[Row]:
    if block.mood is Mood.PICTURE:
        rows = [Row((Piece(line, Look.STRONG),)) for line in block.art]
        return [*rows, *_labelled(block, width, Look.MUTED)]
    if block.mood is Mood.POINT:
        return _hung(_labelled(block, width - 2, Look.TEXT), "• ", Look.TEXT)
    if block.mood is Mood.CORRECTION:
        return _hung(_labelled(block, width - 2, Look.TEXT, Look.CAUTION), "│ ", Look.CAUTION, "│ ")
    if block.mood is Mood.GAP:
        return _hung(_labelled(block, width - 2, Look.TEXT), "│ ", Look.LINE, "│ ")
    if block.mood is Mood.SIDE:
        return _hung(_labelled(block, width - 2, Look.TEXT), "  ", Look.TEXT)
    if block.mood is Mood.SOURCE:
        return _hung(_labelled(block, width - 2, Look.TEXT, Look.MUTED), "  ", Look.TEXT)
    looks = {Mood.KEY: Look.STRONG, Mood.HEADING: Look.TITLE, Mood.MARK: Look.MUTED}
    return _labelled(block, width, looks.get(block.mood, Look.TEXT))


def _labelled(block: Block, width: int, look: Look, label: Look = Look.STRONG) -> list[Row]:
    pieces = [Piece(block.label, label), Piece(block.text, look), Piece(block.mark, Look.MUTED)]
    return [Row(tuple(line)) for line in flow(pieces, width)]


def _hung(rows: list[Row], first: str, look: Look, later: str = "  ") -> list[Row]:
    return [
        Row((Piece(later if index else first, look), *row.pieces)) for index, row in enumerate(rows)
    ]


def entry_rows(page: Page, width: int) -> list[Row]:
    """What has been written, and where the next letter will stand."""
    if page.entry is None:
        return []
    pieces = [Piece(page.entry.label, Look.MUTED), Piece(page.entry.text + CURSOR, Look.STRONG)]
    return [Row(), *(Row(tuple(line)) for line in flow(pieces, width, "  "))]


def key_rows(items: tuple[Item, ...], focus: str, width: int) -> list[Row]:
    """The letters, row by row; a row is gone into before one of its letters is picked."""
    rows: list[Row] = []
    for row in (one for one in items if one.is_row):
        letters = [
            one for one in items if one.role is Role.KEY and one.part == row.id and one.group
        ]
        mark = MARK if focus == row.id else " "
        pieces = [Piece(f" {mark} ", Look.FOCUS if focus == row.id else Look.TEXT)]
        room = (width - 3) // max(1, sum(1 for _ in letters))
        pad = " " * max(0, min(2, (room - 1) // 2))
        for one in letters:
            here = one.id == focus
            look = Look.FOCUS if here or focus == row.id else Look.TEXT
            cell = f"{pad}{one.label}{pad}"
            if here:
                cell = f"{MARK}{cell[1:]}" if pad else cell
            pieces.append(Piece(cell, look, one.id))
        rows.append(Row(tuple(pieces), part=row.id, takes=row.id))
    return rows


def choice_rows(
    items: tuple[Item, ...], focus: str, width: int, preview: str, *, spaced: bool
) -> list[Row]:
    """The page's own choices, one under the other; the focused one previews its words."""
    rows: list[Row] = []
    group = ""
    for item in (one for one in items if one.role is Role.MAIN):
        if item.group and item.group != group:
            group = item.group
            rows += (
                [Row(), Row((Piece(group, Look.TITLE),))]
                if rows
                else [Row((Piece(group, Look.TITLE),))]
            )
        elif rows and spaced:
            rows.append(Row(part=item.id, takes=item.id))
        rows += _choice(item, item.id == focus, width)
        if item.id == focus and item.preview:
            rows += _preview(item, width, preview)
    return rows


def _choice(item: Item, focused: bool, width: int) -> list[Row]:
    look = Look.FOCUS if focused else Look.TEXT
    note = f" - {item.note}" if item.note else ""
    lines = wrap(item.label + note, width - 7)
    rows = []
    for index, line in enumerate(lines):
        mark = MARK if focused and not index else " "
        key = item.key if not index else " "
        pieces = [Piece(f" {mark} ", look), Piece(f"{key:1}", look if focused else Look.STRONG)]
        pieces.append(Piece(f"  {line}".ljust(width - 4), look))
        rows.append(Row(tuple(pieces), takes=item.id, part=item.id))
    return rows


def _preview(item: Item, width: int, label: str) -> list[Row]:
    lines = flow([Piece(label, Look.MUTED), Piece(item.preview, Look.STRONG)], width - 6)
    return [Row((Piece("      "), *line), takes=item.id, part=item.id) for line in lines]
