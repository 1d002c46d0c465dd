"""The shelf of a visit: topics, and what is found among them, from one pack."""

from __future__ import annotations

from collections.abc import Callable, Set

from kiosk.answers.engine import Engine
from kiosk.answers.urgent import Alarms
from kiosk.core.content import Topic
from kiosk.core.events import Sought
from kiosk.core.library import Library, TopicCard
from kiosk.core.question import Answer, Question
from kiosk.library.pack import OpenPack


class PackShelf:
    """Reads from a pack that is opened when it is first needed: after a fork, not before."""

    def __init__(self, look: Callable[[], OpenPack]) -> None:
        self._look = look
        self._opened: OpenPack | None = None
        self._engine: Engine | None = None

    @property
    def pack(self) -> OpenPack:
        """The pack, opened in this process."""
        if self._opened is None:
            self._opened = self._look()
        return self._opened

    def open_topic(self, id_: str, language: str) -> Topic:
        """A topic, read whole."""
        return self.pack.open_topic(id_, language)

    def card(self, id_: str, language: str) -> TopicCard:
        """A topic's card."""
        found = self.pack.library().card(id_, language)
        if found is None:
            raise KeyError((id_, language))
        return found

    def find_topics(self, sought: Sought, language: str, most: int) -> tuple[TopicCard, ...]:
        """The cards of topics whose question has what is written."""
        cards = self.pack.library().cards_in(language)
        found = [one for one in cards if sought.text.casefold() in one.question.plain.casefold()]
        return tuple(found[sought.start : sought.start + most])

    def answer(self, question: Question) -> Answer:
        """What the library says to it; the engine is made when the first question is asked."""
        if self._engine is None:
            self._engine = Engine(
                self.pack.another(), self.pack.another(), Alarms(self.pack.alarm_rules())
            )
        return self._engine.answer(question)

    def withdrawn(self) -> Set[str]:
        """None."""
        return frozenset()

    def renewed(self) -> Library | None:
        """None."""
        return None
