"""Marks: a few words after a claim that say how sure it is, the same few everywhere.

They are derived from the ledger alone. What checking did not confirm has no mark: a verdict stands
before it and says so.
"""

from __future__ import annotations

import re

from kiosk.core.content import Claim, Topic
from kiosk.core.evidence import OURS, CheckResult, Reference, SourcePart, Statement
from kiosk.core.pages.context import PageContext
from kiosk.fast_dataclass import dataclass

WRITTEN_FOR, NO_SOURCE, NOT_CHECKED = "written-for", "no-source", "not-checked"
"""The marks of what is less sure."""
GUIDELINE, CHECKED = "guideline", "checked"
"""The marks of what is more sure."""
DOUBTS = (WRITTEN_FOR, NO_SOURCE, NOT_CHECKED)

_SEEN = re.compile(r"open text|abstract")
"""What `verified` begins with where the source itself was read."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UPDATED = re.compile(r"updated\D{0,20}((?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Mark:
    """One mark: which, of what (a condition, years), and whether of a part only."""

    kind: str
    value: str = ""
    in_part: bool = False


def marks_of(
    topic: Topic, rests_on: tuple[str, ...], *, has_verdict: bool = False
) -> tuple[Mark, ...]:
    """How sure is what rests on these statements.

    Doubts come before anything good, and after a verdict only doubts are told.
    """
    statements = [topic.statement(id_) for id_ in rests_on]
    found = [(one, mark) for one in statements if (mark := _mark_of(topic, one)) is not None]
    counted = len(found)
    doubts: dict[Mark, int] = {}
    for _, mark in found:
        if mark.kind in DOUBTS:
            doubts[mark] = doubts.get(mark, 0) + 1
    if doubts:
        return tuple(
            Mark(mark.kind, mark.value, in_part=count < counted)
            for mark, count in sorted(doubts.items(), key=lambda one: DOUBTS.index(one[0].kind))
        )
    return () if has_verdict or not found else (_assurance(topic, found),)


def _assurance(topic: Topic, found: list[tuple[Statement, Mark]]) -> Mark:
    """The one good mark of statements of which none is in doubt."""
    guidelines = sorted({mark.value for _, mark in found if mark.kind == GUIDELINE})
    if not guidelines:
        return Mark(CHECKED)
    years = ", ".join(year for year in guidelines if year)
    if all(mark.kind == GUIDELINE for _, mark in found):
        return Mark(GUIDELINE, years)
    if all(_was_seen(one) for one, _ in found):
        return Mark(CHECKED)
    return Mark(GUIDELINE, years, in_part=True)


def _mark_of(topic: Topic, statement: Statement) -> Mark | None:
    """The mark of one statement; None where the ledger says nothing of how sure it is."""
    if statement.about_itself or statement.misquotes:
        return None
    if statement.source:
        if statement.strand is SourcePart.GUIDELINE:
            return Mark(GUIDELINE, _year(statement.source))
        return Mark(CHECKED) if _was_seen(statement) else None
    if not statement.cites:
        return Mark(NO_SOURCE)
    reference = topic.reference(statement.cites)
    if reference and reference.written_for:
        return Mark(WRITTEN_FOR, reference.written_for)
    is_ours = reference is not None and reference.certainty == OURS
    if statement.checked is not CheckResult.SUPPORTED and not is_ours:
        return Mark(NOT_CHECKED)
    if reference and reference.kind == GUIDELINE:
        return Mark(GUIDELINE, _year(reference.work))
    return Mark(CHECKED) if statement.checked is CheckResult.SUPPORTED else None


def _was_seen(statement: Statement) -> bool:
    return statement.checked is CheckResult.SUPPORTED or bool(_SEEN.match(statement.verified))


def _year(source: str) -> str:
    """The year of a source: of its last update where it names one, else the first it names."""
    updated = _UPDATED.search(source)
    if updated:
        return updated[1]
    first = _YEAR.search(source)
    return first[0] if first else ""


def claim_marks(topic: Topic, claim: Claim) -> tuple[Mark, ...]:
    """The marks of a claim; what speaks for ourselves has none."""
    if claim.ours:
        return ()
    return marks_of(topic, claim.rests_on, has_verdict=claim.verdict is not None)


def said(scene: PageContext, topic: Topic, marks: tuple[Mark, ...], told: set[str]) -> str:
    """Marks in words. A condition is spelt out once a page; `told` is what has been."""
    return " ".join(_said(scene, topic, mark, told) for mark in marks)


def _said(scene: PageContext, topic: Topic, mark: Mark, told: set[str]) -> str:
    key = f"mark.{mark.kind}" + ("-part" if mark.in_part else "")
    if mark.kind == WRITTEN_FOR:
        name = _short(topic, mark.value) if mark.value in told else mark.value
        told.add(mark.value)
        return scene.say(key, condition=name)
    if mark.kind == GUIDELINE:
        if not mark.value:
            return scene.say(f"{key}-undated")
        return scene.say(f"{key}s" if "," in mark.value else key, year=mark.value)
    return scene.say(key)


def _short(topic: Topic, condition: str) -> str:
    """The shorter name of a condition that papers were written for."""
    fitting = (one for one in topic.references if _is_for(one, condition))
    return next((one.written_for_short for one in fitting), condition)


def _is_for(reference: Reference, condition: str) -> bool:
    return reference.written_for == condition and bool(reference.written_for_short)
