"""Nothing about supplements stands where it can be read before the cautions."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.content import Section, Statement
from kiosk.library.characters import refusal
from kiosk.library.draft import Draft, TopicDraft
from kiosk.library.folding import Gated
from kiosk.library.pieces import (
    Piece,
    drawings,
    library_pieces,
    open_evidence,
    statements,
    topic_pieces,
)
from kiosk.library.problem import Problem


def gated_words(draft: TopicDraft) -> Iterator[Problem]:
    """No gated term and no amount in any open text of the topic, its evidence included."""
    gated = Gated(draft.gated_terms)
    for piece in (*topic_pieces(draft), *drawings(draft), *open_evidence(draft)):
        if not piece.gated:
            yield from _slips(piece, gated)


def gated_words_outside(draft: Draft) -> Iterator[Problem]:
    """Nor in the words of the program, the policy, the readers, the clinic's name."""
    gated = Gated(term for topic in draft.topics for term in topic.gated_terms)
    for piece in library_pieces(draft):
        yield from _slips(piece, gated)


def _slips(piece: Piece, gated: Gated) -> Iterator[Problem]:
    found: dict[str, list[str]] = {}
    for level, text in piece.levels():
        slip = "" if refusal(text) else gated.find(text)
        if slip:
            found.setdefault(slip, []).append(level)
    for slip, levels in found.items():
        what = f"{slip} can be read before the cautions"
        yield piece.problem(what, "", '", "'.join(level for level in levels if level))


def gated_statements(draft: TopicDraft) -> Iterator[Problem]:
    """A text that rests on a supplement statement stands in a gated section."""
    seen: set[tuple[str, str]] = set()
    for piece in topic_pieces(draft):
        if piece.gated or (piece.file, piece.where) in seen:
            continue
        slips = [s.id for s in statements(draft.topic, piece.rests_on) if s.supplement]
        side = draft.ledger.get(piece.where.partition('"')[2].rstrip('"'))
        marked = piece.where.startswith("disagreement") and side is not None and side.supplement
        if slips or marked:
            seen.add((piece.file, piece.where))
            what = (
                f"rests on supplement statement {', '.join(slips)}"
                if slips
                else ("is marked as about supplements in the ledger")
            )
            yield Problem(piece.file, piece.where, f"{what}, but cautions do not stand before it")


def products(draft: TopicDraft) -> Iterator[Problem]:
    """Products stand in gated sections only."""
    for section in draft.topic.sections:
        for product in section.products if not section.gated else ():
            what = "a product in a section that requires no cautions"
            yield Problem(draft.section_files[section.id], f'product "{product.id}"', what)


def caveats(draft: TopicDraft) -> Iterator[Problem]:
    """Every caveat of the ledger is under some caution, and before every gated section."""
    if draft.hidden & {"statement", "caution"}:
        return
    marked = [s for s in draft.topic.statements if s.caveat and s.id not in draft.doubtful]
    missing = uncovered(draft)
    for statement in marked:
        if statement.id in missing:
            what = "is marked as a caveat, and no caution rests on it"
            yield Problem(draft.evidence_file, f'statement "{statement.id}"', what)
    known = {caution.id for caution in draft.topic.cautions}
    for section in draft.topic.gated_sections():
        if set(section.requires) <= known:
            yield from _not_before(draft, section, [s for s in marked if s.id not in missing])


def uncovered(draft: TopicDraft) -> set[str]:
    """The caveats that no caution rests on, as far as the cautions could be read."""
    marked = {s.id for s in draft.topic.statements if s.caveat} - draft.doubtful
    return marked - {id_ for caution in draft.topic.cautions for id_ in caution.rests_on}


def _not_before(draft: TopicDraft, section: Section, marked: list[Statement]) -> Iterator[Problem]:
    told = {id_ for c in draft.topic.cautions if c.id in section.requires for id_ in c.rests_on}
    lacking = [s.id for s in marked if s.id not in told]
    if lacking:
        names = [c.id for c in draft.topic.cautions if set(c.rests_on) & set(lacking)]
        what = f"requires: the caveats {', '.join(lacking)} do not stand before it"
        hint = f"Require {', '.join(names)}, too."
        yield Problem(draft.section_files[section.id], "", what, hint)
