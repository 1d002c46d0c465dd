"""Turns a question into weighted terms for the search among authored questions: corrects its words,
stems them, and adds the library's other names for them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.answers.curated.asked_kind import is_product_name
from kiosk.answers.curated.reader import CuratedIndex
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.text.everyday import plain_words
from kiosk.answers.text.spelling import spell
from kiosk.answers.text.words import LANGUAGES, Stemmer, whole, words

_LONGEST_NAME = 4
"""Words of another name."""
_MOST_WORDS, _MOST_TIMES = 48, 2
"""Words of a question that are looked at, and how often the same one."""
_MOST_CORRECTED = 12
"""Words of a question that corrections are looked for: with more slips it is no language."""
_FADES, _FADES_UNKNOWN = 0.04, 0.09
"""Loss of weight for each class of a word's commonness, 0 to 9: of a known word, of another."""
_ONLY_ASKED = 0.8
"""Weight of a word that stands in no text and title, only in how patients ask."""
_OF_SUBJECT = 0.6
"""Weight of a word of the topic's own name: it may be in any question."""
_NUMBER = 0.15
"""Weight of a number that the library does not have."""
_EVERYDAY = 7
"""The class of commonness from which on a word alone tells little of what is asked."""
_SURE, _UNSURE, _SHORT = 0.9, 0.65, 5
"""Reliability of a corrected word, and of a short one; and the letters up to which it is short."""
_FILLING = {
    "en": "dose q k ok pls plz wat wot ther dat dis wen bout gonna cuz coz lol omg tho",
    "es": "q k qe xq pq pk pa pal pos pues ps x d ay ahi ala nah eh oye oiga aver",
}
"""Words that are written quickly and say nothing, whether or not there is such a word."""


