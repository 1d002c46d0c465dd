"""What a question is about: its words, corrected, stemmed and weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.answers.index import Index
from kiosk.answers.intents import Asked, Intents
from kiosk.answers.spelling import Spelled, spell
from kiosk.answers.stop_words import STOP_WORDS
from kiosk.answers.text import LANGUAGES, Stems, words

_SAID_BY_KIND = 0.15
"""The share of its weight that a word keeps which says what kind of answer is asked for."""
_MOST_WORDS = 60
"""Words of a question that are looked at."""


@dataclass(frozen=True)
class Term:
    """One word of a question, by the stems under which the index may hold it."""

    word: str
    stems: tuple[str, ...]
    """Best first: of what it was corrected to, or of the word itself."""
    weight: float
    """How much it says: rare words more."""
    known: bool
    """Whether the library has it."""
    topical: bool
    """Whether it says what the question is about, and not only what is asked of it."""


@dataclass(frozen=True)
class Terms:
    """A question, taken apart."""

    of: tuple[Term, ...]
    asked: Asked
    corrected: str
    """The question with the likeliest correction of each misspelt word."""


class Analyst:
    """Takes questions apart for one index; keeps the stems that it has worked out."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._stems: Mapping[str, Stems] = {language: Stems(language) for language in LANGUAGES}
        self._intents = {language: Intents(language) for language in LANGUAGES}

    def terms(self, text: str, language: str) -> Terms:
        """The terms of a normalised question."""
        spelled = spell(words(text)[:_MOST_WORDS], self._index)
        line = [one.meant[0] if one.meant else one.word for one in spelled]
        corrected = " ".join(line)
        asked = self._intents[language].asked(line)
        stems = [self._stems_of(one, language) for one in spelled]
        rarity = self._index.rarity(stem for some in stems for stem in some)
        found: dict[tuple[str, ...], Term] = {}
        for i, (one, of) in enumerate(zip(spelled, stems, strict=True)):
            if not of:
                continue
            term = self._term(one, of, rarity, i not in asked.words)
            if of not in found or term.topical:
                found[of] = term
        return Terms(tuple(found.values()), asked, corrected)

    def _stems_of(self, one: Spelled, language: str) -> tuple[str, ...]:
        if not one.meant and one.word in STOP_WORDS[language]:
            return ()
        several = [stem for meant in one.meant for stem in self._stems[language].of(meant)]
        return tuple(dict.fromkeys([*several, self._stems[language][one.word]]))

    def _term(
        self, one: Spelled, stems: tuple[str, ...], rarity: Mapping[str, float], topical: bool
    ) -> Term:
        known = [rarity[stem] for stem in stems if stem in rarity]
        weight = max(known) if known else self._index.idf(0) * self._strangeness(one.word)
        return Term(
            one.word, stems, weight * (1 if topical else _SAID_BY_KIND), bool(known), topical
        )

    def _strangeness(self, word: str) -> float:
        """How much a word says that the library does not have: little where everybody says it."""
        common = self._index.commonness(word)
        return 1.0 if common is None else 1.0 - 0.08 * common
