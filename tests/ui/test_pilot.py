"""The Textual app, by keys, letters, mouse: the whole visit, and no way out of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from kiosk.core.page import Block, BlockKind, PageKind
from kiosk.core.port import VisitController
from kiosk.core.visit import VisitDefaults
from kiosk.ui.app import KioskApp
from kiosk.ui.body import text_rows
from kiosk.ui.styles import strip_of, styles_of
from tests.support.shipped import Clock, pack, palettes, shelf
from tests.support.ui.pilot import kind, screen, to_door, visit


@pytest.mark.parametrize(
    "size",
    [(80, 24), *(pytest.param(size, marks=pytest.mark.slow) for size in [(40, 15), (200, 60)])],
)
async def test_the_whole_visit_with_four_keys(size: tuple[int, int]) -> None:
    async with visit(size) as (pilot, clock):
        await to_door(pilot)
        reading = pilot.app.screen.reading  # type: ignore[attr-defined]
        for _ in range(20):
            if reading.focus == "cautions":
                break
            await pilot.press("up")
        assert "►" in screen(pilot)
        await pilot.press("enter")
        assert kind(pilot) is PageKind.CAUTION
        presses = 0
        while kind(pilot) is PageKind.CAUTION:
            clock.now += 3
            assert "zinc" not in screen(pilot).casefold()
            focus = pilot.app.screen.reading.focus  # type: ignore[attr-defined]
            await pilot.press("enter" if focus == "acknowledge" or focus == "read-on" else "down")
            presses += 1
            assert presses < 60
        assert kind(pilot) is PageKind.PRODUCTS
        while "product-zinc" not in [item.id for item in pilot.app.screen.reading.items]:  # type: ignore[attr-defined]
            await pilot.press("n")
        assert kind(pilot) is PageKind.PRODUCTS
        await pilot.press("o", "up", "down", "enter")


async def test_letters_and_digits_reach_everything() -> None:
    async with visit() as (pilot, clock):
        await pilot.press("1", "1", "n", "n", "s")
        assert kind(pilot) is PageKind.STEPS
        await pilot.press("9")
        assert kind(pilot) is PageKind.STEP
        await pilot.press("1")
        assert kind(pilot) is PageKind.CAUTION
        for _ in range(4):
            clock.now += 3
            await pilot.press("1")
        assert kind(pilot) is PageKind.PRODUCTS
        await pilot.press("o", "1")
        assert kind(pilot) is PageKind.WELCOME
        await pilot.press("1", "1", "s", "9", "1")
        assert kind(pilot) is PageKind.CAUTION


async def test_the_mouse_reaches_everything_shown() -> None:
    async with visit() as (pilot, _):
        await pilot.click(offset=(10, row_of(pilot, "START")))
        assert kind(pilot) is PageKind.READERS
        await pilot.click(offset=(10, row_of(pilot, "easy words")))
        await pilot.click(offset=(60, row_of(pilot, "Next")))
        assert "When do I need help" in screen(pilot)
        await pilot.click(offset=(10, row_of(pilot, "Back")))
        assert "Is there a treatment" in screen(pilot)
        y = row_of(pilot, "H Help")
        await pilot.click(offset=(screen(pilot).split("\n")[y].index("H Help"), y))
        assert kind(pilot) is PageKind.HELP


def row_of(pilot: Pilot[None], words: str) -> int:
    return next(y for y, row in enumerate(screen(pilot).split("\n")) if words in row)


@pytest.mark.slow
async def test_a_held_key_passes_no_caution() -> None:
    async with visit() as (pilot, clock):
        await to_door(pilot)
        await pilot.press("1")
        for _ in range(200):
            clock.now += 1 / 30
            await pilot.press("1")
        assert kind(pilot) is PageKind.CAUTION
        assert "Caution 1 of 4" in screen(pilot)
        assert "Then wait 3 seconds, and answer once." in screen(pilot)


@pytest.mark.parametrize(
    "key",
    ["ctrl+q", "ctrl+c", "ctrl+p", "f1", *(
        pytest.param(key, marks=pytest.mark.slow)
        for key in ("ctrl+z", "ctrl+backslash", "ctrl+d", "ctrl+l", "f5", "f12", "ctrl+s", "alt+x",
                    "insert", "delete", "ctrl+v", "ctrl+x")
    )],
)  # fmt: skip
async def test_no_inherited_key_does_anything(key: str) -> None:
    async with visit() as (pilot, _):
        await pilot.press("enter", "enter")
        before = screen(pilot)
        await pilot.press(key)
        assert screen(pilot) == before
        assert pilot.app.is_running
        assert len(pilot.app.screen_stack) == 1


async def test_the_window_may_change_its_size_at_any_time() -> None:
    async with visit() as (pilot, _):
        await pilot.press("enter", "enter")
        for size in ((40, 15), (20, 5), (1, 1), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert "Is there a treatment" in screen(pilot)


def test_authored_text_is_never_markup() -> None:
    from tests.support.ui.driving import Driver

    page = Driver().reading.page
    text = "[bold]x[/] [@click=app.quit]y[/] [link=file:///etc]z[/link] :smile:"
    page = replace(page, title=text, blocks=(Block(BlockKind.TEXT, text),))
    rows = text_rows(page, 76, airy=True)
    styles = styles_of(palettes()[0])
    drawn = [strip_of(row, styles, 76) for row in rows]
    assert [strip.text.rstrip() for strip in drawn] == [text, "", text]
    assert all(not segment.style.meta for strip in drawn for segment in strip if segment.style)


async def test_one_key_changes_the_colours_and_nothing_else() -> None:
    async with visit() as (pilot, _):
        before = screen(pilot)
        pictures = {pilot.app.export_screenshot()}
        for _ in palettes()[1:]:
            await pilot.press("c")
            await pilot.pause()
            assert screen(pilot) == before
            pictures.add(pilot.app.export_screenshot())
        assert len(pictures) == len(palettes())


async def test_q_leaves_from_welcome_and_only_from_there() -> None:
    async with visit() as (pilot, _):
        await pilot.press("enter", "q")
        assert pilot.app.is_running
        await pilot.press("b", "q")
        await pilot.pause()
    assert pilot.app.return_code == 0


async def test_a_second_enter_at_once_skips_no_window_of_text() -> None:
    clock = Clock()
    opening = VisitDefaults("en")
    port = VisitController(pack().library(), opening, clock, shelf())
    app = KioskApp(port, palettes(), may_quit=True)
    async with app.run_test(size=(40, 15)) as pilot:
        for _ in range(2):
            clock.now += 1
            await pilot.press("enter")
        reading = app.screen.reading  # type: ignore[attr-defined]
        assert reading.unread
        clock.now += 1
        await pilot.press("enter")
        after_one = reading.offset
        assert after_one > 0
        clock.now += 0.12
        await pilot.press("enter")
        assert reading.offset == after_one
        await pilot.press("pagedown")  # moves the text and takes nothing
        assert reading.offset > after_one
