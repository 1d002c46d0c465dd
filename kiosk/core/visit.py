"""State of a visit: what one reader has done; and the rules of what may happen next.

The rules, of which the tables in `transitions` are the only implementation:

1.  A gated section is open only while every caution that it names has been acknowledged in this
    visit, as worded for the visit's topic, language and level. Nothing remembers "open":
    `open_cautions()` is asked again each time. (`gate`)
2.  An acknowledgement counts only for the caution in view, in the language and level in view, a
    dwell after it was shown whole, and not in the wake of one that came too early.
    (`rules.cautions`)
3.  "I am not sure" never acknowledges, and takes back an acknowledgement in any words. It
    shows the caution in other words, once; unsure again leaves it open and goes on to the next.
4.  Another level or language keeps the visit's location and what was acknowledged in the old words;
    cautions not yet acknowledged in the new words are open. Where that would reopen a caution, the
    reader is told first and agrees. (`rules.selection`)
5.  Going on without supplements is possible wherever a caution or a closed section is in view.
6.  A panel (help, staff, evidence ...) lies over a location and changes nothing under it.
7.  After `idle` seconds without a person, or as many as the page takes to read slowly, it asks;
    after `warning` more it starts over. The deadline is looked at before any event.
8.  A question is answered with item references, and each item's gate is asked when it is shown:
    what an answer points to behind open cautions is not in it. (`rules.questions`)
9.  A text that was withdrawn is gone from the library at the next event, and the visit leaves it.
10. Starting over gives exactly the visit that the first person found.
11. A screen's page that nobody can have seen yet is not left. (`transitions`)
12. What no table permits is refused and changes nothing.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.core.events import Panel, TopicQuery
from kiosk.core.question import Answer
from kiosk.core.take_home.state import (
    OpenedPart,
    Outlet,
    OwnQuestion,
    SelfCheck,
    SheetKind,
    SheetResult,
)
from kiosk.core.wording import Level
from kiosk.fast_dataclass import dataclass, field


@dataclass(frozen=True)
class Timings:
    """Durations that the rules use, in seconds: how long a caution must stand before an answer
    (`dwell`), how long to wait after one too early (`quiet`), how long a page must be on the screen
    before it is left (`seen`), and when an idle visit is asked about and ended.
    """

    dwell: float = 2.0
    """Time that a caution stands, whole, before an answer counts."""
    quiet: float = 0.8
    """Time without an answer that must follow one that came too early: longer than a keyboard waits
    before it repeats a held key."""
    seen: float = 0.4
    """Time that a page must have been on a screen before it can be left: a held key, or the second
    click of two, comes before anybody can have seen what it would leave."""
    idle: float = 180.0
    """Time that a page may stand untouched before the reader is asked; `Visit.reading` if
    longer."""
    warning: float = 60.0
    """Time that the question stands before the visit starts over."""


class Presentation(StrEnum):
    """Kind of front end that shows a visit: screens or lines. Phrases that only one kind says have
    keys that begin with its value, such as "screen.".
    """

    SCREEN = "screen"
    LINES = "lines"


@dataclass(frozen=True)
class VisitDefaults:
    """Defaults of a site that every visit begins with, such as language, level and durations."""

    language: str
    level: Level | None = None
    topic: str | None = None
    pace: Timings = field(default_factory=Timings)
    presentation: Presentation = Presentation.SCREEN
    may_leave: bool = False
    """True if staff can leave the kiosk with a PIN."""
    outlets: frozenset[Outlet] = frozenset()
    """The ways in which this place lets sheets leave the screen."""
    is_counted: bool = False
    """True if the site keeps figures, which the policy then says."""


@dataclass(frozen=True)
class Location:
    """Base of locations: where a visit stands. A subclass without fields needs no `@dataclass`."""


class AtWelcome(Location):
    """Location: the first page (Welcome), to which an idle screen returns."""


class AtReaders(Location):
    """Location: the question "Which best describes you?"."""


@dataclass(frozen=True)
class AtTopics(Location):
    """Location: the choice of a topic, where there are several, with the search that is under
    way.
    """

    sought: TopicQuery | None = None
    """None where every topic is listed, or the headings are."""
    results: tuple[str, ...] | None = None
    """The topics found, in order; None until the port has looked."""
    has_more: bool = False
    """True if there are more than those found."""
    unchecked: str = ""
    """A text that is too long to be looked for, until it has been checked for signs of danger."""
    alarm: Answer | None = None
    writing: bool = False
    """True if letters are offered to write with."""


class AtLoading(Location):
    """Location: waiting for a topic that has been asked for and is not opened yet."""


@dataclass(frozen=True)
class AtSection(Location):
    """Location: a screen of a section; while it is closed, the page that leads to its cautions."""

    section: str
    screen: int = 0


@dataclass(frozen=True)
class AtCaution(Location):
    """Location: a caution before a gated section, in its first words or in its other words."""

    section: str
    caution: str
    again: bool = False


@dataclass(frozen=True)
class AtProduct(Location):
    """Location: a product of a gated section."""

    section: str
    product: str


class AtFinish(Location):
    """Location: the last page of a topic, which comes after all steps."""


class AtWithdrawn(Location):
    """Location: the page that says the text the visit was in has been withdrawn."""


@dataclass(frozen=True)
class OpenPanel:
    """The panel that lies over the location, and its state, such as typed text or an answer."""

    panel: Panel
    reader: str | None = None
    language: str | None = None
    beneath: Panel | None = None
    """The panel that "Are you still there?" covers, and gives back."""
    left: int = 0
    """Seconds that "Are you still there?" has left, in tens."""
    typed: str = ""
    """The text in the entry: the digits of a PIN, or a question."""
    draft: str = ""
    """The text in the entry before one that is too long for it, until that was checked for
    danger."""
    answer: Answer | None = None
    """The library's answer to the question that was typed or chosen."""
    refused: int | None = None
    """After a PIN was refused, the seconds until the next may be tried; None before."""
    number: int = 0
    """The number of the code, or of the reader's own question, that is in view."""
    sheet: SheetKind = SheetKind.HANDOUT
    result: SheetResult | None = None
    check: SelfCheck | None = None
    saved_in: str = ""


