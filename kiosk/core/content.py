"""Types of a topic's content: sections, claims, cautions, products; their texts at each level.

All are frozen. A `Topic` is one topic in one language. Ids never change, and nothing is referred to
by its position. What the claims rest on has its types in `evidence`.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from kiosk.core.evidence import Document, Reference, Statement
from kiosk.core.take_home.authored import TakeHomeTexts
from kiosk.core.wording import Level, ReadabilityScale, ReviewStatus, Urgency, Wording
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class Claim:
    """A claim: one fact as the reader is told it, and the statements that it rests on."""

    id: str
    rests_on: tuple[str, ...]
    wording: Wording
    heading: Wording | None = None
    """A small heading above it."""
    verdict: Wording | None = None
    """The verdict on its truth, said first and in one piece with it."""
    key: bool = False
    """True if it is the main message of its screen."""
    new_screen: tuple[Level, ...] = ()
    """The levels at which it begins another screen of its section."""
    ours: bool = False
    """True if it speaks for us, as a question for the clinician does: it carries no marks."""
    explains: tuple[str, ...] = ()
    """The words of the glossary whose meaning stands in a small line below it."""
    columns: Wording | None = None
    """Two names, "case | what to do": its points, "case: what to do", are drawn as a table."""
    urgent: Urgency | None = None
    """The urgency of the sign that it describes: the claim stands in the frame of urgent signs."""


@dataclass(frozen=True)
class Picture:
    """A drawing in characters, and words that say the same."""

    id: str
    art: str
    words: Wording
    after: str = ""
    """The claim that it follows; the first of its section where it follows none."""


@dataclass(frozen=True)
class UrgentSigns:
    """Signs of illness that need help now, or soon; they have a screen to themselves."""

    id: str
    when: Urgency
    title: Wording
    rests_on: tuple[str, ...]
    wording: Wording
    """Lines that begin with "- " are signs; `{emergency}` is the number to call."""


@dataclass(frozen=True)
class TableRow:
    """One row of a table, and the statements that it rests on."""

    cells: tuple[str, ...]
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A summary in rows and columns, of facts that the section's claims tell, too."""

    id: str
    title: str
    levels: tuple[Level, ...]
    """The levels that it is shown at."""
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class GlossaryWord:
    """A hard word, how texts write it, and its meaning, which is empty at levels that need none."""

    id: str
    terms: tuple[str, ...]
    """The forms in which texts write it."""
    meaning: Wording


@dataclass(frozen=True)
class Disagreement:
    """A disagreement between documents: one side, the other side, and what checking found."""

    id: str
    about: Wording
    one_side: Wording
    other_side: Wording
    finding: Wording
    one_side_rests_on: tuple[str, ...]
    other_side_rests_on: tuple[str, ...]


@dataclass(frozen=True)
class BothTrue:
    """A seeming disagreement: what it is about, and why both sides are true."""

    id: str
    about: Wording
    because: Wording
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class Product:
    """A product: one supplement of a gated section, and the claims and gaps told of it."""

    id: str
    name: Wording
    notes: tuple[Claim, ...]
    """Safety notes: people who should not take it, what it does not go with, when to stop."""
    claims: tuple[Claim, ...]
    """The things that were claimed of it, each with its verdict."""
    gaps: tuple[Claim, ...] = ()
    bottom_line: Claim | None = None
    """A summary, in a sentence, of what is known of it; first."""
    action: Claim | None = None
    """The advice what to do; last."""

    @property
    def all_claims(self) -> tuple[Claim, ...]:
        """All claims and gaps of the product in reading order: bottom line first, action last."""
        first = (self.bottom_line,) if self.bottom_line else ()
        last = (self.action,) if self.action else ()
        return (*first, *self.notes, *self.gaps, *self.claims, *last)


@dataclass(frozen=True)
class Caution:
    """A warning before a gated section; `again` are other words, for a reader who was not sure."""

    id: str
    title: Wording
    rests_on: tuple[str, ...]
    wording: Wording
    again: Wording


