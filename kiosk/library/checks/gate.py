"""Check the gate: nothing about supplements can be read before the cautions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, partial
from itertools import chain

from kiosk.library.characters import refusal
from kiosk.library.checks.amounts import find_amount
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.checks.spanish import spoken
from kiosk.library.checks.text_pool import TextPool
from kiosk.library.problem import Problem
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.evidence_texts import open_evidence
from kiosk.library.source.library_texts import library_pieces
from kiosk.library.source.texts import (
    TextPiece,
    drawings,
    made_once,
    statements,
    table_pieces,
    topic_pieces,
)


def gated_words(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no text of a topic that is open before the cautions has a gated term or a dose.

    What readers are shown of the evidence counts as text, too.
    """
    gated = GatedTermMatcher(draft.gated_terms, draft.as_products)
    language, pieces, pool = draft.topic.language, _open_pieces(draft), _open_texts(draft)
    # what another language calls a tablet is known only once it is spoken in English
    suspects = gated.suspects(pool) if language.startswith("en") else set(pool.texts)
    food = _of_food(draft) if suspects else ()
    find = cache(partial(_of_own, gated))  # what is imported says each text twice
    slips = [
        (piece, problem)
        for piece in _suspicious(pieces, suspects)
        for problem in _slips(piece, partial(find, (piece.file, piece.where) in food, language))
    ]
    # an amount is mended in the claim: while that is named, its statement need not be
    mended = {
        f'statement "{id_}"' for piece, problem in slips if _AMOUNT in problem.message
        for id_ in piece.rests_on
    }  # fmt: skip
    for piece, problem in slips:
        if not (piece.where in mended and piece.key == "says" and _AMOUNT in problem.message):
            yield problem


def named_openly(draft: TopicDraft) -> Iterator[Problem]:
    """Yield a problem for each text with a gated term that can be read before the cautions.

    Amounts are not looked for: this is for topics from a pack, which does not say whether an amount
    is of food.
    """
    gated = GatedTermMatcher(draft.gated_terms, draft.as_products)
    suspects = gated.suspects(_open_texts(draft), amounts=False)
    for piece in _suspicious(_open_pieces(draft), suspects):
        yield from _slips(piece, partial(gated.find, amounts=False))


def gated_words_outside(draft: Draft) -> Iterator[Problem]:
    """Check that no text outside of topics, such as a policy, has a gated term or a dose."""
    return words_outside(draft, (term for topic in draft.terms for term in topic.gated))


