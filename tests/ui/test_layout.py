"""Every page at every size: whole rows, a readable measure, keys shown, nothing skipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.core.page import ChoiceRole, PageKind
from kiosk.core.screens import screens
from kiosk.core.wording import Level
from kiosk.ui.body import MARK, text_rows
from kiosk.ui.items import COLOURS
from kiosk.ui.layout import MEASURE
from tests.support.shipped import topic
from tests.support.ui.driving import Driver

LARGE = [pytest.param(size, marks=pytest.mark.slow) for size in ((200, 60), (132, 43))]
SIZES = [(80, 24), (40, 15), pytest.param((38, 12), marks=pytest.mark.slow), *LARGE]
READERS = ["easy", "everyday", "health-care"]


def every_page(size: tuple[int, int], reader: str) -> Iterator[Driver]:
    """The way, a panel of each kind, the cautions, the supplements and the end."""
    driver = Driver(size)
    yield driver
    driver.take("start")
    yield driver
    driver.take(f"reader-{reader}")
    while not driver.is_at(PageKind.FINISH):
        yield driver
        for panel in ("evidence", "help", "staff", "readers", "steps", "policy", "start-over"):
            if driver.reading.item(panel):
                driver.take(panel)
                yield driver
                driver.reading.back()
        driver.take("next")
    yield driver
    for section in topic().sections:
        if section.id not in topic().steps and not section.gated:
            driver.take("steps")
            driver.take(f"section-{section.id}")
            while driver.is_at(PageKind.DETOUR):
                yield driver
                driver.take("next")
    driver.take("steps")
    driver.take("section-supplements")
    yield driver
    driver.take("cautions")
    driver.take("unsure")
    yield driver
    while driver.is_at(PageKind.CAUTION):
        yield driver
        driver.take("acknowledge")
    while not driver.is_at(PageKind.FINISH):
        yield driver
        driver.take("next")
    yield driver


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("reader", READERS)
def test_every_frame_fills_the_window_and_no_more(size: tuple[int, int], reader: str) -> None:
    columns, height = size
    pages = 0
    for driver in every_page(size, reader):
        pages += 1
        assert len(driver.rows) == height
        assert max(len(row) for row in driver.rows) <= columns
        assert all(row.isprintable() for row in driver.rows)
        words = [row for row in driver.rows if not set(row) <= set(" ─═╔╗╚╝┌┐└┘│║█")]
        assert max(len(row.strip()) for row in words) <= MEASURE + 4
    assert pages > 60


@pytest.mark.parametrize("size", SIZES)
def test_keys_are_all_different_and_all_shown(size: tuple[int, int]) -> None:
    for driver in every_page(size, "easy"):
        items = driver.reading.items
        keys = [item.key for item in items]
        assert all(keys), driver.reading.page.title
        assert len(set(keys)) == len(keys)
        tools = [item for item in items if item.role is not ChoiceRole.MAIN]
        assert all(f"{item.key} " in driver.shown for item in tools)


@pytest.mark.parametrize("size", SIZES)
def test_no_label_of_next_and_back_is_cut(size: tuple[int, int]) -> None:
    whole = {"Read on", "Next", "Back", "Back to the steps", "To steps"}
    seen = set()
    for driver in every_page(size, "easy"):
        for offset in (0, 10_000):  # Next is Read on until the end of the page has been in view
            driver.reading.scroll(offset)
            for piece in (piece for row in driver.reading.frame.rows for piece in row.pieces):
                item = driver.reading.item(piece.takes) if piece.takes else None
                text = piece.text.strip(f" [{MARK}]─═╔╗╚╝┌┐└┘│║")
                if item and item.role in (ChoiceRole.NEXT, ChoiceRole.BACK) and text:
                    seen.add(text.removeprefix(f"{item.key}  "))
    assert seen <= whole
    assert len(seen & {"Back to the steps", "To steps"}) == 1


@pytest.mark.parametrize("size", [pytest.param((80, 24), marks=pytest.mark.slow), (40, 15)])
def test_the_focus_is_told_by_a_sign(size: tuple[int, int]) -> None:
    for driver in every_page(size, "easy"):
        if driver.reading.focus and not driver.reading.page.notice:
            assert driver.shown.count(MARK) == 1, driver.shown


@pytest.mark.parametrize("size", [pytest.param((80, 24), marks=pytest.mark.slow), (40, 15)])
def test_next_and_back_stay_in_their_place(size: tuple[int, int]) -> None:
    seen = set()
    for driver in every_page(size, "easy"):
        for y, row in enumerate(driver.reading.frame.rows):
            for id_ in ("back", "next"):
                taken = [piece.takes for piece in row.pieces]
                if id_ in taken:
                    x = sum(len(piece.text) for piece in row.pieces[: taken.index(id_)])
                    seen.add((id_, y, x))
    assert len({x for id_, _, x in seen if id_ == "back"}) == 1
    assert len({x for id_, _, x in seen if id_ == "next"}) == 1
    assert len({y for _, y, _ in seen}) <= 3


@pytest.mark.parametrize("size", SIZES)
def test_select_alone_shows_every_row_of_every_page_of_the_way(size: tuple[int, int]) -> None:
    driver = Driver(size)
    while not driver.is_at(PageKind.STEP):
        driver.reading.select()
    pages = 0
    while not driver.is_at(PageKind.FINISH):
        page, reading = driver.reading.page, driver.reading
        seen: set[int] = set()
        while driver.reading.page == page:
            top = reading.offset
            seen |= set(range(top, min(top + reading.frame.window, reading.frame.text_end)))
            end = reading.frame.text_end
            reading.select()
        assert seen == set(range(end)), page.title
        pages += 1
    assert pages == sum(len(screens(topic().section(id_), Level.PLAIN)) for id_ in topic().steps)


def test_a_touch_takes_what_it_is_on() -> None:
    driver = Driver()
    row = next(row for row in driver.reading.frame.rows if "START" in row.text)
    assert row.taken_at(10) == "start"
    assert row.taken_at(79) == "start"


def test_too_small_a_window_asks_for_a_larger_one_and_acknowledges_nothing() -> None:
    driver = Driver()
    driver.to_door()
    driver.take("cautions")
    driver.reading.resize((30, 8))
    assert "larger" in driver.shown.replace("\n", " ")
    assert len(driver.rows) == 8
    driver.reading.resize((80, 24))
    assert driver.reading.page.kind is PageKind.CAUTION


def test_nothing_is_preselected_at_a_caution() -> None:
    driver = Driver()
    driver.to_door()
    driver.take("cautions")
    driver.reading.select()
    assert driver.reading.page.kind is PageKind.CAUTION
    assert "Please pick one answer." in driver.shown


def test_enter_on_the_last_page_says_how_to_finish_and_asks_for_no_answer() -> None:
    driver = Driver()
    driver.to_door()
    while not driver.is_at(PageKind.FINISH):
        driver.take("next")
    driver.reading.select()
    assert driver.is_at(PageKind.FINISH)
    finish = driver.reading.item("finish")
    assert finish is not None
    assert f"Press {finish.key} to finish, or pick another choice." in driver.shown
    assert "Please pick one answer." not in driver.shown
    assert "Was this helpful? (You can skip this.)" in driver.shown


def test_the_colours_item_is_this_front_ends_own() -> None:
    driver = Driver()
    item = driver.reading.item(COLOURS)
    assert item is not None
    assert item.choice is None


def test_any_movement_answers_are_you_still_there() -> None:
    for move in ("move", "scroll", "press"):
        driver = Driver()
        driver.take("start")
        driver.clock.now += 200
        driver.port.tick()
        assert driver.is_at(PageKind.IDLE)
        getattr(driver.reading, move)("x" if move == "press" else 1)
        assert driver.is_at(PageKind.READERS), move


def test_the_first_page_of_the_smallest_home_shows_its_question_and_start() -> None:
    driver = Driver((40, 15))
    assert driver.reading.page.title.split()[0] in driver.shown
    assert "START" in driver.shown
    driver.take("start")
    assert driver.reading.page.title in driver.shown


def test_being_asked_keeps_the_place_in_a_long_text() -> None:
    driver = Driver()
    driver.take("start")
    driver.take("reader-easy")
    driver.take("policy")
    driver.reading.scroll_page(2)
    offset, focus = driver.reading.offset, driver.reading.focus
    assert offset > 10
    driver.clock.now = driver.port.ends_at - 30
    driver.port.tick()
    assert driver.is_at(PageKind.IDLE)
    assert "in 30 seconds" in driver.shown
    driver.clock.now += 14
    driver.port.tick()
    assert "in 10 seconds" in driver.shown
    driver.reading.select()
    assert driver.is_at(PageKind.POLICY)
    assert (driver.reading.offset, driver.reading.focus) == (offset, focus)


SAFE = set("─│┌┐└┘├┤┬┴┼═║╔╗╚╝█░▒▓■•►◄▲▼←→↑↓")
"""Beside ASCII, what Debian's console fonts have: the Lat15 and Uni2 sets of console-setup."""


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 15), (200, 60)])
@pytest.mark.parametrize("reader", READERS)
def test_all_that_is_drawn_is_in_debians_console_fonts(size: tuple[int, int], reader: str) -> None:
    drawn = {glyph for driver in every_page(size, reader) for glyph in driver.shown}
    strange = {glyph for glyph in drawn if not glyph.isascii()} - SAFE
    assert not {glyph for glyph in strange if not glyph.isalpha()}
    assert all("\u00c0" <= glyph <= "\u00ff" for glyph in strange), strange


def test_the_clinic_and_the_step_stand_at_the_two_ends_of_the_bar() -> None:
    driver = Driver((80, 24))
    driver.take("start")
    driver.take("reader-easy")
    bar = "".join(piece.text for piece in driver.reading.frame.rows[0].pieces)
    assert bar.startswith("  This clinic          ")
    assert bar.rstrip().endswith(" left")
    assert len(bar.rstrip()) == 78


@pytest.mark.parametrize("height", [18, 22, 24])
def test_empty_rows_push_no_choice_out_of_view(height: int) -> None:
    """Where the text alone fits the window, what can be chosen begins on the same screen."""
    driver = Driver((80, height))
    driver.take("start")
    driver.take("reader-everyday")
    while not driver.is_at(PageKind.FINISH):
        frame = driver.reading.frame
        close = len(text_rows(driver.reading.page, MEASURE, airy=False))
        if frame.window < frame.length and close + 2 <= frame.window:
            assert any(frame.parts[: frame.window])
        driver.take("next")
