"""The reader's own questions: picked or written, ordered, and gone with the visit."""

from __future__ import annotations

import pytest

from kiosk.core import events as ev
from kiosk.core.events import Panel
from kiosk.core.page import PageKind
from kiosk.core.pages.build import page_for
from kiosk.core.rules.own_questions import MOST_LISTED, ask_about_section, wording_of
from kiosk.core.take_home import events as te
from kiosk.core.take_home.state import SectionRef
from kiosk.core.visit import AtProduct, OpenPanel
from kiosk.fast_dataclass import replace
from tests.support.sheets.made import full_visit
from tests.support.shipped import library
from tests.support.ui.taking import TakingDriver


def listed(driver: TakingDriver) -> list[str]:
    return [c.label for c in driver.reading.page.choices if c.id.startswith("own-")]


@pytest.fixture
def driver() -> TakingDriver:
    one = TakingDriver()
    one.to_take()
    one.take("take-questions")
    return one


def write(driver: TakingDriver, text: str) -> None:
    driver.take("write")
    driver.clock.now += 3
    assert driver.port.deliver(ev.QuestionAsked(text=text))


def test_they_come_in_the_order_in_which_they_were_put(driver: TakingDriver) -> None:
    write(driver, "  Is bread\x1b fine? ")
    driver.take("good-questions")
    driver.take("add-good-food")
    driver.take("back")
    assert listed(driver) == ["Is bread fine?", "Can I see a dietitian before I leave foods out?"]


def test_one_is_moved_written_anew_and_taken_off(driver: TakingDriver) -> None:
    for text in ("one", "two", "three"):
        write(driver, text)
    driver.take("own-2")
    driver.take("earlier")
    driver.take("earlier")
    driver.take("back")
    assert listed(driver) == ["three", "one", "two"]
    driver.take("own-0")
    driver.take("anew")
    assert driver.reading.page.entry is not None
    assert driver.reading.page.entry.text == "three"
    driver.clock.now += 3
    driver.port.deliver(ev.QuestionAsked(text="four"))
    assert listed(driver) == ["four", "one", "two"]
    driver.take("own-1")
    driver.take("remove")
    assert listed(driver) == ["four", "two"]


def test_a_full_list_says_so_and_drops_nothing(driver: TakingDriver) -> None:
    for number in range(MOST_LISTED + 1):
        write(driver, f"question {number}")
    assert len(listed(driver)) == MOST_LISTED
    assert listed(driver)[0] == "question 0"
    assert "full" in driver.reading.page.notice


def test_the_section_ref_in_view_is_asked_about_by_its_title(driver: TakingDriver) -> None:
    driver.take("back")
    driver.take("back")
    title = driver.reading.page.title
    driver.take("ask")
    driver.take("about")
    assert driver.is_at(PageKind.ASK)
    assert "list" in driver.reading.page.notice
    assert "about" not in [choice.id for choice in driver.reading.page.choices]
    driver.take("take")
    assert f'more about this: "{title}"' in " ".join(driver.reading.page.words())


def test_it_is_asked_about_from_its_sources_too(driver: TakingDriver) -> None:
    driver.take("back")
    driver.take("back")
    driver.take("evidence")
    driver.take("about")
    assert driver.is_at(PageKind.EVIDENCE)
    driver.take("back")
    driver.take("ask")
    assert "about" not in [choice.id for choice in driver.reading.page.choices]


@pytest.mark.parametrize("reader", ["easy", "everyday", "health-care"])
def test_psyllium_is_asked_about_without_its_name(reader: str) -> None:
    driver = TakingDriver()
    driver.take("start")
    driver.take(f"reader-{reader}")
    for _ in range(20):
        driver.take("next")
        driver.take("section-constipation")
        if "psyllium" in " ".join(driver.reading.page.words()).casefold():
            break
    assert "psyllium" in " ".join(driver.reading.page.words()).casefold()
    driver.take("ask")
    driver.take("about")
    assert 'constipation?"' in " ".join(driver.reading.page.words())
    assert "psyllium" not in " ".join(driver.reading.page.words()).casefold()
    driver.take("take")
    driver.take("take-questions")
    assert len(listed(driver)) == 1
    assert "psyllium" not in " ".join(driver.reading.page.words()).casefold()


