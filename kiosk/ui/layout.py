"""Lay out a whole screen: the bars at top and bottom, and the visible part of the page's middle
between them; for a page of QR codes, one code; in a window too small for any page, a request to
enlarge it.
"""

from __future__ import annotations

from kiosk.core.cells import cut, padded, width_of
from kiosk.core.page import ChoiceRole, Page, PageKind
from kiosk.fast_dataclass import dataclass, replace
from kiosk.ui.body import MARK, choice_rows, entry_rows, key_rows, text_rows
from kiosk.ui.code_screen import code_rows
from kiosk.ui.items import MenuItem, Say
from kiosk.ui.rows import Row, Span, TextStyle, wrap
from kiosk.ui.scroll_bar import SCROLL_BAR, ScrollBar

MEASURE = 76
"""The widest text, in cells: longer lines are hard to find the beginning of."""
MOST_ROWS = 36
"""The tallest page: in a taller window Next stays near the text."""
ROOMY = 18
"""Rows from which a page that must be scrolled anyway keeps its empty rows."""
LEAST = (38, 12)
"""The smallest window, in columns and rows, that a page can be read in."""


@dataclass(frozen=True)
class ScreenLayout:
    """A laid-out screen, as `draw` returns it: the rows to show, and the counts of rows that the
    view of the page needs to scroll and to place touches.
    """

    rows: tuple[Row, ...]
    window: int
    """The number of rows of the middle that show."""
    length: int
    """The number of rows of the middle."""
    text_end: int
    """The number of rows of its text, without the choices."""
    parts: tuple[str, ...]
    """For each row of the middle, the item that it is a part of."""
    top: int = 0
    """The number of rows above the window."""


class BodyCache:
    """Cache of the laid-out rows of a page's middle (title, text and choices), so that scrolling
    does not lay them out again.

    A cache is for one page and one size of the window: `clear()` must be called when either
    changes.
    """

    def __init__(self) -> None:
        self.texts: dict[tuple[int, bool], list[Row]] = {}
        self.middles: dict[tuple[object, ...], tuple[list[Row], int]] = {}

    def clear(self) -> None:
        """Remove all rows from the cache."""
        self.texts.clear()
        self.middles.clear()


def draw(
    page: Page, items: tuple[MenuItem, ...], size: tuple[int, int], focus: str, offset: int,
    notice: str, say: Say, caret: int = 0, cache: BodyCache | None = None, *, halves: bool = True,
) -> ScreenLayout:  # fmt: skip
    """Return the laid-out screen of a page; if the window is too small, a screen that asks to
    enlarge it.

    Args:
        page: the page in view.
        items: its menu items.
        size: columns and rows of the window.
        focus: the id of the item in focus.
        offset: how many rows of the page's middle are scrolled away above; on a page of QR codes,
            which code is shown, from 0.
        notice: a sentence shown in place of the page's own notice; or "".
        say: returns a phrase of the interface by its key.
        caret: the index in the entry field's text where the next letter will stand.
        cache: rows laid out before, for this page and size; it is added to. None for none.
        halves: whether the terminal has half-block characters, for QR codes.
    """
    cache = cache or BodyCache()
    columns, height = size
    if page.kind is PageKind.CODES and columns >= LEAST[0] and height >= LEAST[1]:
        codes = code_rows(page, items, size, focus, offset, say, halves=halves)
        if codes is not None:
            return ScreenLayout(codes[0], 1, codes[1], codes[1], ())
        notice = notice or say("ui.code-too-small")
    if height > MOST_ROWS:
        inner = (columns, MOST_ROWS)
        drawn = draw(page, items, inner, focus, offset, notice, say, caret, cache, halves=halves)
        return _centred(drawn, height)
    if columns < LEAST[0] or height < LEAST[1]:
        return _too_small(columns, height, say)
    width = min(columns - 2, MEASURE)
    margin = (columns - width) // 2
    above = _top(page, columns, width, margin)
    said = _notice(notice or page.notice, columns, width, margin)
    below = _tools(items, focus, width, margin)
    boxed = height >= 22
    nav = _nav(items, focus, width, say, boxed=boxed, is_unread=False)
    window = height - len(above) - len(below) - len(nav) - 1
    key = (items, focus, caret, window)
    if key not in cache.middles:
        dimensions = (width, window, height)
        cache.middles[key] = _middle(page, items, focus, caret, dimensions, say, cache.texts)
    middle, text_end = cache.middles[key]
    window -= max(0, len(said) - 1)
    offset = max(0, min(offset, len(middle) - window))
    shown = [row.shifted(margin) for row in middle[offset : offset + window]]
    shown += [Row()] * (window - len(shown))
    if 0 < window < len(middle):
        shown = _with_bar(shown, ScrollBar(window, len(middle), offset), margin + width, columns)
    is_cut = offset + window < len(middle)
    is_unread = offset + window < text_end
    nav = _nav(items, focus, width, say, boxed=boxed, is_unread=is_unread)
    edge = _edge(margin, width, say("ui.more-below") if is_cut else "")
    rows = [*above, *shown, *(said or [edge])]
    rows += [row.shifted(margin) for row in nav]
    rows += below
    return ScreenLayout(
        tuple(rows), window, len(middle), text_end, tuple(row.part for row in middle), len(above)
    )


