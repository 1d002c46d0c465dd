"""Items that say the same in several places of a topic: steps of the way, and their detours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.core.text import fold
from kiosk.library.source.items import ItemText

_ALIKE = 0.35
"""The share of their words that two items have in common which say the same."""


def same_facts(places: Iterable[ItemText]) -> Mapping[str, str]:
    """The first item that says it, for each that says what another does.

    Resting on the same statements is not enough: one statement may hold two facts.
    """
    seen: list[ItemText] = []
    first: dict[str, str] = {}
    for place in places:
        twin = next((one for one in seen if _same(one, place)), None)
        if twin is None:
            seen.append(place)
        else:
            first[place.item] = first[twin.item] = twin.item
    return first


def _same(one: ItemText, other: ItemText) -> bool:
    if not one.rests_on or set(one.rests_on) != set(other.rests_on) or one.gated != other.gated:
        return False
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) >= _ALIKE * len(mine | theirs)


def _words(place: ItemText) -> set[str]:
    return set(fold(" ".join(place.text)).split())
