"""Writing a question: on a keyboard, with four keys, by touch, by paste."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from kiosk.core.cells import width_of
from kiosk.core.events import Panel, PanelOpened
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.core.question import LONGEST_QUESTION
from kiosk.core.visit import VisitDefaults
from kiosk.ui.text_field import field_rows
from kiosk.ui.view import PageView
from tests.support.shipped import AT_ONCE, Clock, pack, shelf
from tests.support.ui.pilot import kind, screen, visit

SIZES = [(40, 15), *(pytest.param(size, marks=pytest.mark.slow) for size in [(80, 24), (200, 60)])]


def reading(pilot: Pilot[None]) -> PageView:
    screen = pilot.app.screen.reading  # type: ignore[attr-defined]
    assert isinstance(screen, PageView)
    return screen


def written(pilot: Pilot[None]) -> str:
    entry = reading(pilot).page.entry
    assert entry is not None
    return entry.text


async def to_the_question(pilot: Pilot[None]) -> None:
    await pilot.press("enter", "enter", "k")
    assert kind(pilot) is PageKind.ASK


async def test_a_keyboard_writes_and_enter_asks() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await pilot.press("h", "o", "w", "space", "n", "q", "backspace", "space", "1")
        assert written(pilot) == "how n 1"
        assert "how n 1_" in screen(pilot)
        await pilot.press("enter")
        assert kind(pilot) is PageKind.ANSWER
        assert "You asked: how n 1" in screen(pilot)


async def test_no_letter_takes_a_choice_where_letters_are_written() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        for letter in "kahwspbnlocq":
            await pilot.press(letter)
        assert written(pilot) == "kahwspbnlocq"
        assert kind(pilot) is PageKind.WRITE


async def test_backspace_with_nothing_written_goes_back() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await pilot.press("x", "backspace")
        assert kind(pilot) is PageKind.WRITE
        await pilot.press("backspace")
        assert kind(pilot) is PageKind.ASK
        await pilot.press("backspace")
        assert kind(pilot) is PageKind.STEP


async def press_until(pilot: Pilot[None], key: str, focus: str) -> None:
    for _ in range(40):
        if reading(pilot).focus == focus:
            return
        await pilot.press(key)
    raise AssertionError(f"{focus} is not reached from {reading(pilot).focus}")


@pytest.mark.parametrize("size", SIZES)
async def test_four_keys_write_a_word_and_ask(size: tuple[int, int]) -> None:
    async with visit(size) as (pilot, _):
        await to_the_question(pilot)
        await press_until(pilot, "down", "write")
        await pilot.press("enter")
        assert kind(pilot) is PageKind.WRITE
        for letter in "gas":
            row = next(item.part for item in reading(pilot).items if item.id == f"key-{letter}")
            key = "up" if reading(pilot).focus > row else "down"
            await press_until(pilot, key, row)
            assert "►" in screen(pilot)
            await pilot.press("enter")
            await press_until(pilot, "down", f"key-{letter}")
            await pilot.press("enter")
            assert reading(pilot).focus == row
        assert written(pilot) == "gas"
        await press_until(pilot, "up", "ask-this")
        await pilot.press("enter")
        assert kind(pilot) is PageKind.ANSWER


@pytest.mark.slow
async def test_back_leaves_a_row_of_letters_before_the_page() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await press_until(pilot, "down", "write")
        await pilot.press("enter", "down", "enter")
        assert reading(pilot).focus.startswith("key-")
        await pilot.press("escape")
        assert reading(pilot).focus.startswith("row-")
        assert kind(pilot) is PageKind.WRITE


async def test_touching_a_letter_writes_it() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await pilot.press("x", "backspace")
        rows = screen(pilot).split("\n")
        y = next(y for y, row in enumerate(rows) if " k " in row and " l " in row)
        await pilot.click(offset=(rows[y].index("l"), y))
        assert written(pilot) == "l"


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.post_message(events.Paste(text))
    await pilot.pause()


async def test_what_is_pasted_is_written_as_one_line() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await paste(pilot, "is it\nin my head\x1b[31m" + "x" * 400)
        assert written(pilot).startswith("is it in my head")
        assert written(pilot).isprintable()
        assert len(written(pilot)) == 421


async def test_text_that_is_too_long_is_refused_whole_and_aloud() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await paste(pilot, "x" * (LONGEST_QUESTION + 1))
        assert written(pilot) == ""
        assert "We could not take all of that" in screen(pilot)
        await paste(pilot, "y" * LONGEST_QUESTION)
        assert written(pilot) == "y" * LONGEST_QUESTION
        assert "We could not take all of that" not in screen(pilot)
        await pilot.press("z")
        assert written(pilot) == "y" * LONGEST_QUESTION
        assert "We could not take all of that" in screen(pilot)


def cell_under_the_cursor(pilot: Pilot[None]) -> str:
    x, y = pilot.app.cursor_position
    return screen(pilot).split("\n")[y][x]


@pytest.mark.slow
async def test_a_caret_is_moved_and_letters_change_where_it_is() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await pilot.press(*"is bad", "left", "left", "left", "i", "t", "space")
        assert written(pilot) == "is it bad"
        assert cell_under_the_cursor(pilot) == "b"
        await pilot.press("home", "delete", "I", "end", "?")
        assert written(pilot) == "Is it bad?"
        assert cell_under_the_cursor(pilot) == "_"
        await pilot.press("ctrl+left", "ctrl+left", "ctrl+delete")
        assert written(pilot) == "Is  bad?"
        await pilot.press("ctrl+right", "ctrl+backspace", "backspace", "backspace")
        assert written(pilot) == "Is"
        assert kind(pilot) is PageKind.WRITE
        await pilot.press("home", "backspace", "left", "left")
        assert written(pilot) == "Is"
        assert cell_under_the_cursor(pilot) == "I"


async def test_a_touched_letter_is_put_at_the_caret() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await pilot.press(*"gs", "left")
        rows = screen(pilot).split("\n")
        y = next(y for y, row in enumerate(rows) if " a " in row and " b " in row)
        await pilot.click(offset=(rows[y].index(" a ") + 1, y))
        assert written(pilot) == "gas"


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_follows_the_text_and_then_the_focus(size: tuple[int, int]) -> None:
    async with visit(size) as (pilot, _):
        await to_the_question(pilot)
        assert cell_under_the_cursor(pilot) == "►"
        for number in range(70):
            await pilot.press("x" if (number + 1) % 9 else "space")
            assert cell_under_the_cursor(pilot) == "_"
        await pilot.press("down")
        assert cell_under_the_cursor(pilot) == "►"
        await pilot.press("y")
        assert cell_under_the_cursor(pilot) == "_"


@pytest.mark.parametrize("text", ["人参 or 黄芪", "e\u0301e\u0301", "a👩b", "  two  spaces "])
def test_the_caret_is_in_the_cell_of_its_letter(text: str) -> None:
    for width in (9, 20, 40):
        for caret in range(len(text) + 1):
            rows = field_rows("Your question:", text, caret, width)
            assert all(width_of(row.text) <= width for row in rows)
            assert sum(row.caret >= 0 for row in rows) == 1
            row = next(row for row in rows if row.caret >= 0)
            whole = "".join(piece.text for piece in row.pieces)
            before = next(n for n in range(len(whole) + 1) if width_of(whole[:n]) == row.caret)
            follows = whole[before:].lstrip("\u0301")
            is_letter = text[caret : caret + 1].strip() and width_of(text[caret])
            assert not is_letter or follows[0] == text[caret]
            drawn = "".join(row.text for row in rows).replace(" ", "")
            assert text.replace(" ", "") in drawn


async def test_a_paste_elsewhere_does_nothing() -> None:
    async with visit() as (pilot, _):
        pilot.app.screen.post_message(events.Paste("n1 1"))
        await pilot.pause()
        assert kind(pilot) is PageKind.WELCOME


async def test_one_thing_has_the_focus() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        await pilot.press("x")
        assert screen(pilot).count("►") == 1
        ids = [item.id for item in reading(pilot).items]
        assert len(ids) == len(set(ids))


def test_the_stars_of_a_pin_are_in_view_in_the_smallest_window() -> None:
    defaults = VisitDefaults("en", pace=AT_ONCE, may_leave=True)
    port = VisitController(pack().library(), defaults, Clock(), shelf(), None, lambda _: None)
    view = PageView(port, {}, (40, 15))
    port.on_change(view.turn)
    port.deliver(PanelOpened(panel=Panel.STAFF))
    port.deliver(port.page.choice("leave").event)
    for number in range(1, 7):
        view.take(f"digit-{number}")
        shown = "\n".join(row.text for row in view.frame.rows)
        assert f"Leave {'*' * number}" in shown
