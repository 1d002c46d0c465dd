"""Finding a topic among many, and texts that are withdrawn while somebody reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core import events as ev
from kiosk.core.library import FEW, Catalogue, TopicGroup
from kiosk.core.page import Page, PageKind
from kiosk.core.port import VisitController
from kiosk.core.question import Answer, AnswerKind
from kiosk.core.rules.topic_search import MOST_FOUND
from kiosk.core.visit import VisitDefaults
from kiosk.core.wording import ReviewStatus
from tests.support.core import topic_builder
from tests.support.core.fake_store import FakeStore
from tests.support.shipped import AT_ONCE, Clock

GROUPS = (TopicGroup("Bones", 20), TopicGroup("Skin", 3))


class Choosing:
    """A visit to a library of so many topics, of which few cards are held at first."""

    def __init__(
        self, count: int, groups: tuple[TopicGroup, ...] = GROUPS, *, chosen: bool = True
    ) -> None:
        every = [topic_builder.topic(f"t{n:02}", "en", 0, ()) for n in range(count)]
        whole = replace(topic_builder.library(*every), languages=("en",))
        self.store = FakeStore(whole)
        catalogue = Catalogue(count, ReviewStatus.SUBMITTED, groups if count > FEW else ())
        bare = replace(self.store.bare, cards=whole.cards[:FEW], catalogues={"en": catalogue})
        self.port = VisitController(bare, VisitDefaults("en", pace=AT_ONCE), Clock(), self.store)
        if chosen:
            self.deliver(ev.Started(), ev.ChoseReader(reader="plain"))

    @property
    def page(self) -> Page:
        return self.port.page

    def deliver(self, *events: ev.Event) -> bool:
        return [self.port.deliver(event) for event in events][-1]

    def offered(self) -> list[str]:
        ids = [choice.id for choice in self.page.choices if choice.id.startswith("topic-")]
        return [id_.removeprefix("topic-") for id_ in ids]


def test_a_few_topics_are_listed_and_cannot_be_searched() -> None:
    visit = Choosing(FEW)
    assert len(visit.offered()) == FEW
    assert visit.page.entry is None
    assert not visit.deliver(ev.TextChanged(text="t0"))


def test_the_only_topic_is_entered() -> None:
    assert Choosing(1).page.kind is PageKind.STEP


def test_many_topics_stand_under_headings() -> None:
    visit = Choosing(40)
    assert visit.offered() == []
    assert [c.label for c in visit.page.choices if c.id.startswith("group-")] == ["Bones", "Skin"]
    visit.deliver(visit.page.choice("group-0").event)
    assert visit.offered() == [f"t{n:02}" for n in range(MOST_FOUND)]
    visit.deliver(visit.page.choice("more").event)
    assert visit.offered()[0] == f"t{MOST_FOUND:02}"
    visit.deliver(ev.WentBack())
    assert visit.offered()[0] == "t00"
    visit.deliver(ev.WentBack())
    assert visit.offered() == []
    visit.deliver(ev.WentBack())
    assert visit.page.kind is PageKind.READERS
    assert not visit.deliver(ev.ChoseGroup(group="Bones"))


def test_a_heading_that_is_not_there_is_refused() -> None:
    assert not Choosing(40).deliver(ev.ChoseGroup(group="Nowhere"))


def test_many_topics_without_headings_are_listed_page_by_page() -> None:
    visit = Choosing(40, ())
    assert visit.offered() == [f"t{n:02}" for n in range(MOST_FOUND)]


def test_what_is_found_changes_with_every_letter_and_leads_on() -> None:
    visit = Choosing(40)
    visit.deliver(ev.TextChanged(text="t3"))
    assert visit.offered() == [f"t3{n}" for n in range(MOST_FOUND)]
    visit.deliver(ev.TextChanged(text="t39"))
    assert visit.offered() == ["t39"]
    assert visit.page.likely == "topic-t39"
    visit.deliver(ev.TextChanged(text="zebra"))
    assert visit.offered() == []
    assert any("zebra" in text for text in visit.page.words())
    visit.deliver(visit.page.choice("all").event)
    assert any(choice.id == "group-0" for choice in visit.page.choices)
    visit.deliver(ev.TextChanged(text="t39"), ev.ChoseTopic(topic="t39"))
    assert visit.page.kind is PageKind.STEP
    assert visit.store.opened == ["t39"]


def test_a_topic_that_was_not_offered_is_not_opened() -> None:
    visit = Choosing(40)
    assert not visit.deliver(ev.ChoseTopic(topic="t39"))
    assert visit.store.opened == []


def test_letters_on_the_screen_write_here_too() -> None:
    visit = Choosing(40)
    visit.deliver(visit.page.choice("write").event)
    for key in ("key-t", "key-2", "key-2"):
        visit.deliver(visit.page.choice(key).event)
    assert visit.offered() == ["t22"]


def test_what_was_looked_for_is_forgotten_with_the_visit() -> None:
    visit = Choosing(40)
    visit.deliver(
        ev.TextChanged(text="t39"), ev.PanelOpened(panel=ev.Panel.START_OVER), ev.StartedOver()
    )
    visit.deliver(ev.Started(), ev.ChoseReader(reader="plain"))
    assert not visit.deliver(ev.ChoseTopic(topic="t39"))


@pytest.mark.parametrize("panel", [None, ev.Panel.HELP, ev.Panel.ASK, ev.Panel.STEPS])
def test_a_withdrawn_text_is_gone_at_the_next_event(panel: ev.Panel | None) -> None:
    visit = Choosing(3)
    visit.deliver(ev.ChoseTopic(topic="t01"))
    if panel:
        visit.deliver(ev.PanelOpened(panel=panel))
    visit.store.gone = frozenset({"t01"})
    visit.deliver(ev.UserActive())
    assert visit.page.kind is PageKind.WITHDRAWN
    assert visit.page.title == visit.port.say("withdrawn.title")
    for event in (ev.Advanced(), ev.WentBack(), ev.PanelOpened(panel=ev.Panel.STEPS),
                  ev.OpenedSection(section="s2"), ev.ChoseTopic(topic="t01")):  # fmt: skip
        assert not visit.deliver(event)
    visit.deliver(visit.page.choice("finish").event)
    visit.deliver(ev.Started(), ev.ChoseReader(reader="plain"))
    assert visit.offered() == ["t00", "t02"]


def test_a_list_offers_no_withdrawn_text_after_any_key() -> None:
    visit = Choosing(3)
    assert visit.offered() == ["t00", "t01", "t02"]
    visit.store.gone = frozenset({"t01"})
    visit.deliver(ev.UserActive())
    assert visit.offered() == ["t00", "t02"]


def test_the_last_topic_withdrawn_leaves_nothing_to_read() -> None:
    visit = Choosing(1)
    visit.store.gone = frozenset({"t00"})
    visit.deliver(ev.Ticked())
    assert visit.page.kind is PageKind.WITHDRAWN
    visit.deliver(visit.page.choice("finish").event, ev.Started(), ev.ChoseReader(reader="plain"))
    assert visit.page.kind is PageKind.WITHDRAWN


def test_another_visitor_elsewhere_goes_on() -> None:
    visit = Choosing(3)
    visit.deliver(ev.ChoseTopic(topic="t02"))
    visit.store.gone = frozenset({"t01"})
    visit.deliver(ev.UserActive())
    assert visit.page.kind is PageKind.STEP


def test_a_new_library_comes_between_visits_and_not_in_one() -> None:
    visit = Choosing(3)
    coming = replace(visit.store.bare, clinic={"en": "Another clinic"})
    visit.store.coming = coming
    visit.deliver(ev.ChoseTopic(topic="t02"), ev.Ticked())
    assert visit.page.clinic == "Clinic"
    visit.deliver(ev.PanelOpened(panel=ev.Panel.START_OVER), ev.StartedOver())
    assert visit.page.clinic == "Another clinic"
    visit.store.coming = replace(coming, clinic={"en": "A third"})
    visit.deliver(ev.Ticked())
    assert visit.page.clinic == "A third"


@pytest.mark.parametrize(
    ("asked", "gone", "begins"),
    [
        ("t39", (), "t39"),  # whose card is not held at first
        ("t05", (), "t05"),
        ("t39", ("t39",), ""),
        ("t05", ("t05",), ""),
        ("t99", (), ""),
    ],
)
def test_a_visit_can_begin_with_any_topic_that_is_there(
    asked: str, gone: tuple[str, ...], begins: str
) -> None:
    visit = Choosing(40, chosen=False)
    visit.store.gone = frozenset(gone)
    visit.port.open_with(VisitDefaults("en", pace=AT_ONCE, topic=asked))
    visit.deliver(ev.Started(), ev.ChoseReader(reader="plain"))
    assert visit.store.opened == [begins] * bool(begins)
    assert visit.page.kind is (PageKind.STEP if begins else PageKind.TOPICS)


def test_a_visit_in_progress_is_not_begun_anew() -> None:
    visit = Choosing(3)
    visit.deliver(ev.ChoseTopic(topic="t01"))
    before = visit.page
    visit.port.open_with(VisitDefaults("en", pace=AT_ONCE, topic="t02"))
    assert visit.page == before


def test_the_usual_topic_stands_in_for_one_that_is_not_there() -> None:
    visit = Choosing(3)
    port = VisitController(
        visit.store.bare, VisitDefaults("en", pace=AT_ONCE, topic="t01"), Clock(), visit.store
    )
    port.open_with(VisitDefaults("en", pace=AT_ONCE, topic="t77"))
    port.deliver(ev.Started())
    port.deliver(ev.ChoseReader(reader="plain"))
    assert visit.store.opened == ["t01"]


ALARM = Answer(AnswerKind.URGENT, "en", alarm="heart")
LONG = "i came about my gut and then the pain moved to my chest and arm " * 3


def test_what_is_looked_for_is_checked_for_alarms() -> None:
    visit = Choosing(40)
    visit.store.prepared_alarm = ALARM
    visit.deliver(ev.TextChanged(text="t0 my chest"))
    assert visit.store.checked == ["t0 my chest"]
    assert visit.page.choices[0].id == visit.page.likely == "ask-staff"
    assert visit.page.blocks
    visit.store.prepared_alarm = None
    visit.deliver(ev.TextChanged(text="t0"))
    assert visit.page.likely == "topic-t00"
    assert visit.page.blocks == ()


def test_headings_are_not_checked() -> None:
    visit = Choosing(40)
    visit.deliver(visit.page.choice("group-0").event)
    assert visit.store.checked == []


@pytest.mark.parametrize("before", ["", "t1"])
def test_what_is_too_long_to_be_looked_for_is_checked_whole_and_forgotten(before: str) -> None:
    visit = Choosing(40)
    if before:
        visit.deliver(ev.TextChanged(text=before))
    offered = visit.page.choices
    visit.deliver(ev.TextChanged(text=LONG))
    assert visit.store.checked[-1] == LONG
    assert visit.page.entry is not None
    assert visit.page.entry.text == before
    assert visit.page.choices == offered
    assert visit.page.notice
    visit.store.prepared_alarm = ALARM
    visit.deliver(ev.TextChanged(text=LONG))
    assert visit.page.likely == "ask-staff"
    assert visit.page.entry is not None
    assert visit.page.entry.text == before
    assert "gut" not in str(visit.page)