@dataclass(frozen=True, slots=True)
class CorrectedWords:
    """The words of a question as typed and, for each, its likely spelling corrections, best first
    (none if the word is known or nothing is near it).
    """

    typed: tuple[str, ...]
    meant: tuple[tuple[str, ...], ...]

    @property
    def corrected(self) -> str:
        """The question as one string, each misspelled word replaced by its likeliest correction."""
        pairs = zip(self.typed, self.meant, strict=True)
        return " ".join(meant[0] if meant else word for word, meant in pairs)


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word of a question as search terms: its stems and synonyms, its weight, and how far it
    can be relied on if it was corrected.
    """

    word: str
    terms: frozenset[str]
    """Its stems, and those of what it is another name for."""
    weight: float
    """The weight of the word: the rarer in the library, the more; of one that the library does not
    have, the rarer in the language."""
    known: bool
    in_text: bool = False
    """True if a text or title of the library says it, and not only how patients ask."""
    everyday: bool = False
    """True if it is one of the commonest words of its language."""
    sure: float = 1.0
    """The reliability of the word, up to 1: less where it was corrected, least where it is
    short."""


@dataclass(slots=True)
class _Span:
    word: str
    common: int | None
    own: tuple[str, ...]
    corrected: bool
    terms: set[str] = field(default_factory=set)


def correct_words(text: str, index: FullTextIndex) -> CorrectedWords:
    """Return the words of a question, with corrections for each that is unknown, from words of
    `index`.

    Unknown is a word that neither the index nor the word lists of English and Spanish have. A
    product's name is never corrected. Of a long question only the first words are looked at.
    """
    typed: list[str] = []
    for word in words(text):
        if typed.count(word) < _MOST_TIMES and len(typed) < _MOST_WORDS:
            typed.append(word)
    wanted = frozenset(word for word in typed if not is_product_name(word))
    return CorrectedWords(tuple(typed), _meant(typed, index, wanted))


def correct_words_again(
    corrected: CorrectedWords, known: FullTextIndex, index: FullTextIndex
) -> CorrectedWords:
    """Return the question with corrections from a second index, for words that the first did not
    have.

    Args:
        corrected: the question as typed; its own corrections are not used.
        known: the first index: words that it has are left alone.
        index: the second index, from whose words the corrections are.
    """
    wanted = frozenset(word for word in corrected.typed if known.uses(word) is None)
    return CorrectedWords(corrected.typed, _meant(corrected.typed, index, wanted))


def _meant(
    typed: Sequence[str], index: FullTextIndex, wanted: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    """Return the likely corrections of each typed word; none for words not in `wanted` or known,
    and for unknown words after the first few.
    """
    meanings, corrected = [], 0
    for word in typed:
        strange = word in wanted and index.uses(word) is None and index.commonness(word) is None
        tried = strange and corrected < _MOST_CORRECTED
        corrected += tried
        meanings.append(spell([word], index)[0].meant if tried else ())
    return tuple(meanings)


def query_terms(
    several: Sequence[CorrectedWords],
    language: str,
    sides: Sequence[CuratedIndex],
    index: FullTextIndex,
) -> list[QueryTerm]:
    """Return the weighted terms of a question, one for each word that says something.

    Where no word does, one term stands for the whole phrase; else a term is added for each
    question word (`when`, `who`). The list is never empty.

    Args:
        several: the question as corrected for each side that is searched.
        language: the question's language.
        sides: the indexes from which synonyms and the rarity of terms are taken.
        index: the index that says how common a word is in the language.
    """
    filling = _FILLING[language].split()
    by_language = {code: Stemmer(code) for code in LANGUAGES}  # made anew: they keep what they stem
    spans, everyday = [], plain_words(several[0].typed, language)
    for number, word in enumerate(several[0].typed):
        meant = [m for version in several for m in version.meant[number]]
        stems = by_language[language]
        terms = set(stems.of(word))
        says = stems.of(meant[0]) if meant else terms  # what is meant may say nothing
        if word not in filling and says:
            for code in LANGUAGES:
                terms.update(stem for form in (word, *meant) for stem in by_language[code].of(form))
            for means in everyday.get(number, ()):
                terms.update(by_language[language].of(means))
            own = tuple(stem for code in LANGUAGES for stem in by_language[code].of(word))
            spans.append(_Span(word, _commonness(word, index), own, bool(meant), terms))
    if not spans:  # no word says anything: it is understood whole, or not at all
        line = whole(list(several[0].typed))
        spans.append(_Span(line, None, (line,), False, {line}))
    else:
        spans += [
            _Span(frame, None, (frame,), False, {frame})
            for frame in question_word_terms(list(several[0].typed))
        ]
    _add_names(spans, by_language, sides)
    known = _known({term for span in spans for term in span.terms}, sides)
    return [_slot(span, known) for span in spans]


def _commonness(word: str, index: FullTextIndex) -> int | None:
    """Return how common a word is, 0 to 9; for one that no list has, a little less than a form of
    it that one has; else None.
    """
    commonness = index.commonness(word)
    if not commonness and len(word) > _SHORT:
        forms = {word[:-cut] + end for cut in (1, 2, 3) for end in ("", "r", "ar", "er", "ir", "e")}
        known = [index.commonness(form) for form in forms if len(form) >= _SHORT]
        best = max((of_form for of_form in known if of_form is not None), default=None)
        return commonness if best is None else max(commonness or 0, best - 1)
    return commonness


def _add_names(
    spans: list[_Span], stems: Mapping[str, Stemmer], sides: Iterable[CuratedIndex]
) -> None:
    """Add to the words of each synonym in a question the terms of what the synonym means."""
    by_language = [[stems[code].of(span.word) for span in spans] for code in LANGUAGES]
    wanted: dict[str, list[tuple[int, int]]] = {}
    for of_language in by_language:
        for length in range(1, _LONGEST_NAME + 1):
            for start in range(len(spans) - length + 1):
                part = of_language[start : start + length]
                name = " ".join(stem for word in part for stem in word)
                if name:
                    wanted.setdefault(name, []).append((start, length))
    for start, span in enumerate(spans):  # what a word was corrected to, or is in one stem
        for term in span.terms:
            wanted.setdefault(term, []).append((start, 1))
    for side in sides:
        for name, means in side.other_names(wanted).items():
            for start, length in wanted[name]:
                for span in spans[start : start + length]:
                    span.terms.update(term for meaning in means for term in meaning)


def weights_of(terms: Iterable[str], sides: Sequence[CuratedIndex]) -> Mapping[str, float]:
    """Return the weight of each of `terms`, from 0 to 1; terms that no item of the sides has are
    left out.

    The rarer a term is in the library and in its language, the more it weighs.
    """
    return {term: weight for term, (weight, _) in _known(terms, sides).items()}


def _known(terms: Iterable[str], sides: Sequence[CuratedIndex]) -> dict[str, tuple[float, bool]]:
    """Return the weight of each of `terms` that these sides have, and whether a text or title has
    it.
    """
    terms, size = set(terms), sum(side.size for side in sides)
    subjects = frozenset[str]().union(*(side.subjects for side in sides))
    known: dict[str, tuple[float, bool]] = {}
    for side in sides:
        for term, count in side.counts_of(terms).items():
            weight = _rarity(count.items, size) * (1 - _FADES * count.common)
            weight *= 1.0 if count.in_text else _ONLY_ASKED
            weight *= _OF_SUBJECT if term in subjects else 1.0
            before = known.get(term, (weight, False))
            known[term] = min(weight, before[0]), bool(count.in_text) or before[1]
    return known


def _rarity(items: int, size: int) -> float:
    """Return how rare a term with `items` items of `size` is, from 0 to 1; 1 if no item has it."""
    return math.log(1 + (size + 1) / (items + 0.5)) / math.log(1 + (size + 1) / 0.5)


def _slot(span: _Span, known: Mapping[str, tuple[float, bool]]) -> QueryTerm:
    stats = [known[term] for term in span.terms if term in known]
    strange = _NUMBER if span.word.isdecimal() else 1 - _FADES_UNKNOWN * (span.common or 0)
    is_own = not span.corrected or any(stem in known for stem in span.own)
    return QueryTerm(
        span.word,
        frozenset(span.terms),
        max((weight for weight, _ in stats), default=strange),
        known=bool(stats),
        in_text=any(in_text for _, in_text in stats),
        everyday=(span.common or 0) >= _EVERYDAY,
        sure=1.0 if is_own else _SURE if len(span.word) > _SHORT else _UNSURE,
    )


_ASKS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b")
    for name, words in {
        "?when": "when|what time|cuando|a que hora",
        "?where": "where|donde|adonde",
        "?long": "how long|how soon|how fast|cuanto tiempo|cuanto (?:tarda|dura)",
        "?many": "how (?:many|much|common|often)|cuant[oa]s?(?! (?:tiempo|tarda|dura))",
        "?who": "who|quien|quienes",
        "?why": "why|how come|por que|porque|xq|pq",
    }.items()
}


def question_word_terms(folded: list[str]) -> list[str]:
    """Return a search term such as `?why` or `?where` for each question word in a question's folded
    words.

    It keeps `why do I have it` and `where do I have it` apart, which otherwise have the same
    terms.
    """
    line = " ".join(folded)
    return [name for name, asks in _ASKS.items() if asks.search(line)]
