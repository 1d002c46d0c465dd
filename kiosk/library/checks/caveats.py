"""Check that the warnings in evidence.toml reach readers before, or with, what they warn of.

Statements that are marked as caveats must be in the cautions before each gated section. Warnings
of one thing must be shown with every text that names that thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kiosk.core.content import Section
from kiosk.core.evidence import Statement
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.checks.ids import perhaps_meant
from kiosk.library.problem import Problem
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import TextPiece, table_pieces, topic_pieces


def warned(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a text that names a thing rests on each warning of evidence.toml about the thing.

    A text that rests on warnings shows them, wherever it is quoted. In a table, warnings under one
    row count for the whole table.
    """
    for warning in draft.warned:
        matcher, needed = GatedTermMatcher(warning.terms), set(warning.statements)
        cautions: dict[tuple[str, str], set[str]] = {}
        named: dict[tuple[str, str], TextPiece] = {}
        for piece in chain(topic_pieces(draft), table_pieces(draft)):
            item = (piece.file, piece.where)
            cautions.setdefault(item, set()).update(piece.rests_on)
            if any(matcher.find(text, amounts=False) for _, text in piece.levels()):
                named.setdefault(item, piece)
        for item, piece in named.items():
            lacking = sorted(needed - cautions[item])
            if lacking and needed <= {s.id for s in draft.topic.statements}:
                message = (
                    f"names {warning.terms[0]} and rests not on its warnings {', '.join(lacking)}"
                )
                yield Problem(piece.file, piece.where, message)


def cautions(draft: TopicDraft) -> Iterator[Problem]:
    """Check that some caution rests on every statement that is marked as a caveat.

    The cautions that a gated section requires must together rest on all of these statements.
    """
    if draft.hidden & {"statement", "caution"}:
        return
    marked = [s for s in draft.topic.statements if s.caveat]
    missing = uncovered(draft)
    for statement in marked:
        if statement.id in missing:
            message = "is marked as a caveat, and no caution rests on it"
            yield Problem(draft.evidence_file, f'statement "{statement.id}"', message)
    known = {caution.id for caution in draft.topic.cautions}
    under = {id_ for caution in draft.topic.cautions for id_ in caution.rests_on}
    for section in draft.topic.gated_sections():
        if set(section.requires) <= known:
            yield from _not_before(draft, section, [s for s in marked if s.id in under])


def uncovered(draft: TopicDraft) -> set[str]:
    """Return the ids of the statements that are marked as caveats and on which no caution rests.

    A statement is left out where a misspelt id may mean it, or a broken file may have rested on it.
    """
    doubtful = draft.doubtful | perhaps_meant(draft, "statement")
    marked = {s.id for s in draft.topic.statements if s.caveat} - doubtful
    return marked - {id_ for caution in draft.topic.cautions for id_ in caution.rests_on}


def _not_before(draft: TopicDraft, section: Section, marked: list[Statement]) -> Iterator[Problem]:
    in_cautions = {
        id_ for c in draft.topic.cautions if c.id in section.requires for id_ in c.rests_on
    }
    lacking = [s.id for s in marked if s.id not in in_cautions]
    if lacking:
        names = [c.id for c in draft.topic.cautions if set(c.rests_on) & set(lacking)]
        message = f"requires: the caveats {', '.join(lacking)} do not stand before it"
        hint = f"Require {', '.join(names)}, too."
        yield Problem(draft.section_files[section.id], "", message, hint)
