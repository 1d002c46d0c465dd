"""Finds the items nearest to a question by comparing its terms with the items' authored questions,
titles and texts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kiosk.answers.curated.query import QueryTerm, weights_of
from kiosk.answers.curated.reader import CuratedIndex, PhraseTerms
from kiosk.answers.items import NOWHERE, ItemRef
from kiosk.fast_dataclass import dataclass

_SHARE = {"asked": 1.0, "title": 0.8, "text": 0.55}
"""The weight of nearness to a phrase, by the kind of text of the item that the phrase is from."""
_OF_PHRASE, _OF_COVER = 0.55, 0.45
_PART = 4
"""Words of a part: people tell a story, and ask in a few words of it."""
_OF_PART = 0.9
"""The weight, in the order of items, of the nearness of a part of the question."""


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """An item that has words of a question, with how near it is to the whole question and to a part
    of it: 1 means that an authored question has the very same words.
    """

    ref: ItemRef
    whole: float
    """Nearness of the whole question to the item."""
    part: float
    """Nearness to the item of that part of the question which is nearest to it."""
    covered: frozenset[int] = frozenset()
    """The words of the question, by number, that it holds in whichever phrase."""

    @property
    def score(self) -> float:
        """The item's score, by which matches are sorted: its nearness to the whole question or,
        reduced, to the nearest part of it, whichever is more.
        """
        return max(self.whole, _OF_PART * self.part)


def nearest(
    slots: Sequence[QueryTerm], side: CuratedIndex, sides: Sequence[CuratedIndex], most: int = 20
) -> list[ItemMatch]:  # fmt: skip
    """Return the items of one side, open or locked, that are nearest to a question, best first.

    Items that share no term with the question are left out.

    Args:
        slots: the terms of the question.
        side: the index to search.
        sides: the indexes over which the rarity of each term is counted.
        most: the most items to return.
    """
    phrases = side.phrases_with(term for slot in slots for term in slot.terms)
    weights = weights_of({term for phrase in phrases for term in phrase.terms}, sides)
    parts = _parts(len(slots))
    near: dict[int, list[float]] = {}
    covered: dict[int, set[int]] = {}
    for phrase in phrases:
        best = near.setdefault(phrase.item, [0.0] * len(parts))
        shared = _shared(slots, phrase, weights)
        covered.setdefault(phrase.item, set()).update(shared)
        for number, part in enumerate(parts):
            best[number] = max(best[number], _near(slots, part, phrase, shared, weights))
    refs, hits = side.item_refs(near), []
    for item, best in near.items():
        scores = [
            _OF_PHRASE * similarity + _OF_COVER * _covered(slots, part, covered[item])
            for similarity, part in zip(best, parts, strict=True)
        ]
        ref = refs[item]
        if ref.section == NOWHERE:  # a few words of a story are no sign that it is of this
            scores = scores[:1]
        hits.append(ItemMatch(ref, scores[0], max(scores), frozenset(covered[item])))
    hits.sort(key=lambda hit: (-hit.score, hit.ref.item))
    return hits[:most]


def _parts(length: int) -> list[range]:
    """Return the ranges of words to compare: the whole question first, then its parts if it is
    longer than one part.
    """
    starts = range(length - _PART + 1) if length > _PART else range(0)
    return [range(length), *(range(start, start + _PART) for start in starts)]


def _shared(
    slots: Sequence[QueryTerm], phrase: PhraseTerms, weights: Mapping[str, float]
) -> dict[int, float]:
    """Return, by their number, the question's terms that the phrase
    has, with their weight in it.
    """
    shares = {}
    for number, slot in enumerate(slots):
        common = [weights[term] for term in slot.terms & phrase.terms]
        if common:
            shares[number] = max(common)
    return shares


def _near(
    slots: Sequence[QueryTerm], part: range, phrase: PhraseTerms, shared: Mapping[int, float],
    weights: Mapping[str, float],
) -> float:  # fmt: skip
    """The cosine of a part of the question and the phrase, less for what is only near it."""
    within = [number for number in shared if number in part]
    if not within:
        return 0.0
    if phrase.kind == "text":  # long: what it says beside does not count against it
        return _SHARE["text"] * _covered(slots, part, set(within))
    dot = sum(slots[n].weight * shared[n] * slots[n].sure for n in within)
    asked = math.sqrt(sum(slots[n].weight ** 2 for n in part))
    norm_of_phrase = math.sqrt(sum(weights[term] ** 2 for term in phrase.terms))
    return _SHARE[phrase.kind] * min(1.0, dot / (asked * norm_of_phrase))


def _covered(slots: Sequence[QueryTerm], part: range, covered: set[int]) -> float:
    """The share, by weight, of a part of the question's words that are in `covered`."""
    whole = sum(slots[number].weight for number in part) or 1.0
    return sum(slots[n].weight * slots[n].sure for n in part if n in covered) / whole
