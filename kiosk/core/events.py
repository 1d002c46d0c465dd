"""Events of a visit, each something that happened at a time: only they can change a visit.

`at` is in seconds, on a clock that runs on while the machine sleeps. Front ends leave it at 0: the
port sets the time of an event when it is delivered.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.core.question import Answer, Question
from kiosk.core.take_home.state import SheetResult
from kiosk.core.wording import Level
from kiosk.fast_dataclass import dataclass


class Panel(StrEnum):
    """Kind of panel: a page laid over the page of the visit's location, until Back removes it."""

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
    WRITE_OWN = "write-own"
    CHECK = "check"


TAKING_ALONG = frozenset({
    Panel.TAKE, Panel.SHEET, Panel.CODES, Panel.HANDED_OVER, Panel.DIARY, Panel.QUESTIONS,
    Panel.QUESTION, Panel.GOOD_QUESTIONS, Panel.WRITE_OWN, Panel.CHECK,
})  # fmt: skip
"""The panels of what a reader takes along; their rules are in `take_home.transitions`."""


@dataclass(frozen=True)
class TopicQuery:
    """A search for topics by words or under a heading, and how many results to leave out first."""

    text: str = ""
    """The beginnings of words of a title, another name or a summary; empty for every topic."""
    group: str = ""
    """A heading that they stand under; empty for all."""
    start: int = 0
    """The number of results to leave out first."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. A subclass that adds no field needs no `@dataclass` of its own."""

    at: float = 0.0


class Started(Event):
    """START was chosen on the Welcome page."""


@dataclass(frozen=True, kw_only=True)
class ChoseReader(Event):
    """A reader answered "Which best describes you?", for the first time or again."""

    reader: str


@dataclass(frozen=True, kw_only=True)
class ChoseLanguage(Event):
    """Another language was chosen."""

    language: str


class Agreed(Event):
    """The reader agreed to change level or language although answered cautions come again."""


@dataclass(frozen=True, kw_only=True)
class ChoseTopic(Event):
    """A topic was chosen, by its id, in the list of topics."""

    topic: str


@dataclass(frozen=True, kw_only=True)
class TopicOpened(Event):
    """The text of a topic that the visit asked for has been opened, and can be shown."""

    topic: str
    language: str


@dataclass(frozen=True, kw_only=True)
class ChoseGroup(Event):
    """A group was chosen: one of the headings that topics stand under."""

    group: str


class NextPageRequested(Event):
    """The reader asked for the next page of the topics that a search found."""


class KeyboardOpened(Event):
    """The reader asked for letters on the screen to write with, having no keyboard."""


@dataclass(frozen=True, kw_only=True)
class TextChanged(Event):
    """The text in the page's entry field was edited; the event has all of it."""

    text: str


@dataclass(frozen=True, kw_only=True)
class TopicsFound(Event):
    """The port has searched for topics; the ids of those found, and any sign of danger, are
    here.
    """

    sought: TopicQuery
    topics: tuple[str, ...]
    has_more: bool = False
    """True if there are more of them."""
    alarm: Answer | None = None
    """The answer that says what to do now, where the text that was typed speaks of danger."""


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """A typed question was submitted: to the library, or for the reader's list of own questions."""

    text: str


@dataclass(frozen=True, kw_only=True)
class SentenceTyped(Event):
    """A line was typed that is no choice of the page; it is only checked for signs of danger."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ChoseQuestion(Event):
    """One of the follow-up questions that the topic's author suggests was chosen, by its id."""

    question: str


@dataclass(frozen=True, kw_only=True)
class AnswerFound(Event):
    """The answer to a question has come: its kind, and references to the passages to show."""

    question: Question
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class OpenedPassage(Event):
    """The reader asked to turn to a passage of the answer in view, by its number from 0."""

    number: int


class OpenedLocked(Event):
    """The reader asked for the cautions behind which the answer in view, or part of it, stands."""


class QuestionSaved(Event):
    """The reader put the question just asked on their own list for the clinician."""


class TopicWithdrawn(Event):
    """The topic that the visit is in was withdrawn by the site: it must not be shown any more."""


class Advanced(Event):
    """The reader chose *Next*."""


class WentBack(Event):
    """The reader chose *Back*: to the page before, or from a panel to what it was opened from."""


@dataclass(frozen=True, kw_only=True)
class OpenedSection(Event):
    """The reader asked for a section, by its id: a step, a detour or a gated section."""

    section: str
    screen: int = 0
    """The number of its screen, from 0; a closed section shows its door, whatever this is."""


@dataclass(frozen=True, kw_only=True)
class OpenedProduct(Event):
    """The reader asked for a product of the gated section in view, by its id."""

    product: str


class BeganCautions(Event):
    """The reader asked to read the cautions that are still open before a closed section."""


class ShownWhole(Event):
    """All of the page in view has now been on display; the dwell of a caution counts from here."""


@dataclass(frozen=True, kw_only=True)
class CautionAnswered(Event):
    """Base of the two answers to a caution, as it is worded for one language and level."""

    caution: str
    language: str
    level: Level


class CautionAcknowledged(CautionAnswered):
    """The reader chose *I have read this* under a caution."""


class CautionUnsure(CautionAnswered):
    """The reader chose *I am not sure* under a caution."""


class GateSkipped(Event):
    """The reader chose to go on without supplements: a gated section stays closed and unread."""


@dataclass(frozen=True, kw_only=True)
class PanelOpened(Event):
    """The reader asked for a panel, such as help: a page over the page of the location."""

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
    """The PIN that staff submitted was refused: it is wrong, or too many were tried."""

    wait: int
    """Seconds until it may be tried again; 0 where it may be at once."""


@dataclass(frozen=True, kw_only=True)
class SheetHandedOver(Event):
    """A sheet that the reader wanted has been printed or saved, or could not be."""

    number: int
    """The number that the visit gave it."""
    result: SheetResult
    where: str = ""


class StartedOver(Event):
    """The visit was ended by a person; a new one begins at Welcome, with nothing of the old."""


class WindowRead(Event):
    """The reader read on, to a part of the page that did not fit into the window until then."""


class UserActive(Event):
    """A person did something that leaves the page as it is: scrolled, or moved the focus."""


class Ticked(Event):
    """Some time has passed, with or without input: the visit's deadlines are to be looked at."""
