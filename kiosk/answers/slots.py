"""A question as slots: each a word that says something, and what else the library calls it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.answers.side import Side
from kiosk.answers.text import LANGUAGES, stems

_LONGEST_NAME = 4
"""Words of another name."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question."""

    terms: frozenset[str]
    """Its stems, and those of what it is another name for."""
    weight: float
    """How much it says: the rarer in the library, the more; most where no item has it."""
    known: bool


def slots_of(text: str, language: str, sides: Iterable[Side]) -> list[Slot]:
    """The slots of `text`, as far as these sides of the library know its words."""
    sides = list(sides)
    spans = [{stem} for stem in stems(text, language)]
    for code in (language, *(c for c in LANGUAGES if c != language)):
        told = stems(text, code)
        names = {_name(told, i, n): (i, n) for n in range(1, _LONGEST_NAME + 1)
                 for i in range(len(told) - n + 1)}  # fmt: skip
        for side in sides:
            for name, means in side.other_names(names).items():
                start, length = names[name]
                for span in spans[start : start + length]:
                    span.update(term for one in means for term in one)
        if code == language:
            continue
        if len(told) == len(spans):  # the same words were left out as saying nothing
            for span, stem in zip(spans, told, strict=True):
                span.add(stem)
    counts = counts_of({term for span in spans for term in span}, sides)
    size = sum(side.size for side in sides)
    return [_slot(span, counts, size) for span in spans]


def counts_of(terms: Iterable[str], sides: Iterable[Side]) -> Mapping[str, int]:
    """How many items of these sides have each term."""
    counts: dict[str, int] = {}
    for side in sides:
        for term, items in side.items_with(terms).items():
            counts[term] = counts.get(term, 0) + items
    return counts


def weight_of(items: int, size: int) -> float:
    """How much a term says that so many of the library's items have."""
    return math.log(1 + (size + 1) / (items + 0.5))


def _slot(terms: set[str], counts: Mapping[str, int], size: int) -> Slot:
    known = [counts[term] for term in terms if term in counts]
    return Slot(frozenset(terms), weight_of(min(known, default=0), size), bool(known))


def _name(told: list[str], start: int, length: int) -> str:
    return " ".join(told[start : start + length])
