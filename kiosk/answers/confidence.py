"""Whether the library holds an answer, where it is written how patients ask."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kiosk.answers.nearest import Hit
from kiosk.answers.slots import Slot

LEAST = 1.05
"""How sure it must be; chosen on half of the questions in `tests/answers/questions`."""
_TOLD, _KNOWN, _LENGTH = 0.15, 0.3, 0.25
"""What these count beside nearness: the share of the question that the library's texts say, the
share that it knows at all, and its length, for a long question is nearer to nothing."""


def is_held(hit: Hit, slots: Sequence[Slot]) -> bool:
    """Whether the nearest item is near enough to be the answer."""
    return confidence(hit, slots) >= LEAST


def confidence(hit: Hit, slots: Sequence[Slot]) -> float:
    """Nearness of the nearest part, and what speaks beside it for a question of this library."""
    whole = sum(slot.weight for slot in slots) or 1.0
    told = sum(slot.weight * slot.sure for slot in slots if slot.told) / whole
    known = sum(slot.weight for slot in slots if slot.known) / whole
    nearness = max(hit.whole, hit.part)
    return nearness + _TOLD * told + _KNOWN * known + _LENGTH * math.log(len(slots))
