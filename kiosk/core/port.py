"""Running visits: the port that a front end is handed, the controller that is that port, and the
protocol of the store that gives the controller topics and answers.

A front end is handed a `Port` and nothing more: the library and the visit stay behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from contextlib import suppress
from typing import Protocol

from kiosk.core.content import Topic
from kiosk.core.events import (
    AnswerFound,
    Event,
    SheetHandedOver,
    Ticked,
    TopicOpened,
    TopicQuery,
    TopicsFound,
    TopicWithdrawn,
)
from kiosk.core.library import Library, TopicCard
from kiosk.core.outcome import Ask, AskLibrary, FindTopics, OpenTopic
from kiosk.core.page import Page, PageKind
from kiosk.core.pages.build import page_for
from kiosk.core.question import Answer, Question
from kiosk.core.rules.topic_search import MOST_FOUND
from kiosk.core.take_home.state import HandOver, SheetOutlets, SheetResult
from kiosk.core.transitions import apply, ends_at, is_resting
from kiosk.core.visit import Visit, VisitDefaults, new_visit
from kiosk.fast_dataclass import replace


class Port(Protocol):
    """Port: all that a front end is handed: the page in view, delivery of events, phrases."""

    @property
    def page(self) -> Page:
        """The page that may be shown to the reader now."""
        ...

    def deliver(self, event: Event) -> bool:
        """Give an event the present time and apply it; return whether the visit accepted it."""
        ...

    def say(self, key: str, **values: object) -> str:
        """The phrase of `key`, with `values` filled in, in the language and level in view."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have `listener` called each time the page in view has become another."""
        ...


class ContentStore(Protocol):
    """Protocol of where topics and answers are got from: a pack, or a substitute in tests."""

    def open_topic(self, id_: str, language: str) -> Topic:
        """Read a whole topic; KeyError where there is none of that id in that language."""
        ...

    def card(self, id_: str, language: str) -> TopicCard:
        """The card of a topic, known before it is opened; KeyError where there is no such topic."""
        ...

    def find_topics(self, sought: TopicQuery, language: str, most: int) -> tuple[TopicCard, ...]:
        """The cards of topics that fit, best first, from `sought.start` on; `most` or fewer."""
        ...

    def answer(self, question: Question) -> Answer:
        """The answer to a question, as references; it may take no longer than turning a page."""
        ...

    def alarm(self, written: Question) -> Answer | None:
        """An answer that says what to do now, where `written` speaks of danger; otherwise None."""
        ...

    def withdrawn(self) -> Set[str]:
        """The ids of topics that must not be shown any more; asked before every event, so cheap."""
        ...

    def renewed(self) -> Library | None:
        """A newer library to go on with, asked for between visits; None where there is none."""
        ...