def _with_bar(rows: list[Row], bar: ScrollBar, column: int, columns: int) -> list[Row]:
    """Rows with a scroll bar behind them; what is right of it is its own, for a finger is wide."""
    return [
        row.with_edge(
            column,
            Span(bar.sign(y), TextStyle.LINE, SCROLL_BAR),
            Span(" " * (columns - column - 1), TextStyle.TEXT, SCROLL_BAR),
        )
        for y, row in enumerate(rows)
    ]


def _middle(
    page: Page,
    items: tuple[MenuItem, ...],
    focus: str,
    caret: int,
    dimensions: tuple[int, int, int],
    say: Say,
    texts: dict[tuple[int, bool], list[Row]],
) -> tuple[list[Row], int]:
    """Title, text and choices; as airy as the window allows.

    `dimensions` are the width of the text, the rows of the window and those of the screen.
    """
    width, window, height = dimensions

    def text_of(*, airy: bool) -> list[Row]:
        if (width, airy) not in texts:
            texts[width, airy] = text_rows(page, width, airy=airy)
        return [*texts[width, airy], *entry_rows(page, width, caret)]

    preview = say("readers.preview")
    for airy, spaced in ((True, True), (True, False), (False, False)):
        text = text_of(airy=airy)
        choices = choice_rows(items, focus, width, preview, spaced=spaced)
        letters = key_rows(items, focus, width)
        choices += [Row(), *letters] if choices and letters else letters
        gap = [Row()] if choices and (page.blocks or airy) else []
        if len(text) + len(gap) + len(choices) <= window:
            break
    else:
        # Where the text alone fits, its empty rows would only push the choices out of view.
        text = text_of(airy=height >= ROOMY and len(text) > window)
        if page.kind is PageKind.WELCOME:  # START is in view in the smallest window
            title = len(wrap(page.title, width))
            return [*text[:title], *choices, *gap, *text[title:]], title
    return [*text, *gap, *choices], len(text)


def _top(page: Page, columns: int, width: int, margin: int) -> list[Row]:
    sides = [side for side in (page.clinic, page.step_label) if side]
    room = width - sum(width_of(side) for side in sides)
    if len(sides) == 2 and room < 2:
        bars = [sides[1], sides[0]] if width >= MEASURE else [sides[1]]
    else:
        bars = [(" " * room).join(sides) if len(sides) == 2 else sides[0] if sides else ""]
    lines = (
        line for bar in bars for line in ([bar] if width_of(bar) <= width else wrap(bar, width))
    )
    rows = [_filled(line, columns, margin, TextStyle.BAR) for line in lines]
    if page.status:
        rows += [
            _filled(line, columns, margin, TextStyle.STATUS)
            for line in wrap(page.status, columns - 2)
        ]
    return rows


def _notice(notice: str, columns: int, width: int, margin: int) -> list[Row]:
    """Return the rows of a notice, in the place of the edge: it moves nothing under a finger."""
    if not notice:
        return []
    return [
        _filled(line, columns, margin, TextStyle.NOTICE) for line in wrap(f"{MARK} {notice}", width)
    ]


