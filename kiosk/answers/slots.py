"""A question as slots: each a word that says something, and what else the library calls it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.answers.index import Index
from kiosk.answers.side import Side
from kiosk.answers.spelling import spell
from kiosk.answers.text import LANGUAGES, Stems, words

_LONGEST_NAME = 4
"""Words of another name."""
_MOST_WORDS = 60
"""Words of a question that are looked at."""
_FADES = 0.09
"""How much less an unknown word says for each class of commonness, 0 to 9."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of a question, and what each may have been meant to be."""

    typed: tuple[str, ...]
    meant: tuple[tuple[str, ...], ...]

    @property
    def corrected(self) -> str:
        """The question with the likeliest correction of each misspelt word."""
        pairs = zip(self.typed, self.meant, strict=True)
        return " ".join(meant[0] if meant else word for word, meant in pairs)


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question."""

    word: str
    terms: frozenset[str]
    """Its stems, and those of what it is another name for."""
    weight: float
    """How much it says: the rarer in the library, the more; of one that it does not have, the
    rarer in the language."""
    known: bool


@dataclass(slots=True)
class _Span:
    word: str
    common: int | None
    terms: set[str] = field(default_factory=set)


def hear(text: str, index: Index) -> Heard:
    """The words of `text`, those that nobody knows corrected to words of `index`."""
    spelled = spell(words(text)[:_MOST_WORDS], index)
    return Heard(tuple(one.word for one in spelled), tuple(one.meant for one in spelled))


def slots_of(
    several: Sequence[Heard], language: str, sides: Sequence[Side], index: Index
) -> list[Slot]:
    """The slots of a question that was heard once for each side, as far as these know its words."""
    by_language = {code: Stems(code) for code in LANGUAGES}  # made anew: they keep what they stem
    spans = []
    for number, word in enumerate(several[0].typed):
        meant = [m for heard in several for m in heard.meant[number]]
        stems = by_language[language]
        terms = set(stems.of(word))
        if terms or meant:
            for code in LANGUAGES:
                terms.update(stem for one in (word, *meant) for stem in by_language[code].of(one))
            spans.append(_Span(word, index.commonness(word), terms))
    _add_names(spans, by_language, sides)
    counts = counts_of({term for span in spans for term in span.terms}, sides)
    size = sum(side.size for side in sides)
    return [_slot(span, counts, size) for span in spans]


def _add_names(spans: list[_Span], stems: Mapping[str, Stems], sides: Iterable[Side]) -> None:
    """To the words of another name, what it means."""
    told = [[stems[code].of(span.word) for span in spans] for code in LANGUAGES]
    wanted: dict[str, list[tuple[int, int]]] = {}
    for of_language in told:
        for length in range(1, _LONGEST_NAME + 1):
            for start in range(len(spans) - length + 1):
                part = of_language[start : start + length]
                name = " ".join(stem for one in part for stem in one)
                if name:
                    wanted.setdefault(name, []).append((start, length))
    for start, span in enumerate(spans):  # what a word was corrected to, or is in one stem
        for term in span.terms:
            wanted.setdefault(term, []).append((start, 1))
    for side in sides:
        for name, means in side.other_names(wanted).items():
            for start, length in wanted[name]:
                for span in spans[start : start + length]:
                    span.terms.update(term for one in means for term in one)


def counts_of(terms: Iterable[str], sides: Iterable[Side]) -> Mapping[str, int]:
    """How many items of these sides have each term."""
    terms, counts = set(terms), dict[str, int]()
    for side in sides:
        for term, items in side.items_with(terms).items():
            counts[term] = counts.get(term, 0) + items
    return counts


def weight_of(items: int, size: int) -> float:
    """How much a term says that so many of the library's items have."""
    return math.log(1 + (size + 1) / (items + 0.5))


def _slot(span: _Span, counts: Mapping[str, int], size: int) -> Slot:
    known = [counts[term] for term in span.terms if term in counts]
    weight = weight_of(min(known, default=0), size)
    if not known and span.common is not None:
        weight *= 1 - _FADES * span.common
    return Slot(span.word, frozenset(span.terms), weight, bool(known))