class VisitController:
    """Controller of visits, one after another: takes events, fulfils requests, gives the page.

    Args:
        library: what may be said; no topic need be opened.
        opening: what every visit begins with.
        clock: seconds on a clock that runs through sleep.
        store: where topics are opened, found and asked.
        on_over: called when a visit has ended, in place of showing the next person's first page:
            the process is replaced. None where the same process goes on.
        observe: called with the library, the visit before and after, and the event, after each that
            was accepted; None where nothing is counted.
        check_pin: ends the program if it is given the staff's PIN, and otherwise delivers
            `PinRefused`; None where no PIN is asked for.
        outlets: print and save sheets; None where nothing can be.
    """

    __slots__ = (
        "_check_pin", "_clock", "_count", "_gone", "_library", "_listeners", "_observe", "_on_over",
        "_outlets", "_page", "_store", "_visit", "_whole",
    )  # fmt: skip

    def __init__(
        self,
        library: Library,
        opening: VisitDefaults,
        clock: Callable[[], float],
        store: ContentStore,
        on_over: Callable[[], None] | None = None,
        check_pin: Callable[[str], None] | None = None,
        outlets: SheetOutlets | None = None,
        observe: Callable[[Library, Visit, Visit, Event], None] | None = None,
    ) -> None:
        self._whole = library
        self._store = store
        self._gone = frozenset(store.withdrawn())
        self._library = library.without(self._gone)
        self._clock = clock
        self._on_over = on_over
        self._check_pin = check_pin
        self._observe = observe
        self._outlets = outlets
        self._count = 0
        self._listeners: list[Callable[[], None]] = []
        self._visit: Visit = new_visit(opening, clock())
        self._page = page_for(self._library, self._visit)

    @property
    def page(self) -> Page:
        """The page that may be shown to the reader now."""
        return self._page

    def deliver(self, event: Event) -> bool:
        """Apply an event at the present time and fulfill its requests; return if it was
        accepted.
        """
        before = self._visit
        withdrawn = self._withdraw()
        outcome = apply(self._library, self._visit, replace(event, at=self._clock()))
        if outcome.over and self._on_over is not None:
            self._on_over()
            return True
        self._count += outcome.over
        self._visit = outcome.visit
        if self._observe is not None and not (outcome.refused or outcome.over):
            self._observe(self._library, before, outcome.visit, event)
        between = outcome.over or (isinstance(event, Ticked) and self.is_resting)
        renewed = between and self._put_back()
        for ask in outcome.asks:
            self._do(ask)
        # most keys only stir, and no page says when somebody did: it need not be made anew for that
        moved = replace(self._visit, last_activity_at=before.last_activity_at) != before
        if moved or withdrawn or renewed:
            self._turn()
        return not outcome.refused

    def say(self, key: str, **values: object) -> str:
        """The phrase of `key`, with `values` filled in, in the language and level in view."""
        words = self._library.words[self._visit.language]
        return words.say(key, self._visit.level, **values)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have `listener` called each time the page in view has become another."""
        self._listeners.append(listener)

    @property
    def is_resting(self) -> bool:
        """True if the visit waits at Welcome, with nothing of a reader in it."""
        return is_resting(self._visit)

    @property
    def ends_at(self) -> float:
        """The time, on the clock of events, when the visit ends unless somebody does something."""
        return ends_at(self._visit)

    def open_with(self, opening: VisitDefaults) -> None:
        """Use other defaults from now on, unless somebody has begun the visit: then do nothing.

        If the default topic is not in the library or was withdrawn, the one set before is kept.
        """
        if not self.is_resting:
            return
        if opening.topic and not self._holds(opening.topic, opening.language):
            opening = replace(opening, topic=self._visit.opening.topic)
        self._visit = new_visit(opening, self._clock())
        self._turn()

    def _holds(self, id_: str, language: str) -> bool:
        """Return whether the library has the topic's card in that language. The card is looked up
        in the store, as only the first few are loaded; a withdrawn topic has none.
        """
        if id_ in self._store.withdrawn():
            return False
        with suppress(KeyError):
            self._library = self._library.with_cards((self._store.card(id_, language),))
        return self._library.card(id_, language) is not None

    def tick(self) -> None:
        """Deliver the event that time has passed, so that the visit looks at its deadlines."""
        self.deliver(Ticked())

    def _withdraw(self) -> bool:
        """Drop texts that were recalled; return whether the current page may show words of them."""
        before, self._gone = self._gone, frozenset(self._store.withdrawn())
        if self._gone:
            self._library = self._library.without(self._gone)
        if self._visit.topic in self._gone:
            self._apply(TopicWithdrawn())
            return True
        return self._gone != before  # an answer or a list may

    def _put_back(self) -> bool:
        """Between visits: nothing that was opened or found stays; whether a new library came."""
        renewed = self._store.renewed()
        self._whole = renewed or self._whole
        self._gone = frozenset(self._store.withdrawn())
        before, self._library = self._library, self._whole.without(self._gone)
        return renewed is not None or before.catalogues != self._library.catalogues

    def _do(self, ask: Ask) -> None:
        if isinstance(ask, OpenTopic):
            self._open(ask.topic, ask.language)
            there = self._library.has_opened(ask.topic, ask.language)
            opened = TopicOpened(topic=ask.topic, language=ask.language)
            self._apply(opened if there else TopicWithdrawn())
        elif isinstance(ask, FindTopics):
            cards = self._store.find_topics(ask.sought, ask.written.language, MOST_FOUND + 1)
            self._library = self._library.with_cards(cards)
            ids = tuple(card.id for card in cards[:MOST_FOUND])
            has_more = len(cards) > MOST_FOUND
            alarm = self._store.alarm(ask.written) if ask.written.text else None
            self._apply(TopicsFound(sought=ask.sought, topics=ids, has_more=has_more, alarm=alarm))
        elif isinstance(ask, AskLibrary):
            answer = self._store.answer(ask.question)
            topics = {(passage.topic, passage.language) for passage in answer.passages}
            if answer.locked:
                topics.add((answer.locked[0], ask.question.language))
            for topic, language in sorted(topics):
                self._open(topic, language)
            self._apply(AnswerFound(question=ask.question, answer=answer))
        elif isinstance(ask, HandOver):
            self._hand_over(ask)
        elif self._check_pin is not None:
            self._check_pin(ask.pin)

    def _hand_over(self, wanted: HandOver) -> None:
        """Make the sheet and let it be printed or saved; its reader may have left by then."""
        from kiosk.core.pages.sheet import sheet_for

        visit_number = self._count

        def on_result(result: SheetResult, where: str) -> None:
            if self._count == visit_number:
                self._apply(SheetHandedOver(number=wanted.number, result=result, where=where))
                self._turn()

        date = self._outlets.today() if self._outlets else ""
        sheet = sheet_for(self._library, self._visit, wanted.sheet, date)
        if self._outlets is None or sheet is None:
            on_result(SheetResult.FAILED, "")
        else:
            self._outlets.hand_over(sheet, wanted, on_result)

    def _apply(self, event: Event) -> None:
        """Apply an event to the visit at the present time; tell the observer if it was accepted."""
        at, before = self._clock(), self._visit
        outcome = apply(self._library, before, replace(event, at=at))
        self._visit = outcome.visit
        if self._observe is not None and not outcome.refused:
            self._observe(self._library, before, self._visit, event)

    def _open(self, id_: str, language: str) -> None:
        """Open a topic, unless it was withdrawn or cannot be read any more."""
        if id_ in self._store.withdrawn() or self._library.has_opened(id_, language):
            return
        try:
            topic, card = self._store.open_topic(id_, language), self._store.card(id_, language)
        except KeyError:
            return
        self._library = self._library.with_topic(topic).with_cards((card,))

    def _turn(self) -> None:
        page = page_for(self._library, self._visit)
        if page != self._page:
            self._page = page
            if page.kind is not PageKind.IDLE:
                self._visit = replace(self._visit, reading=page.reading)
            for listener in self._listeners:
                listener()
