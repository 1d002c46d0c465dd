"""Types of a page: what may be shown now, words and choices in order; nothing withheld is in it.

A front end draws a `Page` and delivers the event of the choice that the reader takes; it decides
nothing else.
"""

from __future__ import annotations

from enum import StrEnum
from math import ceil

from kiosk.core.events import Event
from kiosk.fast_dataclass import dataclass

SLOW_WORDS_A_MINUTE = 60
"""Words that a slow reader, or one who has a page read aloud and twice, takes in a minute."""


class PageKind(StrEnum):
    """Kind of page, by which front ends tell one from another."""

    WELCOME = "welcome"
    READERS = "readers"
    TOPICS = "topics"
    OPENING = "opening"
    STEP = "step"
    DETOUR = "detour"
    DOOR = "door"
    CAUTION = "caution"
    PRODUCTS = "products"
    PRODUCT = "product"
    FINISH = "finish"
    STEPS = "steps"
    EVIDENCE = "evidence"
    POLICY = "policy"
    HELP = "help"
    STAFF = "staff"
    LANGUAGES = "languages"
    NEW_WORDS = "new-words"
    START_OVER = "start-over"
    IDLE = "idle"
    LEAVE = "leave"
    ASK = "ask"
    WRITE = "write"
    ANSWER = "answer"
    WITHDRAWN = "withdrawn"
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


class BlockKind(StrEnum):
    """Kind of a block: what it is to the reader, such as a heading. No kind is told by looks
    alone.
    """

    TEXT = "text"
    KEY = "key"
    HEADING = "heading"
    POINT = "point"
    PICTURE = "picture"
    MARK = "mark"
    VERDICT = "verdict"
    """A claim that begins with how true it is, as its label."""
    FINDING = "finding"
    """The result of a check of a disagreement."""
    TABLE = "table"
    GAP = "gap"
    SIDE = "side"
    SOURCE = "source"
    CODE = "code"
    """Text to be scanned by a telephone, drawn as codes where there is a screen."""


@dataclass(frozen=True)
class Block:
    """A block of a page: a paragraph, picture, table or code, with what a front end needs to draw
    it.
    """

    mood: BlockKind
    text: str
    label: str = ""
    """Said before the text, as part of it."""
    art: tuple[str, ...] = ()
    """The lines of a picture, whose words `text` has."""
    mark: str = ""
    """Said after the text, as part of it: what a reader must know of its sources at once."""
    cells: tuple[tuple[str, ...], ...] = ()
    """Of a table: the names of its columns, and row by row what stands in each."""
    urgent: str = ""
    """`now` or `soon` in what needs help: blocks in a row that have it share one frame."""
    passage: str = ""
    """Of an answer: the item that it is quoted from, `topic/section/item`."""

    @property
    def words(self) -> str:
        """The block's label, text and mark in one line, to be read aloud."""
        return " ".join(part for part in (self.label, self.text, self.mark) if part)

    @property
    def rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows of a table, each cell paired with its column's name; empty for other blocks."""
        names = self.cells[0] if self.cells else ()
        return tuple(tuple(zip(names, row, strict=True)) for row in self.cells[1:])


class ChoiceRole(StrEnum):
    """Role of a choice, by which a front end places it: main, next, back, tool, or a letter key."""

    MAIN = "main"
    NEXT = "next"
    BACK = "back"
    TOOL = "tool"
    KEY = "key"
    """A letter for those who have no keyboard."""


@dataclass(frozen=True)
class Choice:
    """A choice: something the reader can do now, with its label and the event to deliver.
    `under_way` is what to say meanwhile if that may take seconds, else empty.
    """

    id: str
    label: str
    event: Event
    role: ChoiceRole = ChoiceRole.MAIN
    short: str = ""
    """A shorter label for a narrow screen."""
    note: str = ""
    """The state that it is in, in words."""
    group: str = ""
    """A heading that stands above the first choice of its group."""
    preview: str = ""
    """A line that shows what the choice would sound like."""
    under_way: str = ""
    """A text to show while its effect may take seconds; empty where it takes no time."""


@dataclass(frozen=True)
class TextEntry:
    """The entry: the field in which the reader writes. Each edit is delivered as a `TextChanged`
    with the whole text; with `asks`, a finished line is a question, else words to search for.
    """

    text: str
    label: str
    """A label that says what to write."""
    asks: bool = False
    """True if a whole line is a question to ask; elsewhere what is written is looked for."""


@dataclass(frozen=True)
class GateCaution:
    """A caution before a closed section, as a page lists it; `open` says that it is not
    acknowledged yet.
    """

    id: str
    title: str
    open: bool


@dataclass(frozen=True)
class Gate:
    """Outline of a gated section that a page may show while it is closed: its title and cautions,
    and nothing of its content.
    """

    section: str
    title: str
    cautions: tuple[GateCaution, ...]


@dataclass(frozen=True)
class Page:
    """A page: all that may be shown to the reader now, and the choices that can be taken on it."""

    kind: PageKind
    language: str
    title: str
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...]
    likely: str = ""
    """The choice that the reader most likely wants; empty where nothing may be preselected."""
    step_label: str = ""
    """The position in the topic, such as "Step 3 of 9"."""
    status: str = ""
    """The text's stage of review, and what that means for the reader."""
    clinic: str = ""
    notice: str = ""
    """A notice of what has just changed; said once."""
    gate: Gate | None = None
    dwell: float = 0.0
    """Seconds that the page must have stood whole before an answer to it counts."""
    quiet: float = 0.0
    """Seconds without input that end what was typed before the page could be read."""
    entry: TextEntry | None = None

    @property
    def reading(self) -> float:
        """Seconds that a slow reader, or a page read aloud twice, takes for all words of the
        page.
        """
        words = sum(len(text.split()) for text in self.words())
        return words * 60.0 / SLOW_WORDS_A_MINUTE

    def choice(self, id_: str) -> Choice:
        """The choice of that id; KeyError where the page has none."""
        for choice in self.choices:
            if choice.id == id_:
                return choice
        raise KeyError(id_)

    def is_like(self, other: Page) -> bool:
        """Return whether `other` has the same kind, title, blocks, choices and entry; notices may
        differ.
        """
        return (self.kind, self.title, self.blocks, self.choices, self.entry) == (
            other.kind, other.title, other.blocks, other.choices, other.entry,
        )  # fmt: skip

    def words(self) -> tuple[str, ...]:
        """Every piece of text on the page, in reading order.

        The text in the entry is left out, and so are the letters to write with.
        """
        said = [self.clinic, self.step_label, self.status, self.notice, self.title]
        for block in self.blocks:
            said += [block.label, block.text, block.mark]
            said += [cell for row in block.cells for cell in row]
        if self.entry:
            said.append(self.entry.label)
        for choice in (choice for choice in self.choices if choice.role is not ChoiceRole.KEY):
            said += [choice.group, choice.label, choice.note, choice.preview]
        return tuple(text for text in said if text)


def seconds_to_wait(dwell: float) -> int:
    """Whole seconds that a reader is told to wait: `dwell` rounded up, and one more."""
    return ceil(dwell) + 1