class Notice(StrEnum):
    """Notice that the next page says once: what has just changed, or why nothing has."""

    TOO_EARLY = "too-early"
    TOO_LONG = "too-long"
    OPEN_NOW = "open-now"
    ON_LIST = "on-list"
    NEW_WORDS = "new-words"
    CAUTIONS_AGAIN = "cautions-again"
    LEFT_OPEN = "left-open"
    LIST_FULL = "list-full"
    HELPFUL = "helpful"
    SHEET_DONE = "sheet-done"
    SHEET_FAILED = "sheet-failed"


@dataclass(frozen=True)
class Acknowledgement:
    """An acknowledgement of one caution of one topic, as worded for one language and level."""

    topic: str
    caution: str
    language: str
    level: Level


@dataclass(frozen=True)
class Progress:
    """Progress of the reader in the steps of one topic, and the screen to come back to."""

    topic: str
    at: AtSection
    """The screen of a step that detours and panels return to."""
    reached: frozenset[str] = frozenset()
    """The ids of the steps that the reader has been at."""


@dataclass(frozen=True)
class Visit:
    """A visit: what one reader has done so far, such as location, level and acknowledged cautions.
    It holds no text of the library, and is dropped when the reader leaves.
    """

    opening: VisitDefaults
    language: str
    location: Location = field(default_factory=AtWelcome)
    open_panel: OpenPanel | None = None
    reader: str | None = None
    level: Level | None = None
    topic: str | None = None
    progress: tuple[Progress, ...] = ()
    acknowledged: frozenset[Acknowledgement] = frozenset()
    shown_at: float | None = None
    """The time when the page in view had been shown to its end; None until then."""
    turned_at: float = 0.0
    """The time when the page in view, or its last part, came on the screen."""
    early_at: float | None = None
    """The time when an answer to the caution in view last came too early."""
    last_activity_at: float = 0.0
    """The time when a person last did anything."""
    notice: Notice | None = None
    reading: float = 0.0
    """Seconds that a slow reader needs for the page in view."""
    questions: tuple[OwnQuestion, ...] = ()
    """The reader's own questions for the clinician, in their order."""
    parts: frozenset[OpenedPart] = frozenset()
    """The parts that were read behind cautions."""
    doubted: frozenset[tuple[str, str]] = frozenset()
    """The cautions that the reader was not sure of, by topic and id."""
    sheets: int = 0
    """The number of sheets that were printed or saved."""
    helpful: bool | None = None

    def progress_in(self, topic: str) -> Progress | None:
        """Return the reader's progress in `topic`; None before it was begun."""
        return next((progress for progress in self.progress if progress.topic == topic), None)


def new_visit(opening: VisitDefaults, at: float = 0.0) -> Visit:
    """A visit at Welcome as the next person finds it, with the site's defaults, begun at `at`."""
    return Visit(
        opening=opening, language=opening.language, level=opening.level, last_activity_at=at,
        turned_at=at,
    )  # fmt: skip