def words_outside(draft: Draft, terms: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each text outside of topics that has one of the terms, or a dose."""
    gated = GatedTermMatcher(terms)
    pieces = [piece for piece in library_pieces(draft) if not _is_unit(piece)]
    suspects = gated.suspects(TextPool(text for piece in pieces for text in piece.texts()))
    for piece in pieces:
        # as in a topic: English words of units say nothing about another language
        if not piece.language.startswith("en") or not suspects.isdisjoint(piece.texts()):
            yield from _slips(piece, partial(_of_own, gated, False, piece.language))


class TermsElsewhere:
    """Rule that no open text has a term that another topic lists under `gated-everywhere`.

    A topic may be allowed to name such a term, with its author's reason, but not with an amount.

    Args:
        holders: maps each term to the id of the topic that lists it.
    """

    def __init__(self, holders: Mapping[str, str]) -> None:
        self._holders = holders
        self._all = GatedTermMatcher(holders)

    def named_in(self, topic: TopicDraft) -> Iterator[Problem]:
        """Yield a problem for each open text of a topic with a term that another topic lists."""
        terms, own = self._holders.keys(), set(topic.gated_terms)
        if own >= terms:
            return
        listed = GatedTermMatcher(term.term for term in topic.allowed)
        allowed = {term for term in terms if topic.allowed and listed.find_term(term)}
        except_for = own | allowed
        other = GatedTermMatcher(terms - except_for) if except_for else self._all
        beside = GatedTermMatcher(allowed - own)
        find, pool = partial(_of_another, other, beside, self._holders), _open_texts(topic)
        suspects = other.suspects(pool, amounts=False) | beside.suspects(pool, amounts=False)
        for piece in _suspicious(_open_pieces(topic), suspects):
            yield from _slips(piece, find, _ALLOW)


def _of_own(gated: GatedTermMatcher, food: bool, language: str, text: str) -> str:
    slip = gated.find(text, food=food)
    if not slip and (in_english := spoken(text, language)) != text:
        slip = gated.find(in_english, food=food)  # tabletas, gotas, tome
    return f"{slip} can be read before the cautions" if slip else ""


def _of_another(
    gated: GatedTermMatcher, allowed: GatedTermMatcher, holders: Mapping[str, str], text: str
) -> str:
    """Return what a text says of products of other topics: their terms, and doses of them."""
    if term := gated.find_term(text):
        before = f'before the cautions of topic "{holders[term]}"'
        return f'gated term "{term}" can be read {before}'
    term = allowed.find_term(text)
    amount = find_amount(text) if term else ""
    if not amount:
        return ""
    return f'an amount, "{amount}", beside "{term}" of topic "{holders[term]}"'


def allowed_terms(draft: Draft) -> Iterator[Problem]:
    """Check each term that a topic's author allows the topic to name (`[[allowed]]`).

    Another topic must gate that term everywhere, and the topic itself must not gate it.
    """
    for topic in (topic for topic in draft.terms if topic.allowed):
        own = GatedTermMatcher(topic.gated)
        others = [term for other in draft.terms if other is not topic
                  for term in other.gated_everywhere]  # fmt: skip
        others += draft.gated_elsewhere
        for allowed in topic.allowed:
            where, listed = f'allowed "{allowed.term}"', GatedTermMatcher([allowed.term])
            if own.find_term(allowed.term):
                message = "this topic gates it itself: it may stand only behind its cautions"
                yield Problem(topic.file, where, message)
            elif not any(listed.find_term(term) for term in others):
                hint = "Take this table out."
                yield Problem(topic.file, where, "no other topic gates it", hint)


def _of_food(draft: TopicDraft) -> set[tuple[str, str]]:
    """Return the items whose amounts are of food: those marked, and what they rest on."""
    marked = set(draft.food_amounts)
    pieces = chain(topic_pieces(draft), table_pieces(draft))
    bases = {id_ for p in pieces if (p.file, p.where) in marked for id_ in p.rests_on}
    return marked | {(draft.evidence_file, f'statement "{id_}"') for id_ in bases}


def _open_pieces(draft: TopicDraft) -> Sequence[TextPiece]:
    return made_once(draft, "open", _all_open)


def _all_open(draft: TopicDraft) -> Iterator[TextPiece]:
    pieces = (topic_pieces(draft), table_pieces(draft), drawings(draft), open_evidence(draft))
    return (piece for piece in chain(*pieces) if not piece.gated)


def _open_texts(draft: TopicDraft) -> TextPool:
    if "pool" not in draft.kept:
        texts = (text for piece in _open_pieces(draft) for text in piece.texts())
        draft.kept["pool"] = TextPool(texts)
    pool: TextPool = draft.kept["pool"]
    return pool


def _suspicious(pieces: Sequence[TextPiece], suspects: Set[str]) -> Iterator[TextPiece]:
    """Yield the pieces of which a text is among those that may not be open."""
    for piece in pieces if suspects else ():
        if not suspects.isdisjoint(piece.texts()):
            yield piece


def _is_unit(piece: TextPiece) -> bool:
    """Return whether a text is the name of a unit, which is harmless without a number before it."""
    texts = [text for _, text in piece.levels()]
    return piece.key.startswith("unit.") and all(text.isalpha() for text in texts)


def _slips(piece: TextPiece, find: Callable[[str], str], hint: str = "") -> Iterator[Problem]:
    levels_of: dict[str, list[str]] = {}
    seen: dict[str, str] = {}
    for level, text in piece.levels():
        if text not in seen:
            seen[text] = "" if refusal(text) else find(text)
        slip = seen[text]
        if slip:
            levels_of.setdefault(_THOUSANDS.sub("", slip), []).append(level)
    for slip, levels in levels_of.items():
        cure = hint if hint and slip.startswith("gated term") else _cure(piece, slip)
        yield piece.problem(slip, cure, '", "'.join(level for level in levels if level))


_AMOUNT = "an amount, "
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_ALLOW = (
    'If this topic must name it, allow it in topic.toml: [[allowed]], with "term" and "because".'
)
_NO_PRODUCT = (
    'Is it food? Then write "food-amount = true" and "food-amount-because", a reason, in it.'
)


def _cure(piece: TextPiece, slip: str) -> str:
    """Return what an author may do about a slip, where the reader can see it before cautions."""
    if piece.where.startswith("statement"):
        cure = 'If the statement is about a product, add "supplement = true" to it.'
        if slip.startswith("an amount"):
            return f"{cure} Is it food? Then say so in the claim that rests on it: food-amount."
        return f"{cure} If not, leave the name out." if slip.startswith("gated") else cure
    if piece.key == "title" and not piece.where:
        return "The title of a section can be read before its cautions: name no product in it."
    if slip.startswith("an amount"):
        return "Doses belong behind the cautions. " + _NO_PRODUCT
    return 'Call it "a product" here, or say this in the section behind the cautions.'


def gated_statements(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a text which rests on a statement about a supplement is in a gated section."""
    if not any(statement.supplement for statement in draft.topic.statements):
        return
    for piece in chain(topic_pieces(draft), table_pieces(draft)):
        slips = [s.id for s in statements(draft.topic, piece.rests_on) if s.supplement]
        if slips and not piece.gated:
            message = (
                f"rests on supplement statement {', '.join(slips)}, but no cautions come before"
            )
            yield Problem(piece.file, piece.where, message)


def gated_disagreements(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a disagreement which evidence.toml marks `supplement` is in a gated section."""
    for section in draft.topic.sections:
        for side in section.disagreements if not section.gated else ():
            marked = side.id in draft.sides and draft.sides[side.id].supplement
            bases = statements(draft.topic, (*side.one_side_rests_on, *side.other_side_rests_on))
            if marked and not any(statement.supplement for statement in bases):
                file, where = draft.section_files[section.id], f'disagreement "{side.id}"'
                message = "evidence.toml marks it as about supplements, but no cautions come before"
                yield Problem(file, where, message)


def products(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each product is in a gated section, and has a note on who should not take it."""
    for section in draft.topic.sections:
        for product in section.products:
            if not product.notes:
                message = "no safety note: who should not take it, what does it not go with?"
                hint = "Add a [[product.note]] for it."
                file = draft.section_files[section.id]
                yield Problem(file, f'product "{product.id}"', message, hint)
        for product in section.products if not section.gated else ():
            message = "a product in a section that requires no cautions"
            yield Problem(draft.section_files[section.id], f'product "{product.id}"', message)
