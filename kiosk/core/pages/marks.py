"""Marks, the few words after a claim that say how sure it is: derived from the evidence, and put
into words. A claim that checking did not confirm has a verdict before it for that, not a mark.
"""

from __future__ import annotations

import re

from kiosk.core.content import Claim, Topic
from kiosk.core.evidence import OURS, CheckResult, Reference, SourcePart, Statement
from kiosk.core.pages.context import PageContext
from kiosk.core.wording import Level
from kiosk.fast_dataclass import dataclass

WRITTEN_FOR, NO_SOURCE, NOT_CHECKED = "written-for", "no-source", "not-checked"
"""The marks of what is less sure."""
GUIDELINE, CHECKED = "guideline", "checked"
"""The marks of what is more sure."""
OWN = "own"
"""The mark of a rule that we made to be safe: no source says it."""
DOUBTS = (WRITTEN_FOR, NO_SOURCE, NOT_CHECKED)

_SEEN = re.compile(r"open text|abstract")
"""Beginning of `verified` where the source itself was read."""
FROM_MEMORY = "from memory"
"""Beginning of `verified` where nobody looked the source up."""
_OURS = re.compile(r"Editorial|Our\b")
"""Beginning of the source of a statement that is a rule or an account of our own."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UPDATED = re.compile(r"updated\D{0,20}((?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Mark:
    """A mark, before it is put into words: its kind (a doubt, or an assurance such as "checked"),
    the condition (illness) its source was written for or the years of guidelines, and whether it
    holds for a part of the claim only.
    """

    kind: str
    value: str = ""
    in_part: bool = False


def marks_of(
    topic: Topic, rests_on: tuple[str, ...], *, has_verdict: bool = False
) -> tuple[Mark, ...]:
    """Return the marks of a text that rests on the statements with these ids: every doubt, or
    without doubts one assurance; empty where the evidence tells neither.

    With `has_verdict` (a verdict stands before the text), only doubts.
    """
    statements = [topic.statement(id_) for id_ in rests_on]
    marked = [
        (statement, mark)
        for statement in statements
        if (mark := _mark_of(topic, statement)) is not None
    ]
    counted = len(marked)
    doubts: dict[Mark, int] = {}
    for _, mark in marked:
        if mark.kind in DOUBTS:
            doubts[mark] = doubts.get(mark, 0) + 1
    if doubts:
        return tuple(
            Mark(mark.kind, mark.value, in_part=count < counted)
            for mark, count in sorted(doubts.items(), key=lambda doubt: DOUBTS.index(doubt[0].kind))
        )
    return () if has_verdict or not marked else (_assurance(statements, marked),)


def _assurance(statements: list[Statement], marked: list[tuple[Statement, Mark]]) -> Mark:
    """The one mark of `statements`, of which none is in doubt; `marked` are those that have one.

    What the writers could not see has no mark of its own, but the others are then only a part.
    """
    unmarked = len(marked) < sum(not statement.about_itself for statement in statements)
    in_part = unmarked or any(mark.in_part for _, mark in marked)
    own = [mark.kind == OWN for _, mark in marked]
    if any(own):
        return Mark(OWN, in_part=in_part or not all(own))
    values = (mark.value for _, mark in marked if mark.kind == GUIDELINE)
    guidelines = sorted({year for value in values for year in value.split(", ")})
    if not guidelines:
        return Mark(CHECKED, in_part=in_part)
    years = ", ".join(year for year in guidelines if year)
    if all(mark.kind == GUIDELINE for _, mark in marked):
        return Mark(GUIDELINE, years, in_part=in_part)
    if all(_was_seen(statement) for statement, _ in marked):
        return Mark(CHECKED, in_part=in_part)
    return Mark(GUIDELINE, years, in_part=True)


def _mark_of(topic: Topic, statement: Statement) -> Mark | None:
    """The mark of one statement; None where the evidence says nothing of how sure it is."""
    if statement.about_itself or statement.misquotes:
        return None
    if statement.source:
        if is_own(statement):
            return Mark(OWN)
        if statement.verified.startswith(FROM_MEMORY):
            return Mark(NOT_CHECKED)
        if statement.strand is SourcePart.GUIDELINE:
            return Mark(GUIDELINE, _years(statement.source))
        return Mark(CHECKED) if _was_seen(statement) else None
    if not statement.cites:
        return Mark(NO_SOURCE)
    reference = topic.reference(statement.cites)
    if reference and reference.written_for:
        return Mark(WRITTEN_FOR, reference.written_for)
    is_ours = reference is not None and reference.certainty == OURS
    if statement.checked is CheckResult.SUPPORTED_IN_PART:
        return Mark(CHECKED, in_part=True)
    if statement.checked is not CheckResult.SUPPORTED and not is_ours:
        return Mark(NOT_CHECKED)
    if reference and reference.kind == GUIDELINE:
        return Mark(GUIDELINE, _year(reference.work))
    return Mark(CHECKED) if statement.checked is CheckResult.SUPPORTED else None


def is_own(statement: Statement) -> bool:
    """Return whether a statement is advice of the project's own, which no source gives."""
    return bool(_OURS.match(statement.source))