def _filled(text: str, columns: int, margin: int, look: TextStyle) -> Row:
    size = width_of(text)
    left = min(margin, max(1, (columns - size) // 2) if size > columns - 2 * margin else margin)
    return Row((Span(padded(" " * left + text, columns), look),), ground=look)


def _edge(margin: int, width: int, text: str) -> Row:
    label = f" ▼ {text} " if text else ""
    line = "─" * (width - width_of(label) - 2) + label + "──"
    return Row((Span(" " * margin + line, TextStyle.LINE),))


def _nav(
    items: tuple[MenuItem, ...], focus: str, width: int, say: Say, *, boxed: bool, is_unread: bool
) -> list[Row]:
    """Back and Next, always in the same place. Next reads "Read on" while text waits below."""
    by_role = {item.role: item for item in items if item.role in (ChoiceRole.BACK, ChoiceRole.NEXT)}
    if not by_role:
        return [Row()] * (3 if boxed else 1)
    half = (width - 2) // 2
    rows = [Row()] * (3 if boxed else 1)
    for role in (ChoiceRole.BACK, ChoiceRole.NEXT):
        item = by_role.get(role)
        if item is None:
            drawn: list[tuple[Span, ...]] = [(Span(" " * half),)] * len(rows)
        else:
            labels = (say("ui.read-on"),) if role is ChoiceRole.NEXT and is_unread else item.labels
            drawn = _button(item, labels, item.id == focus, half, boxed=boxed)
        gap = Span("  ") if role is ChoiceRole.NEXT else Span("")
        rows = [Row((*row.pieces, gap, *pieces)) for row, pieces in zip(rows, drawn, strict=True)]
    return rows


def _button(
    item: MenuItem, labels: tuple[str, ...], focused: bool, width: int, *, boxed: bool
) -> list[tuple[Span, ...]]:
    look = TextStyle.FOCUS if focused else TextStyle.TEXT
    before = f" {MARK if focused else ' '} {item.key}  "
    room = width - 2 - width_of(before)
    label = next((label for label in labels if width_of(label) <= room), labels[-1])
    text = padded(cut(f"{before}{label}", width - 2), width - 2)
    if not boxed:
        return [(Span(f"[{text}]", look, item.id),)]
    across, down, corners = ("═", "║", "╔╗╚╝") if focused else ("─", "│", "┌┐└┘")
    edge = look if focused else TextStyle.LINE
    return [
        (Span(corners[0] + across * (width - 2) + corners[1], edge, item.id),),
        (Span(down, edge, item.id), Span(text, look, item.id), Span(down, edge, item.id)),
        (Span(corners[2] + across * (width - 2) + corners[3], edge, item.id),),
    ]


def _tools(items: tuple[MenuItem, ...], focus: str, width: int, margin: int) -> list[Row]:
    """Return the bar of tools, the choices that are always there, in as few rows as it takes."""
    tools = [item for item in items if item.role is ChoiceRole.TOOL]
    long = sum(width_of(tool.label) + 4 for tool in tools) <= width + 2
    short = sum(width_of(tool.short or tool.label) + 4 for tool in tools)
    gap = " " if long or short <= width + 2 else ""  # the mark's own cell still divides them
    rows: list[list[Span]] = [[]]
    used = 0
    for tool in tools:
        label = tool.label if long or not tool.short else tool.short
        mark = MARK if tool.id == focus else " "
        cell = f"{mark}{tool.key} {label}{gap}"
        if used and used + width_of(cell) > width + 2:
            rows.append([])
            used = 0
        look = TextStyle.FOCUS if tool.id == focus else TextStyle.BAR
        rows[-1].append(Span(cell, look, tool.id))
        used += width_of(cell)
    return [
        Row((Span(" " * max(0, margin - 1), TextStyle.BAR), *pieces), ground=TextStyle.BAR)
        for pieces in rows
    ]


def _centred(frame: ScreenLayout, height: int) -> ScreenLayout:
    above = (height - len(frame.rows)) // 2
    below = height - len(frame.rows) - above
    rows = (*[Row()] * above, *frame.rows, *[Row()] * below)
    return replace(frame, rows=rows, top=frame.top + above)


def _too_small(columns: int, height: int, say: Say) -> ScreenLayout:
    lines = wrap(say("ui.enlarge"), max(8, columns))[:height]
    rows = [Row((Span(cut(line, columns), TextStyle.STRONG),)) for line in lines]
    rows += [Row()] * (height - len(rows))
    return ScreenLayout(tuple(rows), 0, 1, 1, ())
