"""Whether the library holds an answer, where it is written how patients ask."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kiosk.answers.nearest import Hit
from kiosk.answers.slots import Slot

LEAST = 1.05
_TOLD, _KNOWN, _LENGTH = 0.15, 0.3, 0.25


def is_held(hits: Sequence[Hit], beside: float, slots: Sequence[Slot]) -> bool:
    """Whether the nearest item is near enough to be the answer."""
    return confidence(evidence(hits, beside, slots)) >= LEAST


def evidence(hits: Sequence[Hit], beside: float, slots: Sequence[Slot]) -> list[float]:
    hit = hits[0]
    whole = sum(slot.weight for slot in slots) or 1.0
    told = sum(slot.weight * slot.sure for slot in slots if slot.told) / whole
    known = sum(slot.weight for slot in slots if slot.known) / whole
    strange = max((slot.weight for slot in slots if not slot.known), default=0.0)
    return [hit.whole, hit.part, told, known, math.log(len(slots)), beside, strange, max(0.0, beside - hit.whole)]


def confidence(ev: Sequence[float]) -> float:
    return max(ev[0], ev[1]) + _TOLD * ev[2] + _KNOWN * ev[3] + _LENGTH * ev[4]