def _was_seen(statement: Statement) -> bool:
    return statement.checked is CheckResult.SUPPORTED or bool(_SEEN.match(statement.verified))


def _years(source: str) -> str:
    """The year of each of the works that a source names, one after the other."""
    years = (_year(work) for work in source.split("; "))
    return ", ".join(dict.fromkeys(year for year in years if year))


def _year(source: str) -> str:
    """The year of a work: of its last update where it names one, else the first it names."""
    updated = _UPDATED.search(source)
    if updated:
        return updated[1]
    first = _YEAR.search(source)
    return first[0] if first else ""


def doubts_of(marks: tuple[Mark, ...], *, every: bool = False) -> tuple[Mark, ...]:
    """Return those of `marks` that say a doubt; with `every`, all of them."""
    return tuple(mark for mark in marks if every or mark.kind in DOUBTS)


def sure_of(context: PageContext, topic: Topic, claims: tuple[Claim, ...]) -> str:
    """Return a phrase of how sure these claims are together, for the choice that opens their
    sources; empty where there is any doubt, or nothing is known.
    """
    bases = (id_ for claim in claims if not claim.ours for id_ in claim.rests_on)
    marks = marks_of(topic, tuple(dict.fromkeys(bases)))
    if not marks or marks[0].kind in DOUBTS:
        return ""
    part = "-part" if marks[0].in_part else ""
    return context.say(f"evidence-note.{marks[0].kind}{part}")


def claim_marks(topic: Topic, claim: Claim) -> tuple[Mark, ...]:
    """Return the marks of a claim; empty for advice of the project's own."""
    if claim.ours:
        return ()
    return marks_of(topic, claim.rests_on, has_verdict=claim.verdict is not None)


def said(context: PageContext, topic: Topic, marks: tuple[Mark, ...], spelt_out: set[str]) -> str:
    """Return marks as words; empty without marks. Below the professional level several become one
    sentence.

    `spelt_out` holds the conditions (illnesses that sources were written for) already named in
    full on the page, which are shortened here; those named now are added to it.
    """
    if len(marks) > 1 and context.level is not Level.PROFESSIONAL:
        kinds = ", ".join(_kind(context, topic, mark, spelt_out) for mark in marks)
        fits = any(mark.kind == WRITTEN_FOR for mark in marks)
        return context.say("mark.several-fits" if fits else "mark.several", kinds=kinds)
    return " ".join(_said(context, topic, mark, spelt_out) for mark in marks)


def _kind(context: PageContext, topic: Topic, mark: Mark, spelt_out: set[str]) -> str:
    """A doubt as a part of the sentence about several."""
    if mark.kind != WRITTEN_FOR:
        return context.say(f"mark.several-{mark.kind}")
    condition = _condition(topic, mark, spelt_out)
    return context.say(f"mark.several-{mark.kind}", condition=condition)


def _said(context: PageContext, topic: Topic, mark: Mark, spelt_out: set[str]) -> str:
    key = f"mark.{mark.kind}" + ("-part" if mark.in_part else "")
    if mark.kind == WRITTEN_FOR:
        return context.say(key, condition=_condition(topic, mark, spelt_out))
    if mark.kind == GUIDELINE:
        if not mark.value:
            return context.say(f"{key}-undated")
        return context.say(f"{key}s" if "," in mark.value else key, year=mark.value)
    return context.say(key)


def _condition(topic: Topic, mark: Mark, spelt_out: set[str]) -> str:
    """The name of what a paper was written for: whole once a page, then short."""
    name = _short(topic, mark.value) if mark.value in spelt_out else mark.value
    spelt_out.add(mark.value)
    return name


def _short(topic: Topic, condition: str) -> str:
    """The shorter name of a condition that papers were written for."""
    fitting = (reference for reference in topic.references if _is_for(reference, condition))
    return next((reference.written_for_short for reference in fitting), condition)


def _is_for(reference: Reference, condition: str) -> bool:
    return reference.written_for == condition and bool(reference.written_for_short)
