"""The scroll bar: drawn where a page is longer than its window, and dragged by a finger."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from kiosk.core.cells import width_of
from kiosk.ui.scroll_bar import SCROLL_BAR, ScrollBar
from tests.support.ui.driving import Driver
from tests.support.ui.pilot import screen, visit


def test_the_thumb_shows_where_the_window_is() -> None:
    for length in range(11, 200, 7):
        starts = []
        for offset in range(length - 10 + 1):
            bar = ScrollBar(10, length, offset)
            assert sum(bar.sign(row) == "█" for row in range(10)) == bar.size
            starts.append(bar.start)
        assert starts == sorted(starts)
        assert starts[0] == 0
        assert starts[-1] == 10 - bar.size
        if bar.size <= 8:
            assert starts[1] > 0
            assert starts[-2] < starts[-1]


def test_a_drag_reaches_both_ends() -> None:
    bar = ScrollBar(10, 95, 40)
    grip = bar.grip(bar.start)
    assert bar.offset_at(-50, grip) == 0
    assert bar.offset_at(99, grip) == 85
    offsets = [bar.offset_at(row, grip) for row in range(10)]
    assert offsets == sorted(offsets)


def long_page(size: tuple[int, int]) -> Driver:
    driver = Driver(size)
    driver.take("start")
    driver.take("reader-health-care")
    assert driver.reading.more_below
    return driver


@pytest.mark.parametrize("size", [(40, 15), (38, 12), (120, 13)])
def test_a_bar_stands_beside_a_long_page_and_is_as_wide_as_a_finger(size: tuple[int, int]) -> None:
    driver = long_page(size)
    frame = driver.reading.frame
    for y, row in enumerate(frame.rows):
        inside = frame.top <= y < frame.top + frame.window
        assert (row.taken_at(size[0] - 1) == SCROLL_BAR) == inside
        assert width_of(row.text) <= size[0]


def test_no_bar_stands_beside_a_page_that_is_whole() -> None:
    assert "█" not in Driver().shown


async def touch(pilot: Pilot[None], kind: type[events.MouseEvent], x: int, y: int) -> None:
    pilot.app.screen.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    await pilot.pause()


async def test_a_finger_drags_the_text_and_takes_nothing_where_it_lets_go() -> None:
    async with visit((40, 15)) as (pilot, _):
        await pilot.press("enter", "enter")
        view = pilot.app.screen.reading  # type: ignore[attr-defined]
        title, top, window = view.page.title, view.frame.top, view.frame.window
        await touch(pilot, events.MouseDown, 39, top)
        for y in range(top, top + window):
            await touch(pilot, events.MouseMove, 39, y)
        assert view.offset == view.frame.length - window
        await touch(pilot, events.MouseMove, 30, top)
        assert view.offset == 0
        y = next(y for y, row in enumerate(screen(pilot).split("\n")) if "Back" in row)
        await touch(pilot, events.MouseUp, 10, y)
        assert view.page.title == title
        await touch(pilot, events.MouseMove, 30, top + 5)
        assert view.offset == 0
