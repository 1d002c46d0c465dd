"""Writing a question: on a keyboard, with four keys, by touch, by paste."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from kiosk.core.page import PageKind
from kiosk.core.question import LONGEST_QUESTION
from kiosk.ui.view import PageView
from tests.support.ui.pilot import kind, screen, visit

SIZES = [(80, 24), (40, 15), (200, 60)]


def reading(pilot: Pilot[None]) -> PageView:
    found = pilot.app.screen.reading  # type: ignore[attr-defined]
    assert isinstance(found, PageView)
    return found


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
            row = next(one.part for one in reading(pilot).items if one.id == f"key-{letter}")
            way = "up" if reading(pilot).focus > row else "down"
            await press_until(pilot, way, row)
            assert "►" in screen(pilot)
            await pilot.press("enter")
            await press_until(pilot, "down", f"key-{letter}")
            await pilot.press("enter")
            assert reading(pilot).focus == row
        assert written(pilot) == "gas"
        await press_until(pilot, "up", "ask-this")
        await pilot.press("enter")
        assert kind(pilot) is PageKind.ANSWER


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


async def test_what_is_pasted_is_written_as_one_line() -> None:
    async with visit() as (pilot, _):
        await to_the_question(pilot)
        pilot.app.screen.post_message(events.Paste("is it\nin my head\x1b[31m" + "x" * 2000))
        await pilot.pause()
        assert written(pilot).startswith("is it in my head")
        assert written(pilot).isprintable()
        assert len(written(pilot)) == LONGEST_QUESTION


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
        ids = [one.id for one in reading(pilot).items]
        assert len(ids) == len(set(ids))
