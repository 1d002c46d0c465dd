"""Parses a question for full-text search: corrects, stems and weighs its words, and says which
kinds of section it asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.fulltext.lay import medical_words
from kiosk.answers.intents.classify import GENERAL, IntentClassifier, Kinds
from kiosk.answers.text.spelling import Correction, spell
from kiosk.answers.text.stop_words import STOP_WORDS
from kiosk.answers.text.words import LANGUAGES, Stemmer, words
from kiosk.fast_dataclass import dataclass

_BESIDE_THE_POINT = 0.35
"""The share that a word keeps which everybody uses and no name of the library has."""
_EVERYBODYS = 4
"""The class of commonness from which on everybody uses a word."""
_MOST_WORDS = 150
"""Words of a question that are looked at."""
_MOST_HINTING = 25
"""Words up to which a question is short enough for its words to hint at what it asks."""
_SENTENCE = re.compile(r"[^.?!;]+[.?!;]*")
_JOINING = frozenset(
    "of the and in with by for to a an type de del la el los las y en con por".split(" ")  # noqa: SIM905
)
"""Stop words that stand inside names."""


@dataclass(frozen=True)
class Term:
    """One word of a question as search stems, with its weight and whether the library knows it."""

    word: str
    stems: tuple[str, ...]
    """Best first: of what it was corrected to, or of the word itself."""
    weight: float
    """The weight of the word: rare words have more."""
    known: bool
    """True if the library has it."""
    topical: bool
    """True if it says what the question is about, and not only what is asked of it."""
    run: int
    """The run of words that it stands in: other words of the same run may be of the same name."""
    guessed: float = 0.0
    """Mistakes a letter that the word has if it was meant to be what it was corrected to."""


@dataclass(frozen=True)
class ParsedQuestion:
    """A question prepared for full-text search: its terms, the kinds of section that it asks for,
    such as a dose, and its corrected text.
    """

    of: tuple[Term, ...]
    kinds: Mapping[str, frozenset[str]]
    """The kinds of section asked for, with the stems of the words that say so."""
    sure: bool
    """True if the question says so, and does not only hint at it."""
    corrected: str
    """The question with the likeliest correction of each misspelt word."""


class QueryParser:
    """Parser of questions for the full-text search of one index; it keeps nothing of them."""

    def __init__(self, index: FullTextIndex) -> None:
        self._index = index
        self._stems: Mapping[str, Stemmer] = {
            language: Stemmer(language, keep=False) for language in LANGUAGES
        }
        self._intents = {language: IntentClassifier(language) for language in LANGUAGES}

    def terms(self, text: str, language: str) -> ParsedQuestion:
        """Return a question parsed into terms, kinds of section and corrected text.

        `text` must have gone through `normalise`; `language` is `en` or `es`.
        """
        sentences = [(sentence, words(sentence)) for sentence in _SENTENCE.findall(text)]
        typed = [word for _, of in sentences for word in of]
        spelled = spell(typed[:_MOST_WORDS], self._index)
        line = [
            correction.meant[0] if correction.meant else correction.word for correction in spelled
        ]
        asked, sure = self._asked(line, _asking(sentences), language)
        said = frozenset[int]().union(*asked.values())
        medical = medical_words(line, language)
        if line != typed[:_MOST_WORDS]:
            medical |= medical_words([correction.word for correction in spelled], language)
        stems = [
            self._stems_of(correction, language, () if number in said else medical.get(number, ()))
            for number, correction in enumerate(spelled)
        ]
        rarity = self._index.rarity(stem for some in stems for stem in some)
        terms: dict[tuple[str, ...], Term] = {}
        run = 0
        for i, (spelling, of) in enumerate(zip(spelled, stems, strict=True)):
            run += i in said or (not of and spelling.word not in _JOINING)
            if not of:
                continue
            term = self._term(spelling, of, rarity, i not in said, run)
            if of not in terms or (term.topical and not terms[of].topical):
                terms[of] = term
        kinds = {
            kind: frozenset(stem for i in positions for stem in stems[i])
            for kind, positions in asked.items()
        }
        return ParsedQuestion(tuple(terms.values()), kinds, sure, " ".join(line))

    def _asked(
        self, line: list[str], spans: list[tuple[int, int]], language: str
    ) -> tuple[Kinds, bool]:
        """The kinds that these spans of the words ask for, and whether they say so outright."""
        intents = self._intents[language]
        said = _union((low, intents.asked(line[low:high])) for low, high in spans)
        if not said and spans != [(0, len(line))]:
            said = intents.asked(line)
        if set(said) - {GENERAL} or sum(high - low for low, high in spans) > _MOST_HINTING:
            return said, True
        hinted = _union((low, intents.hinted(line[low:high])) for low, high in spans)
        return {**said, **hinted}, not hinted

    def _stems_of(
        self, correction: Correction, language: str, medical: tuple[str, ...]
    ) -> tuple[str, ...]:
        if not correction.meant and correction.word in STOP_WORDS[language]:
            return ()
        if correction.meant and correction.meant[0] in STOP_WORDS[language]:
            return ()
        several = [stem for meant in correction.meant for stem in self._stems[language].of(meant)]
        return tuple(dict.fromkeys([*several, self._stems[language][correction.word], *medical]))

    def _term(
        self, correction: Correction, stems: tuple[str, ...],
        rarity: Mapping[str, tuple[float, bool]],
        topical: bool, run: int,
    ) -> Term:  # fmt: skip
        known = [rarity[stem] for stem in stems if stem in rarity]
        weight = max(idf for idf, _ in known) if known else self._index.idf(0)
        if topical and not any(named for _, named in known):
            common = self._index.commonness(correction.word)
            if common is not None and not correction.meant:
                weight *= _BESIDE_THE_POINT if common >= _EVERYBODYS else 1 - 0.1 * common
        guessed = correction.mistakes / len(correction.word) if correction.meant else 0.0
        return Term(correction.word, stems, weight, bool(known), topical, run, guessed)


def _asking(sentences: list[tuple[str, list[str]]]) -> list[tuple[int, int]]:
    """Return the spans of words (start, end) of the sentences with a question mark; of all words if
    none has one.

    The story that a long question begins with has words of every kind.
    """
    spans, at = [], 0
    for sentence, of in sentences:
        if sentence.endswith("?") and of:
            spans.append((at, at + len(of)))
        at += len(of)
    return spans or [(0, at)]


def _union(several: Iterable[tuple[int, Kinds]]) -> Kinds:
    """Return the kinds found in several parts of a question, with positions counted from its
    beginning.
    """
    whole: Kinds = {}
    for start, kinds in several:
        for kind, positions in kinds.items():
            whole[kind] = whole.get(kind, frozenset()) | {
                start + position for position in positions
            }
    return whole
