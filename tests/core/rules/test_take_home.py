"""Sheets: offered where the site offers them, told in words, and so many a visit."""

from __future__ import annotations

import pytest

from kiosk.core.page import PageKind
from kiosk.core.rules.take_home import MOST_SHEETS
from kiosk.core.take_home.events import HelpfulAnswered, SheetWanted
from kiosk.core.take_home.state import Outlet, SheetKind, SheetResult
from tests.support.ui.taking import TakingDriver


def ids(driver: TakingDriver) -> set[str]:
    return {choice.id for choice in driver.reading.page.choices}


OWN = {
    Outlet.PRINT: {"print", "print-large"},
    Outlet.SAVE: {"save"},
    Outlet.CODES: {"take-codes"},
}


@pytest.mark.parametrize("outlet", list(Outlet))
def test_what_a_site_does_not_offer_is_not_shown_and_not_done(outlet: Outlet) -> None:
    driver = TakingDriver(outlets=frozenset(Outlet) - {outlet})
    driver.to_take()
    shown = ids(driver)
    assert not shown & OWN[outlet]
    assert all(OWN[other] <= shown for other in Outlet if other is not outlet)
    driver.clock.now += 3
    assert not driver.port.deliver(SheetWanted(sheet=SheetKind.HANDOUT, outlet=outlet))
    assert not driver.desk.taken


@pytest.mark.parametrize("result", [one for one in SheetResult if one is not SheetResult.UNDER_WAY])
def test_each_result_is_told_and_leads_on(result: SheetResult) -> None:
    driver = TakingDriver()
    driver.to_take()
    driver.take("print")
    driver.desk.answer(result, "/home/me/page.pdf")
    page = driver.reading.page
    assert page.kind is PageKind.HANDED_OVER
    assert page.title
    assert page.blocks
    assert ("/home/me/page.pdf" in " ".join(page.words())) == (result is SheetResult.SAVED)
    driver.take("back")
    assert driver.is_at(PageKind.TAKE)
    driver.take("back")
    assert driver.is_at(PageKind.STEP)


def test_whoever_reads_on_is_told_by_a_notice() -> None:
    driver = TakingDriver()
    driver.to_take()
    driver.take("print")
    driver.take("back")
    driver.take("back")
    driver.desk.answer(SheetResult.PRINTER_STOPPED, "")
    assert "could not be printed" in driver.reading.page.notice
    assert driver.is_at(PageKind.STEP)


def test_the_next_person_is_told_nothing_of_the_last_ones_page() -> None:
    driver = TakingDriver()
    driver.to_take()
    driver.take("print")
    driver.take("start-over")
    driver.take("start-over")
    before = driver.reading.page
    driver.desk.answer(SheetResult.PRINTED, "")
    assert driver.reading.page == before
    driver.to_take()
    driver.take("print")
    assert "One moment" in driver.reading.page.title


def test_a_visit_has_so_many_pages_and_no_more() -> None:
    driver = TakingDriver()
    driver.to_take()
    for _ in range(MOST_SHEETS + 1):
        driver.take("print")
        driver.desk.answer(SheetResult.PRINTED, "")
        title = driver.reading.page.title
        driver.take("back")
    assert len(driver.desk.taken) == MOST_SHEETS
    assert "last" in title


def test_large_print_is_asked_for_by_itself() -> None:
    driver = TakingDriver()
    driver.to_take()
    driver.take("print-large")
    assert driver.desk.taken[0][1].large


def test_helpful_is_asked_once_on_the_last_page() -> None:
    driver = TakingDriver()
    driver.clock.now += 3
    assert not driver.port.deliver(HelpfulAnswered(helpful=True))
    driver.take("start")
    driver.take("reader-easy")
    while not driver.is_at(PageKind.FINISH):
        driver.take("go-on" if "go-on" in ids(driver) else "next")
    assert "take-along" in ids(driver)
    driver.take("helpful")
    assert "helpful" not in ids(driver)
    assert driver.reading.page.notice


@pytest.mark.parametrize("reader", ["easy", "everyday", "health-care"])
def test_the_diary_is_seen_from_its_title_to_its_choices_at_once(reader: str) -> None:
    driver = TakingDriver()
    driver.to_take(reader)
    driver.take("take-diary")
    assert driver.reading.offset == 0
    assert not driver.reading.more_below
    assert {"print", "save"} <= ids(driver)