def test_a_closed_page_is_not_asked_about() -> None:
    panel = OpenPanel(Panel.ASK)
    opened = replace(full_visit(), location=AtProduct("supplements", "zinc"), open_panel=panel)
    assert ask_about_section(library(), opened, te.AskedAboutSection()) is not None
    closed = replace(opened, acknowledged=frozenset())
    assert ask_about_section(library(), closed, te.AskedAboutSection()) is None


def test_a_product_is_asked_about_while_its_section_is_open() -> None:
    visit, page = full_visit(), SectionRef("leaky-gut", "supplements", "zinc")
    for closed, text in ((visit, '"Zinc"'), (replace(visit, acknowledged=frozenset()), "")):
        assert text in wording_of(library(), closed, page)
        assert bool(wording_of(library(), closed, page)) == bool(text)
    assert wording_of(library(), visit, SectionRef("leaky-gut", "supplements", "gold")) == ""
    assert wording_of(library(), visit, SectionRef("leaky-gut", "no-such-section")) == ""


def test_a_list_with_a_closed_page_on_it_is_not_called_empty() -> None:
    page = SectionRef("leaky-gut", "supplements", "zinc")
    opened = replace(full_visit(), open_panel=OpenPanel(Panel.QUESTIONS), questions=(page,))
    closed = replace(opened, acknowledged=frozenset())
    for visit, phrases in (
        (opened, ["own.text"]),
        (closed, ["own.closed"]),
        (replace(closed, questions=(page, "Why me?")), ["own.text", "own.closed"]),
        (replace(opened, questions=()), ["own.none"]),
    ):
        words = library().words["en"]
        shown = [block.text for block in page_for(library(), visit).blocks]
        assert shown == [words.say(phrase, visit.level) for phrase in phrases]


def test_a_caution_that_somebody_was_unsure_of_is_offered() -> None:
    driver = TakingDriver()
    driver.to_door()
    driver.take("cautions")
    title = driver.reading.page.title
    driver.take("unsure")
    driver.take("take")
    driver.take("take-questions")
    driver.take("good-questions")
    assert title in driver.reading.page.choices[0].label


def test_what_is_not_offered_is_refused(driver: TakingDriver) -> None:
    driver.clock.now += 3
    for event in (
        te.AskedAbout(item="zinc-claim"), te.AskedAboutSection(),
        te.ChoseOwnQuestion(number=0), te.OwnQuestionRemoved(),
        te.OwnQuestionMoved(by=1), te.AskedAboutCaution(caution="ask-first"),
    ):  # fmt: skip
        assert not driver.port.deliver(event)


def test_back_to_welcome_asks_whether_to_start_over(driver: TakingDriver) -> None:
    write(driver, "my secret")
    for _ in range(9):
        driver.take("back")
        if driver.is_at(PageKind.START_OVER):
            break
    assert driver.is_at(PageKind.START_OVER)
    driver.take("keep")
    assert driver.is_at(PageKind.READERS)
    driver.take("back")
    driver.take("start-over")
    assert driver.is_at(PageKind.WELCOME)
    driver.to_take()
    driver.take("take-questions")
    assert listed(driver) == []


def test_back_to_welcome_asks_nothing_before_a_visit_is_in_use() -> None:
    driver = TakingDriver()
    driver.take("start")
    driver.take("back")
    assert driver.is_at(PageKind.WELCOME)


def test_the_next_person_finds_none(driver: TakingDriver) -> None:
    write(driver, "my secret")
    driver.take("start-over")
    driver.take("start-over")
    driver.to_take()
    driver.take("take-questions")
    assert listed(driver) == []


def test_a_question_with_an_alarm_sign_is_not_only_put_on_the_list(driver: TakingDriver) -> None:
    write(driver, "I have blood in my stool")
    assert driver.is_at(PageKind.ANSWER)
    assert "tell our staff" in driver.reading.page.title
    driver.take("take")
    assert "blood in my stool" in " ".join(driver.reading.page.words())
    driver.take("take-questions")
    write(driver, "can I eat bread")
    assert driver.is_at(PageKind.QUESTIONS)
    assert len(listed(driver)) == 2
