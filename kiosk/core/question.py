"""Types of a follow-up question, and of its answer: references to items, never text.

The page that shows an answer draws each passage from its topic, through the same gate as a step
does: an engine that is wrong can point at a closed section, and still gives nothing out.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.core.wording import Level
from kiosk.fast_dataclass import dataclass

LONGEST_QUESTION = 500
"""Characters of a question. A longer one is refused: half a question may ask something else."""
LONGEST_CHECKED = 16_000
"""Characters of what is typed or pasted that are checked for alarms, answered or not."""
MOST_PASSAGES = 3
"""Passages of one answer, without the safety notes that the core puts above a product's."""


class AnswerKind(StrEnum):
    """Kind of answer: passages, none in this library, closed behind cautions, or get help now."""

    ANSWER = "answer"
    """Passages of the library answer it."""
    ABSTAIN = "abstain"
    """This library does not answer it."""
    LOCKED = "locked"
    """The answer, or part of it, is behind cautions that are still open."""
    URGENT = "urgent"
    """The person who asks should tell the staff now."""


@dataclass(frozen=True)
class Question:
    """A typed text to answer or to check for alarms, and what of its reader the answer depends
    on.
    """

    text: str
    language: str
    """The language of the page that it was asked on; the question's own may be another."""
    level: Level
    topic: str | None = None
    """The topic in view."""
    open: frozenset[tuple[str, str]] = frozenset()
    """The gated sections, by topic and section, whose cautions this visit has acknowledged."""


@dataclass(frozen=True)
class PassageRef:
    """Reference to an item that an answer quotes, such as a claim or gap, by topic, section and
    id.
    """

    topic: str
    section: str
    item: str
    """Its id; of a disagreement or both-true, the id of that."""
    language: str
    """The language of its text."""


@dataclass(frozen=True)
class Answer:
    """An answer: its kind (`behaviour`), and references to passages, which are shown through the
    gate. With `takes`, the person who asks takes a supplement or a medicine already.
    """

    behaviour: AnswerKind
    language: str
    """The language that the question was taken to be in."""
    passages: tuple[PassageRef, ...] = ()
    """At most three, best first, to which the core adds a product's safety notes; of an abstention,
    the gap that it is about."""
    locked: tuple[str, str] | None = None
    """The closed section, by topic and section, that holds the answer or part of it."""
    alarm: str = ""
    """The id of the alarm sign that an urgent question speaks of."""
    takes: bool = False
    """True if a locked question is of somebody who takes it already, or takes a medicine."""
