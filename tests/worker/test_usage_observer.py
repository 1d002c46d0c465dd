"""What a visit of the shipped topic says to be counted."""

from __future__ import annotations

from kiosk.core import events as ev
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.core.take_home.events import HelpfulAnswered
from kiosk.core.visit import VisitDefaults
from kiosk.core.wording import Level
from kiosk.usage import counts
from kiosk.usage.counts import Count, encode
from kiosk.usage.tally import VisitTally
from kiosk.worker.usage_observer import UsageObserver
from tests.support.shipped import AT_ONCE, Clock, pack, shelf, topic

GATED = topic().gated_sections()[0]


class Counted:
    """A visit whose counts are kept, and added up as whoever watches it does."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.sent: list[Count] = []
        observer = UsageObserver([topic().id], ["en"], self.sent.append)
        self.port = VisitController(
            pack().library(), VisitDefaults("en", pace=AT_ONCE), self.clock, shelf(),
            observe=observer,
        )  # fmt: skip
        self.deliver(ev.Started(), ev.ChoseReader(reader="easy"))

    def deliver(self, *events: ev.Event) -> None:
        for event in events:
            assert self.port.deliver(event), event

    def total(self) -> dict[Count, int]:
        tally = VisitTally()
        for count in self.sent:
            tally.add(encode(count))
        return dict(tally.total())

    def to_the_end(self) -> None:
        """Press Next until the last page."""
        for _ in range(200):
            if self.port.page.kind is PageKind.FINISH:
                return
            if not self.port.deliver(ev.Advanced()):
                self.deliver(ev.GateSkipped())
        raise AssertionError("no end")

    def open_the_gate(self) -> None:
        """Acknowledge each caution of the gated section."""
        self.deliver(ev.OpenedSection(section=GATED.id), ev.BeganCautions())
        for caution in GATED.requires:
            self.deliver(ev.ShownWhole())
            self.clock.now += 10
            self.deliver(ev.CautionAcknowledged(caution=caution, language="en", level=Level.PLAIN))


def test_a_visit_that_has_begun_says_its_words_and_its_first_step() -> None:
    assert Counted().total() == {
        (counts.VISIT, 0, 0): 1, (counts.LANGUAGE, 0, 0): 1, (counts.LEVEL, 0, 0): 1,
        (counts.TOPIC_BEGUN, 1, 0): 1, (counts.STEP, 1, 1): 1,
    }  # fmt: skip


def test_a_topic_read_to_its_end_is_finished_and_left_nowhere() -> None:
    visit = Counted()
    visit.to_the_end()
    told = visit.total()
    assert told[counts.TOPIC_FINISHED, 1, 0] == 1
    assert not [kind for kind, _, _ in told if kind == counts.STEP]


def test_supplements_are_opened_only_behind_their_cautions() -> None:
    visit = Counted()
    visit.deliver(ev.OpenedSection(section=GATED.id))
    assert (counts.SUPPLEMENTS_OPENED, 1, 0) not in visit.total()
    visit.deliver(ev.GateSkipped())
    assert visit.total()[counts.SUPPLEMENTS_PASSED, 1, 0] == 1
    visit.open_the_gate()
    told = visit.total()
    assert told[counts.SUPPLEMENTS_OPENED, 1, 0] == 1
    assert (counts.SUPPLEMENTS_PASSED, 1, 0) not in told


def test_questions_are_counted_by_what_became_of_them() -> None:
    visit = Counted()
    asked = ("I am vomiting blood", "what is the capital of France", "what is leaky gut")
    for question in asked:
        visit.deliver(ev.PanelOpened(panel=ev.Panel.ASK), ev.QuestionAsked(text=question))
        visit.deliver(ev.WentBack())
    told = visit.total()
    assert told[counts.ASKED, 0, 0] == len(asked)
    became = (counts.ANSWERED, counts.DECLINED, counts.ALARM, counts.LOCKED)
    assert sum(told.get((kind, 0, 0), 0) for kind in became) == len(asked)
    assert told[counts.ALARM, 0, 0] == 1
    assert told[counts.DECLINED, 0, 0] == 1


def test_the_step_that_was_left_is_the_furthest_that_was_seen() -> None:
    visit = Counted()
    visit.deliver(ev.OpenedSection(section=topic().steps[5]))
    visit.deliver(ev.OpenedSection(section=topic().steps[2]))
    assert [count for count in visit.total() if count[0] == counts.STEP] == [(counts.STEP, 1, 6)]


def test_a_sentence_that_is_only_checked_for_alarms_is_no_question() -> None:
    visit = Counted()
    visit.deliver(ev.SentenceTyped(text="what is zonulin"))
    assert not [count for count in visit.total() if count[0] in (counts.ASKED, counts.DECLINED)]
    visit.deliver(ev.SentenceTyped(text="I am vomiting blood"))
    assert visit.total()[counts.ALARM, 0, 0] == 1


def test_the_answer_to_helpful_is_counted() -> None:
    visit = Counted()
    visit.to_the_end()
    visit.deliver(HelpfulAnswered(helpful=True))
    assert visit.total()[counts.HELPFUL, 0, 0] == 1


def test_what_is_refused_is_not_counted() -> None:
    visit = Counted()
    before = visit.total()
    assert not visit.port.deliver(ev.Started())
    assert not visit.port.deliver(HelpfulAnswered(helpful=True))
    assert visit.total() == before


def test_staff_at_the_page_of_the_pin_are_no_visit() -> None:
    """They come there from Welcome; START is what begins a visit."""
    sent: list[Count] = []
    port = VisitController(
        pack().library(), VisitDefaults("en", pace=AT_ONCE, may_leave=True), Clock(), shelf(),
        check_pin=lambda _: None, observe=UsageObserver([topic().id], ["en"], sent.append),
    )  # fmt: skip
    for event in (
        ev.PanelOpened(panel=ev.Panel.STAFF), ev.PanelOpened(panel=ev.Panel.LEAVE),
        *(ev.PressedDigit(digit=digit) for digit in "1234"), ev.PinSubmitted(),
        ev.PinRefused(wait=0),
    ):  # fmt: skip
        assert port.deliver(event), event
    assert sent == []
