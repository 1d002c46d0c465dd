"""A content store for tests: made-up topics, a prepared answer, withdrawn texts."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from kiosk.core.content import Topic
from kiosk.core.events import TopicQuery
from kiosk.core.library import Library, TopicCard
from kiosk.core.question import Answer, AnswerKind, Question


class FakeStore:
    """Holds a whole library; `bare` is the one that a port starts with, without opened topics."""

    def __init__(self, whole: Library) -> None:
        self.whole = whole
        self.gone: Set[str] = frozenset()
        self.coming: Library | None = None
        self.prepared_answer = Answer(AnswerKind.ABSTAIN, "en")
        self.prepared_alarm: Answer | None = None
        self.asked: list[Question] = []
        self.checked: list[str] = []
        self.opened: list[str] = []

    @property
    def bare(self) -> Library:
        return replace(self.whole, opened=())

    def open_topic(self, id_: str, language: str) -> Topic:
        self.opened.append(id_)
        return self.whole.topic(id_, language)

    def card(self, id_: str, language: str) -> TopicCard:
        card = self.whole.card(id_, language)
        if card is None:
            raise KeyError((id_, language))
        return card

    def find_topics(self, sought: TopicQuery, language: str, most: int) -> tuple[TopicCard, ...]:
        cards = [card for card in self.whole.cards_in(language) if sought.text in card.id]
        return tuple(cards[sought.start : sought.start + most])

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        return self.prepared_answer

    def alarm(self, written: Question) -> Answer | None:
        self.checked.append(written.text)
        return self.prepared_alarm

    def withdrawn(self) -> Set[str]:
        return self.gone

    def renewed(self) -> Library | None:
        coming, self.coming = self.coming, None
        return coming
