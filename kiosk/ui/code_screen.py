"""Make the screen that shows a QR code to scan: at the left the code, which holds as much of the
text as a code that fits the window can; at its right the page's words and choices.

The code is black on white in every theme. Half-block characters show two of its modules (squares)
in one cell; in a terminal without them, such as the Linux console, each module takes two cells
that are drawn as spaces with a background.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.cells import padded, width_of
from kiosk.core.page import BlockKind, ChoiceRole, Page
from kiosk.fast_dataclass import replace
from kiosk.ui.items import MenuItem
from kiosk.ui.rows import Row, Span, TextStyle, wrap

LEAST_SIDE = 10
"""Columns next to a code, for Back and Next."""
_HALVES = {(True, False): "▀", (False, True): "▄"}


def code_rows(
    page: Page, items: tuple[MenuItem, ...], size: tuple[int, int], focus: str, number: int,
    say: Callable[..., str], *, halves: bool,
) -> tuple[tuple[Row, ...], int] | None:  # fmt: skip
    """Return a pair: the rows of a screen that shows one of a page's QR codes, and how many codes
    the page's text takes. Return None if no code fits the window.

    Args:
        page: the page; it must have a block with the text for the codes.
        items: its menu items, drawn next to the code.
        size: columns and rows of the window.
        focus: the id of the item in focus.
        number: which code is shown, from 0; above the last, the last.
        say: returns a phrase of the interface by its key.
        halves: whether the terminal has half-block characters.
    """
    from kiosk.sheets.codes import code_of, texts_for

    columns, height = size
    text = next(block.text for block in page.blocks if block.mood is BlockKind.CODE)
    across = columns - LEAST_SIDE - 1
    room = min(2 * height, across) if halves else min(height, across // 2)
    texts = texts_for(text, room)
    if not texts:
        return None
    number = max(0, min(number, len(texts) - 1))
    modules = code_of(texts[number], room)
    if modules is None:
        return None
    drawn = _halved(modules) if halves else _doubled(modules)
    width = sum(width_of(span.text) for span in drawn[0])
    said = say("ui.code", number=number + 1, count=len(texts)) if len(texts) > 1 else ""
    side = _side(page, items, focus, columns - width - 1, height, said)
    rows = []
    for y in range(height):
        code = drawn[y] if y < len(drawn) else (Span(" " * width),)
        beside = tuple(replace(span, takes=side[y].takes) for span in side[y].pieces)
        rows.append(Row((*code, Span(" "), *beside)))
    return tuple(rows), len(texts)


def _halved(modules: tuple[tuple[bool, ...], ...]) -> list[tuple[Span, ...]]:
    """Two rows of modules in a row of cells."""
    light = (False,) * len(modules[0])
    pairs = [
        (modules[y], modules[y + 1] if y + 1 < len(modules) else light)
        for y in range(0, len(modules), 2)
    ]
    return [tuple(_half(*pair) for pair in zip(*both, strict=True)) for both in pairs]


def _half(top: bool, bottom: bool) -> Span:
    look = TextStyle.CODE_DARK if top and bottom else TextStyle.CODE_LIGHT
    return Span(_HALVES.get((top, bottom), " "), look)


def _doubled(modules: tuple[tuple[bool, ...], ...]) -> list[tuple[Span, ...]]:
    """A module in two cells."""
    dark, light = Span("  ", TextStyle.CODE_DARK), Span("  ", TextStyle.CODE_LIGHT)
    return [tuple(dark if is_dark else light for is_dark in row) for row in modules]


def _side(
    page: Page, items: tuple[MenuItem, ...], focus: str, width: int, height: int, said: str
) -> list[Row]:
    """Return the rows of words and choices next to a code: Back and Next at the foot, in any
    window.
    """
    ways = (ChoiceRole.BACK, ChoiceRole.NEXT)
    foot = [_choice(item, focus, width) for item in _ordered(items, ways)]
    head = [Row((Span(line, TextStyle.STRONG),)) for line in (wrap(said, width) if said else ())]
    text = [Row((Span(line, TextStyle.TITLE),)) for line in wrap(page.title, width)]
    for block in page.blocks:
        if block.mood is not BlockKind.CODE or not said:  # what is in several codes is long
            text += [Row(), *(Row((Span(line),)) for line in wrap(block.text, width))]
    text += [Row(), *(Row((Span(line, TextStyle.MUTED),)) for line in wrap(page.status, width))]
    tools = [_choice(item, focus, width) for item in _ordered(items, (ChoiceRole.TOOL,))]
    rows = [*head, Row()] if head else []
    if len(rows) + len(text) + len(foot) + 2 <= height:
        rows += text
    if len(rows) + len(tools) + len(foot) + 2 <= height:
        foot = [*tools, Row(), *foot]
    rows = rows[: max(0, height - len(foot))]
    return [*rows, *[Row()] * (height - len(rows) - len(foot)), *foot]


def _ordered(items: tuple[MenuItem, ...], roles: tuple[ChoiceRole, ...]) -> list[MenuItem]:
    return [item for role in roles for item in items if item.role is role]


def _choice(item: MenuItem, focus: str, width: int) -> Row:
    look = TextStyle.FOCUS if item.id == focus else TextStyle.TEXT
    mark = "►" if item.id == focus else " "
    room = width - width_of(f"{mark}{item.key} ")
    label = next((label for label in item.labels if width_of(label) <= room), item.labels[-1])
    text = padded(f"{mark}{item.key} {label}", width)
    return Row((Span(text, look),), takes=item.id, part=item.id)
