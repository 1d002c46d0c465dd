"""Events of a visit, named in the past tense: all that can change it. Each carries its time.

`at` is in seconds on a clock that runs through sleep. Front ends leave it at 0: the port
stamps an event when it is delivered.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.core.question import Answer, Question
from kiosk.core.take_home.state import SheetResult
from kiosk.core.wording import Level
from kiosk.fast_dataclass import dataclass


class Panel(StrEnum):
    """A page that lies over the visit's location; going back uncovers that again."""

    HELP = "help"
    STAFF = "staff"
    POLICY = "policy"
    STEPS = "steps"
    EVIDENCE = "evidence"
    READERS = "readers"
    LANGUAGES = "languages"
    NEW_WORDS = "new-words"
    START_OVER = "start-over"
    IDLE = "idle"
    LEAVE = "leave"
    ASK = "ask"
    WRITE = "write"
    ANSWER = "answer"
    TAKE = "take"
    SHEET = "sheet"
    CODES = "codes"
    HANDED_OVER = "handed-over"
    DIARY = "diary"
    QUESTIONS = "questions"
    QUESTION = "question"
    GOOD_QUESTIONS = "good-questions"
    ABOUT = "about"
    WRITE_OWN = "write-own"
    CHECK = "check"


TAKING_ALONG = frozenset({
    Panel.TAKE, Panel.SHEET, Panel.CODES, Panel.HANDED_OVER, Panel.DIARY, Panel.QUESTIONS,
    Panel.QUESTION, Panel.GOOD_QUESTIONS, Panel.ABOUT, Panel.WRITE_OWN, Panel.CHECK,
})  # fmt: skip
"""The panels of what a reader takes along; their rules are in `take_home.transitions`."""


@dataclass(frozen=True)
class TopicQuery:
    """A search for topics: by words, by heading, and from which result on."""

    text: str = ""
    """The beginnings of words of a title, another name or a summary; empty for every topic."""
    group: str = ""
    """A heading that they stand under; empty for all."""
    start: int = 0
    """How many of those found come before the first wanted."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened at a time. An event that adds no field needs no decorator."""

    at: float = 0.0


class Started(Event):
    """START was chosen on the Welcome page."""


@dataclass(frozen=True, kw_only=True)
class ChoseReader(Event):
    """A reader answered "Which best describes you?", for the first time or anew."""

    reader: str


@dataclass(frozen=True, kw_only=True)
class ChoseLanguage(Event):
    """Another language was chosen."""

    language: str


class Agreed(Event):
    """The reader agreed to the new words, knowing that the cautions come again."""


@dataclass(frozen=True, kw_only=True)
class ChoseTopic(Event):
    """A topic was chosen."""

    topic: str


@dataclass(frozen=True, kw_only=True)
class TopicOpened(Event):
    """The text of a topic that the visit asked for has been opened, and can be shown."""

    topic: str
    language: str


@dataclass(frozen=True, kw_only=True)
class ChoseGroup(Event):
    """A heading that topics stand under was chosen."""

    group: str


class NextPageRequested(Event):
    """The reader asked for the topics that come after those in view."""


class KeyboardOpened(Event):
    """The reader asked for letters on the screen to write with, having no keyboard."""


@dataclass(frozen=True, kw_only=True)
class TextChanged(Event):
    """The text in the page's entry field was edited; the event has all of it."""

    text: str


@dataclass(frozen=True, kw_only=True)
class TopicsFound(Event):
    """The topics that the visit looked for have been found, and their cards are there."""

    sought: TopicQuery
    topics: tuple[str, ...]
    more: bool = False
    """Whether there are more of them."""
    alarm: Answer | None = None
    """What to do now, where what was written speaks of danger."""


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """A follow-up question was asked, in the reader's own words."""

    text: str


@dataclass(frozen=True, kw_only=True)
class SentenceTyped(Event):
    """A line was typed that is no choice of the page: it is only looked at for signs of danger."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ChoseQuestion(Event):
    """One of the questions that people ask was chosen."""

    question: str


@dataclass(frozen=True, kw_only=True)
class AnswerFound(Event):
    """The answer to a question of the visit has come, as references to passages."""

    question: Question
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class OpenedPassage(Event):
    """A passage of the answer in view was chosen, by its number from 0: turn to its screen."""

    number: int


class OpenedLocked(Event):
    """The reader chose to read the cautions that stand before the answer in view."""


class QuestionSaved(Event):
    """The question in view goes on the reader's own list for the clinician."""


class TopicWithdrawn(Event):
    """The text of the visit's topic was withdrawn: it must not be shown any more."""


class Advanced(Event):
    """The reader chose *Next*."""


class WentBack(Event):
    """The reader chose *Back*, to the page before."""


@dataclass(frozen=True, kw_only=True)
class OpenedSection(Event):
    """A step, a detour or a gated section was chosen by name."""

    section: str
    screen: int = 0
    """Which screen of it, from 0; of a closed section its door shows, whatever this is."""


@dataclass(frozen=True, kw_only=True)
class OpenedProduct(Event):
    """A product of the gated section in view was chosen."""

    product: str


class BeganCautions(Event):
    """The reader turned to the next open caution before the closed section in view."""


class ShownWhole(Event):
    """The page in view has been on display to its end. The dwell of a caution begins here."""


@dataclass(frozen=True, kw_only=True)
class CautionAnswered(Event):
    """One caution was answered, as worded for one language and level."""

    caution: str
    language: str
    level: Level


class CautionAcknowledged(CautionAnswered):
    """The reader chose *I have read this* under a caution."""


class CautionUnsure(CautionAnswered):
    """The reader chose *I am not sure* under a caution."""


class GateSkipped(Event):
    """The reader chose *Go on without supplements*, at a closed section or one of its cautions."""


@dataclass(frozen=True, kw_only=True)
class PanelOpened(Event):
    """A panel, which is a page over the location, was asked for."""

    panel: Panel


@dataclass(frozen=True, kw_only=True)
class PressedDigit(Event):
    """A digit of the staff's PIN was typed."""

    digit: str


class PinCleared(Event):
    """The digits of the PIN typed so far were cleared."""


class PinSubmitted(Event):
    """The digits typed so far were submitted as the staff's PIN."""


@dataclass(frozen=True, kw_only=True)
class PinRefused(Event):
    """The staff's PIN was refused: it is wrong, or was tried too often."""

    wait: int
    """Seconds until it may be tried again; 0 where it may be at once."""


@dataclass(frozen=True, kw_only=True)
class SheetHandedOver(Event):
    """A sheet has been printed or saved, or could not be."""

    number: int
    """The number that the visit gave it."""
    result: SheetResult
    where: str = ""


class StartedOver(Event):
    """The visit was ended; the next one begins at Welcome."""


class WindowRead(Event):
    """The reader read on, to text of the page that did not fit into the window before."""


class UserActive(Event):
    """A person moved (scrolled, changed the focus) without changing the page."""


class Ticked(Event):
    """Time passed: the visit looks at its deadlines."""