@dataclass(frozen=True)
class Section:
    """A section: a step, a detour (a closer look, not among the steps), or a gated section."""

    id: str
    title: Wording
    claims: tuple[Claim, ...] = ()
    pictures: tuple[Picture, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    both_true: tuple[BothTrue, ...] = ()
    gaps: tuple[Claim, ...] = ()
    products: tuple[Product, ...] = ()
    requires: tuple[str, ...] = ()
    """The cautions that must be acknowledged before anything in it is shown."""
    offers: tuple[str, ...] = ()
    """The detours that it offers."""
    urgent: tuple[UrgentSigns, ...] = ()
    """Shown before everything else of it."""
    tables: tuple[Table, ...] = ()
    choose: Wording | None = None
    """The question that its offers answer."""
    opens: str = ""
    """The gated section that it is the door to, for a step."""

    @property
    def every_claim(self) -> tuple[Claim, ...]:
        """The claims and gaps of the section itself, then those of its products."""
        inner = (claim for product in self.products for claim in product.all_claims)
        return (*self.claims, *self.gaps, *inner)

    @property
    def gated(self) -> bool:
        """True if the section requires cautions, no matter if they have been answered."""
        return bool(self.requires)


@dataclass(frozen=True)
class SuggestedQuestion:
    """A follow-up question that the author offers, so that nobody must write, and its answer."""

    id: str
    wording: Wording
    answers: tuple[str, ...]
    """The items that answer it, best first; at most three. Some may stand in a gated section."""


@dataclass(frozen=True)
class PolicyPart:
    """One titled part of the editorial policy."""

    title: str
    wording: Wording


@dataclass(frozen=True)
class Topic:
    """One health topic in one language, with everything that it rests on."""

    id: str
    language: str
    question: Wording
    summary: Wording
    updated: str
    """The date of our own text, ISO 8601."""
    status: ReviewStatus
    preview: str
    """The claim that shows a reader what a level sounds like."""
    steps: tuple[str, ...]
    """The sections that every reader is led through, in order."""
    sections: tuple[Section, ...]
    cautions: tuple[Caution, ...]
    statements: tuple[Statement, ...]
    references: tuple[Reference, ...]
    documents: tuple[Document, ...]
    questions: tuple[SuggestedQuestion, ...] = ()
    """In the order in which people ask them."""
    groups: tuple[str, ...] = ()
    """The headings that it stands under in the choice of topics."""
    other_names: tuple[str, ...] = ()
    """Other names that people have for it."""
    one_level: bool = False
    """True if there is one wording for all levels, measured and not simplified."""
    grade: int = 0
    """The difficulty of that one wording, on `scale`."""
    scale: ReadabilityScale = ReadabilityScale.UNMEASURED
    glossary: tuple[GlossaryWord, ...] = ()
    """The hard words that its claims explain."""
    take_home: TakeHomeTexts = TakeHomeTexts()
    policy: tuple[PolicyPart, ...] = ()
    """Its own parts of the editorial policy: who wrote it."""

    def has_section(self, id_: str) -> bool:
        """Return whether the topic has a section of that id; a translation of the topic may have
        none.
        """
        return any(section.id == id_ for section in self.sections)

    def section(self, id_: str) -> Section:
        """The section of that id; KeyError where the topic has none."""
        return _by_id(self.sections, id_)

    def caution(self, id_: str) -> Caution:
        """The caution of that id; KeyError where the topic has none."""
        return _by_id(self.cautions, id_)

    def statement(self, id_: str) -> Statement:
        """The statement of that id; KeyError where the topic has none."""
        return _by_id(self.statements, id_)

    def document(self, id_: str) -> Document | None:
        """The document of that id; None where the topic has none, as for safety notes."""
        return next((d for d in self.documents if d.id == id_), None)

    def reference(self, cites: str) -> Reference | None:
        """The paper that is cited by a key such as `A-4`; None where the topic lists none."""
        return next((r for r in self.references if cites in r.cited_as), None)

    def door_of(self, gated: str) -> Section | None:
        """The step from which a gated section is entered (its door); None where no step is one."""
        steps = (self.section(id_) for id_ in self.steps if self.has_section(id_))
        return next((step for step in steps if step.opens == gated), None)

    def meanings(self, claim: Claim) -> tuple[GlossaryWord, ...]:
        """The entries of the topic's glossary that `claim` explains, in the glossary's order."""
        return tuple(word for word in self.glossary if word.id in claim.explains)

    def gated_sections(self) -> tuple[Section, ...]:
        """The sections that require cautions, open or closed, in the topic's order."""
        return tuple(s for s in self.sections if s.gated)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Identified)


def _by_id(items: tuple[_T, ...], id_: str) -> _T:
    for item in items:
        if item.id == id_:
            return item
    raise KeyError(id_)
