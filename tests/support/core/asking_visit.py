"""A visit that asks questions, to made-up topics with two closed sections."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core import events as ev
from kiosk.core.content import SuggestedQuestion
from kiosk.core.page import Page
from kiosk.core.port import VisitController
from kiosk.core.question import Answer, AnswerKind, PassageRef
from kiosk.core.visit import VisitDefaults
from kiosk.core.wording import Level
from tests.support.core import topic_builder
from tests.support.core.fake_store import FakeStore
from tests.support.shipped import AT_ONCE, Clock

GATES = (("k0", "k1"), ("k1",))
CLOSED_ITEMS = ("n0", "d0", "c0", "n1", "d1", "c1")
"""Every item of the two closed sections."""


def passage(item: str, topic: str = "t0", language: str = "en") -> PassageRef:
    section = f"g{item[1:]}" if item[0] in "ndc" else "s1" if item == "w1" else "s2"
    return PassageRef(topic, section, item, language)


class AskingVisit:
    """A visit to `topics` made-up topics, each with the two closed sections of GATES."""

    def __init__(self, *, topics: int = 1, language: str = "en") -> None:
        bare = [topic_builder.topic(f"t{n}", language, 2, GATES) for n in range(topics)]
        offered = (
            SuggestedQuestion("open", topic_builder.said("often"), ("w1",)),
            SuggestedQuestion("closed", topic_builder.said("closed often"), ("d0", "w1")),
        )
        asked = [replace(topic, questions=offered) for topic in bare]
        self.store = FakeStore(replace(topic_builder.library(*asked), languages=(language,)))
        self.clock = Clock()
        self.port = VisitController(
            self.store.bare, VisitDefaults(language, pace=AT_ONCE), self.clock, self.store
        )
        self.deliver(ev.Started(), ev.ChoseReader(reader="plain"), ev.ChoseTopic(topic="t0"))

    @property
    def page(self) -> Page:
        return self.port.page

    def deliver(self, *events: ev.Event) -> bool:
        self.clock.now += 3.0
        return [self.port.deliver(event) for event in events][-1]

    def acknowledge(self, caution: str) -> None:
        self.deliver(ev.OpenedSection(section="g0" if caution == "k0" else "g1"))
        self.deliver(ev.BeganCautions())
        self.deliver(ev.ShownWhole())
        assert self.deliver(
            ev.CautionAcknowledged(caution=caution, language="en", level=Level.PLAIN)
        )

    def ask(self, answer: Answer, text: str = "what is it") -> Page:
        self.store.prepared_answer = answer
        assert self.deliver(ev.PanelOpened(panel=ev.Panel.ASK))
        assert self.deliver(ev.QuestionAsked(text=text))
        return self.page


def answer_with(*passages: PassageRef) -> Answer:
    return Answer(AnswerKind.ANSWER, "en", passages)


def text_of(page: Page) -> str:
    """Return everything that a front end could show of a page."""
    return " ".join(page.words()) + repr(page.gate) + repr(page.blocks) + repr(page.choices)
