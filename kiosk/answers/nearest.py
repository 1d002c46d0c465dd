"""Which items are nearest to a question: by how people ask for them, by their titles and text."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.answers.side import Phrase, Place, Side
from kiosk.answers.slots import Slot, weights_of

_SHARE = {"asked": 1.0, "title": 0.8, "text": 0.55}
"""What being close to one of these counts."""
_OF_PHRASE, _OF_COVER = 0.7, 0.3


@dataclass(frozen=True, slots=True)
class Hit:
    """An item, and how near it is: 1 is asked for in these very words."""

    place: Place
    score: float
    cover: float
    """The share of what the question says that the item's own words hold."""


def nearest(
    slots: Sequence[Slot], side: Side, sides: Sequence[Side], most: int = 20,
    favour: Callable[[Place], float] = lambda _: 1.0,
) -> list[Hit]:  # fmt: skip
    """The items of `side`, best first; what a word says is counted over all `sides`."""
    phrases = side.phrases_with(term for slot in slots for term in slot.terms)
    weights = weights_of({term for phrase in phrases for term in phrase.terms}, sides)
    closest: dict[int, float] = {}
    cover: dict[int, set[int]] = {}
    for phrase in phrases:
        near, matched = _near(slots, phrase, weights)
        closest[phrase.held] = max(closest.get(phrase.held, 0.0), near * _SHARE[phrase.kind])
        cover.setdefault(phrase.held, set()).update(matched)
    whole = sum(slot.weight for slot in slots) or 1.0
    hits, places = [], side.places(closest)
    for held, near in closest.items():
        share = sum(slots[i].weight * slots[i].sure for i in cover[held]) / whole
        place = places[held]
        hits.append(Hit(place, (_OF_PHRASE * near + _OF_COVER * share) * favour(place), share))
    hits.sort(key=lambda hit: (-hit.score, hit.place.item))
    return hits[:most]


def _near(
    slots: Sequence[Slot], phrase: Phrase, weights: Mapping[str, float]
) -> tuple[float, list[int]]:
    """The cosine of question and phrase, and which slots the phrase holds."""
    dot, matched = 0.0, []
    for number, slot in enumerate(slots):
        shared = [weights[term] for term in slot.terms & phrase.terms]
        if shared:
            dot += slot.weight * max(shared) * slot.sure
            matched.append(number)
    asked = math.sqrt(sum(slot.weight**2 for slot in slots))
    if phrase.kind == "text":  # long: what it says beside does not count against it
        covered = sum(slots[i].weight * slots[i].sure for i in matched)
        return covered / sum(slot.weight for slot in slots), matched
    told = math.sqrt(sum(weights[term] ** 2 for term in phrase.terms))
    return min(1.0, dot / (asked * told)) if dot else 0.0, matched
