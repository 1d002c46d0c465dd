"""Check the gate: nothing about supplements can be read before the cautions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kiosk.core.content import Section
from kiosk.core.evidence import Statement
from kiosk.library.characters import refusal
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.checks.ids import perhaps_meant
from kiosk.library.problem import Problem
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.texts import (
    TextPiece,
    drawings,
    library_pieces,
    open_evidence,
    statements,
    table_pieces,
    topic_pieces,
)


def gated_words(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no open text of a topic, evidence included, has a gated term or an amount."""
    gated = GatedTermMatcher(draft.gated_terms)
    for piece in _open_pieces(draft):
        yield from _slips(piece, gated)


def gated_words_outside(draft: Draft) -> Iterator[Problem]:
    """Check the same of the words of the program, the policy, the readers and the clinic's name."""
    gated = GatedTermMatcher(term for topic in draft.topics for term in topic.gated_terms)
    for piece in library_pieces(draft):
        if not _is_unit(piece):
            yield from _slips(piece, gated)


def gated_words_everywhere(draft: Draft) -> Iterator[Problem]:
    """Check that no open text has a term that another topic lists under `gated-everywhere`."""
    holders = [topic for topic in draft.topics if topic.gated_everywhere]
    terms = {term: holder.topic.id for holder in holders for term in holder.gated_everywhere}
    gated = GatedTermMatcher(terms)
    for topic in draft.topics if holders else ():
        own = set(topic.gated_terms)
        if own >= terms.keys():
            continue
        other = GatedTermMatcher(terms.keys() - own) if own else gated
        for piece in _open_pieces(topic):
            yield from _slips(piece, other, amounts=False)


def _open_pieces(draft: TopicDraft) -> Iterator[TextPiece]:
    pieces = (topic_pieces(draft), table_pieces(draft), drawings(draft), open_evidence(draft))
    for piece in chain(*pieces):
        if not piece.gated:
            yield piece


def _is_unit(piece: TextPiece) -> bool:
    """Return whether a text is the name of a unit, which is harmless without a number before it."""
    texts = [text for _, text in piece.levels()]
    return piece.key.startswith("unit.") and all(text.isalpha() for text in texts)


def _slips(piece: TextPiece, gated: GatedTermMatcher, *, amounts: bool = True) -> Iterator[Problem]:
    levels_of: dict[str, list[str]] = {}
    seen: dict[str, str] = {}
    for level, text in piece.levels():
        if text not in seen:
            seen[text] = "" if refusal(text) else gated.find(text, amounts=amounts)
        slip = seen[text]
        if slip:
            levels_of.setdefault(slip, []).append(level)
    for slip, levels in levels_of.items():
        what = f"{slip} can be read before the cautions"
        yield piece.problem(what, "", '", "'.join(level for level in levels if level))


def gated_statements(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a text which rests on a supplement statement is in a gated section."""
    for piece in chain(topic_pieces(draft), table_pieces(draft)):
        slips = [s.id for s in statements(draft.topic, piece.rests_on) if s.supplement]
        if slips and not piece.gated:
            what = f"rests on supplement statement {', '.join(slips)}, but no cautions come before"
            yield Problem(piece.file, piece.where, what)


def warned(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a text which names something with warnings rests on all of these warnings.

    It then shows them itself: on the same screen, and wherever it is quoted. In a table one row may
    show them for all.
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
                what = (
                    f"names {warning.terms[0]} and rests not on its warnings {', '.join(lacking)}"
                )
                yield Problem(piece.file, piece.where, what)


def gated_disagreements(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a disagreement which evidence.toml marks `supplement` is in a gated section."""
    for section in draft.topic.sections:
        for side in section.disagreements if not section.gated else ():
            marked = side.id in draft.ledger and draft.ledger[side.id].supplement
            bases = statements(draft.topic, (*side.one_side_rests_on, *side.other_side_rests_on))
            if marked and not any(statement.supplement for statement in bases):
                file, where = draft.section_files[section.id], f'disagreement "{side.id}"'
                what = "the ledger marks it as about supplements, but no cautions come before"
                yield Problem(file, where, what)


def products(draft: TopicDraft) -> Iterator[Problem]:
    """Check that products are in gated sections only."""
    for section in draft.topic.sections:
        for product in section.products if not section.gated else ():
            what = "a product in a section that requires no cautions"
            yield Problem(draft.section_files[section.id], f'product "{product.id}"', what)


def cautions(draft: TopicDraft) -> Iterator[Problem]:
    """Check that every caveat of evidence.toml is in a caution that each gated section requires."""
    if draft.hidden & {"statement", "caution"}:
        return
    marked = [s for s in draft.topic.statements if s.caveat]
    missing = uncovered(draft)
    for statement in marked:
        if statement.id in missing:
            what = "is marked as a caveat, and no caution rests on it"
            yield Problem(draft.evidence_file, f'statement "{statement.id}"', what)
    known = {caution.id for caution in draft.topic.cautions}
    under = {id_ for caution in draft.topic.cautions for id_ in caution.rests_on}
    for section in draft.topic.gated_sections():
        if set(section.requires) <= known:
            yield from _not_before(draft, section, [s for s in marked if s.id in under])


def uncovered(draft: TopicDraft) -> set[str]:
    """Return the caveats that no caution rests on, as far as the cautions could be read."""
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
        what = f"requires: the caveats {', '.join(lacking)} do not stand before it"
        hint = f"Require {', '.join(names)}, too."
        yield Problem(draft.section_files[section.id], "", what, hint)
