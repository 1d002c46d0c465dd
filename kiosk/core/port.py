"""The port: all that a front end is handed. The library and the visit stay behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from kiosk.core.content import Topic
from kiosk.core.events import Event, Ticked, TopicOpened
from kiosk.core.library import Library
from kiosk.core.page import Kind, Page
from kiosk.core.pages import page_for
from kiosk.core.transitions import apply, ends_at, is_resting
from kiosk.core.visit import Opening, OpenTopic, Visit, new_visit


class Port(Protocol):
    """What a front end may see and do."""

    @property
    def page(self) -> Page:
        """The page that may be shown now."""
        ...

    def deliver(self, event: Event) -> bool:
        """Deliver an event, stamped with the time; whether it was accepted."""
        ...

    def say(self, key: str, **values: object) -> str:
        """A phrase of the program, in the language and level in view."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever another page may be shown."""
        ...


class LivePort:
    """A visit in progress.

    Args:
        library: what may be said; no topic need be opened.
        opening: what every visit begins with.
        clock: seconds on a clock that runs through sleep.
        open_topic: reads a topic, by id and language.
        on_over: called when a visit has ended, in place of showing the next person's first page:
            the process is replaced. None where the same process goes on.
        check_pin: ends the program if it is given the staff's PIN, and otherwise delivers
            `PinRefused`; None where no PIN is asked for.
    """

    __slots__ = (
        "_check_pin", "_clock", "_library", "_listeners", "_on_over", "_open_topic", "_page",
        "_visit",
    )  # fmt: skip

    def __init__(
        self,
        library: Library,
        opening: Opening,
        clock: Callable[[], float],
        open_topic: Callable[[str, str], Topic],
        on_over: Callable[[], None] | None = None,
        check_pin: Callable[[str], None] | None = None,
    ) -> None:
        self._library = library
        self._clock = clock
        self._open_topic = open_topic
        self._on_over = on_over
        self._check_pin = check_pin
        self._listeners: list[Callable[[], None]] = []
        self._visit: Visit = new_visit(opening, clock())
        self._page = page_for(library, self._visit)

    @property
    def page(self) -> Page:
        """The page that may be shown now."""
        return self._page

    def deliver(self, event: Event) -> bool:
        """Deliver an event, stamped with the time; whether it was accepted."""
        outcome = apply(self._library, self._visit, replace(event, at=self._clock()))
        if outcome.over and self._on_over is not None:
            self._on_over()
            return True
        before, self._visit = self._visit, outcome.visit
        for ask in outcome.asks:
            if isinstance(ask, OpenTopic):
                self._open(ask)
            elif self._check_pin is not None:
                self._check_pin(ask.pin)
        if self._visit != before:
            self._turn()
        return not outcome.refused

    def say(self, key: str, **values: object) -> str:
        """A phrase of the program, in the language and level in view."""
        words = self._library.words[self._visit.language]
        return words.say(key, self._visit.level, **values)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever another page may be shown."""
        self._listeners.append(listener)

    @property
    def is_resting(self) -> bool:
        """Whether the visit waits at Welcome with nothing in it to clear."""
        return is_resting(self._visit)

    @property
    def ends_at(self) -> float:
        """When the visit ends by itself if nobody stirs, on the port's clock."""
        return ends_at(self._visit)

    def tick(self) -> None:
        """Let the core look at the time."""
        self.deliver(Ticked())

    def _open(self, ask: OpenTopic) -> None:
        topic = self._open_topic(ask.topic, ask.language)
        self._library = self._library.with_topic(topic)
        event = TopicOpened(topic=ask.topic, language=ask.language, at=self._clock())
        self._visit = apply(self._library, self._visit, event).visit

    def _turn(self) -> None:
        page = page_for(self._library, self._visit)
        if page != self._page:
            self._page = page
            if page.kind is not Kind.IDLE:
                self._visit = replace(self._visit, reading=page.reading)
            for listener in self._listeners:
                listener()
