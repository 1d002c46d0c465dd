"""Check yourself: kind, never a score, and it ends for whoever gets everything wrong."""

from __future__ import annotations

import pytest

from kiosk.core import events as ev
from kiosk.core.page import Page, PageKind
from kiosk.core.port import VisitController
from kiosk.core.rules.self_check import checks_of
from kiosk.core.take_home.events import CheckAnswered, CheckWentOn
from kiosk.core.visit import VisitDefaults
from tests.support.core.gated_terms import gated_terms
from tests.support.sheets.made import full_visit, plain_visit
from tests.support.shipped import AT_ONCE, Clock, pack, shelf, topic

READERS = ["easy", "everyday", "health-care"]


class Checked:
    """A visit that checks itself."""

    def __init__(self, reader: str = "easy") -> None:
        self.clock = Clock()
        opening = VisitDefaults("en", pace=AT_ONCE)
        self.port = VisitController(pack().library(), opening, self.clock, shelf())
        self.deliver(ev.Started(), ev.ChoseReader(reader=reader))
        self.deliver(ev.PanelOpened(panel=ev.Panel.CHECK))

    @property
    def page(self) -> Page:
        return self.port.page

    def deliver(self, *events: ev.Event) -> None:
        for event in events:
            self.clock.now += 3.0
            assert self.port.deliver(event), event

    def answer(self, *, right: bool) -> str:
        """Answer the question in view; the id of the question."""
        events = [c.event for c in self.page.choices if isinstance(c.event, CheckAnswered)]
        question = topic().take_home.check(events[0].question)
        assert question is not None
        fitting = [e for e in events if question.answers[e.number].right is right]
        self.deliver(fitting[0])
        return question.id

    @property
    def asks(self) -> bool:
        return any(isinstance(choice.event, CheckAnswered) for choice in self.page.choices)


@pytest.mark.parametrize("reader", READERS)
def test_whoever_gets_everything_wrong_sees_each_passage_again_and_comes_to_an_end(
    reader: str,
) -> None:
    visit = Checked(reader)
    questions = checks_of(topic(), plain_visit())
    asked = []
    while visit.asks:
        asked.append(visit.answer(right=False))
        question = topic().take_home.check(asked[-1])
        assert question is not None
        told = " ".join(visit.page.words())
        level = {"easy": "plain", "everyday": "everyday"}.get(reader, "professional")
        assert "We did not explain this well" in told
        assert getattr(question.again, level) in told
        visit.deliver(CheckWentOn())
    assert asked == [question.id for question in questions] * 2
    assert visit.page.kind is PageKind.CHECK
    assert "Thank you" in visit.page.title


def test_a_right_answer_does_not_come_back() -> None:
    visit = Checked()
    asked = []
    while visit.asks:
        asked.append(visit.answer(right=True))
        assert "Yes" in " ".join(visit.page.words())
        visit.deliver(CheckWentOn())
    assert len(asked) == len(set(asked)) >= 3


def test_nothing_is_counted() -> None:
    visit = Checked()
    while visit.asks:
        assert not any(sign.isdigit() for sign in f"{visit.page.step_label}{visit.page.notice}")
        visit.answer(right=len(visit.page.title) % 2 == 0)
        visit.deliver(CheckWentOn())
    assert not any(sign.isdigit() for block in visit.page.blocks for sign in block.text)


def test_questions_on_supplements_come_only_behind_the_cautions() -> None:
    closed, opened = checks_of(topic(), plain_visit()), checks_of(topic(), full_visit())
    extra = {question.id for question in opened} - {question.id for question in closed}
    assert extra == {"check-probiotics"}
    for question in closed:
        assert not gated_terms().search(repr(question).casefold())


def test_an_answer_to_another_question_counts_for_nothing() -> None:
    visit = Checked()
    before = visit.page
    visit.clock.now += 3
    assert not visit.port.deliver(CheckAnswered(question="check-probiotics", number=1))
    assert not visit.port.deliver(CheckAnswered(question="check-treatment", number=9))
    assert not visit.port.deliver(CheckWentOn())
    assert visit.page == before


def test_the_way_does_not_lead_through_it() -> None:
    visit = Checked()
    visit.deliver(ev.WentBack())
    assert visit.page.kind is PageKind.TAKE
    visit.deliver(ev.WentBack())
    assert visit.page.step_label.startswith("Step 1 of 10")


def test_its_end_leads_to_the_list_for_the_doctor() -> None:
    visit = Checked()
    while "check-questions" not in ids(visit.page):
        visit.answer(right=True)
        visit.deliver(CheckWentOn())
    visit.deliver(visit.page.choice("check-questions").event)
    assert visit.page.kind is PageKind.QUESTIONS


def ids(page: Page) -> set[str]:
    return {choice.id for choice in page.choices}
