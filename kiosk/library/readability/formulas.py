"""Readability formulas: score how hard a text is to read, by counts of its sentences, words and
syllables.

A score is a limit that texts have to keep; a good one does not prove that a text is plain.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import sqrt

from kiosk.core.wording import Level, ReadabilityScale, Wording
from kiosk.fast_dataclass import dataclass, replace
from kiosk.library.readability.sentences import sentences, without, words
from kiosk.library.readability.syllables_en import syllables
from kiosk.library.readability.syllables_es import syllables as spanish_syllables
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import TextPiece, topic_pieces

_SIGNS = '.,;:!?()"“”'
"""Around a word: not heard."""
_SCALES = {"en": ReadabilityScale.GRADE, "es": ReadabilityScale.EASE}

SMOG_SENTENCES = 30
"""Below this, SMOG is an estimate (McLaughlin 1969 drew samples of 30 sentences)."""


@dataclass(frozen=True, slots=True)
class TextCounts:
    """Numbers of sentences, words and syllables of a text, and the readability scores they give."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    polysyllables: int = 0
    """Words of three syllables or more."""

    def __add__(self, other: TextCounts) -> TextCounts:
        return TextCounts(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
            self.polysyllables + other.polysyllables,
        )

    @property
    def fkgl(self) -> float:
        """Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers, Chissom 1975); 0 for no text."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self) -> float:
        """Szigriszt-Pazos perspicuity (1993), for Spanish, on the INFLESZ scale (Barrio-Cantalejo
        2008): at least 65 is fairly easy, 55 normal; 100 for no text."""
        if not self.words:
            return 100.0
        return 206.835 - 62.3 * self.syllables / self.words - self.words / self.sentences

    @property
    def smog(self) -> float:
        """SMOG grade (McLaughlin 1969, the regression formula); 0 for no text."""
        if not self.sentences:
            return 0.0
        return 1.0430 * sqrt(self.polysyllables * 30 / self.sentences) + 3.1291

    @property
    def is_estimate(self) -> bool:
        """True if the SMOG grade is only an estimate, because the text has fewer than 30
        sentences.
        """
        return self.sentences < SMOG_SENTENCES


@lru_cache(maxsize=1 << 12)
def measure(text: str, names: tuple[str, ...] = (), language: str = "en") -> TextCounts:
    """Count the sentences, words and syllables of `text`, leaving out the words of `names`."""
    return _measure(text, names, language)


def _measure(text: str, names: tuple[str, ...], language: str) -> TextCounts:
    count = _spanish if language.partition("-")[0] == "es" else _english
    sentences_ = sentences(text)
    # no name and no word reaches over the end of a sentence
    said = "\n".join(without(sentence, names) for sentence in sentences_) if names else text
    counts = list(map(count, words(said)))
    hard = sum([syllable_count >= 3 for syllable_count in counts])
    return TextCounts(len(sentences_), len(counts), sum(counts), hard)


@lru_cache(maxsize=1 << 13)
def _english(word: str) -> int:
    """Return the syllables of a word as it stands in a text, with the signs around it."""
    return syllables(word.strip(_SIGNS))


@lru_cache(maxsize=1 << 13)
def _spanish(word: str) -> int:
    """Return the same of a Spanish word."""
    return spanish_syllables(word.strip(_SIGNS))


def measure_level(
    pieces: Iterable[TextPiece], level: Level, names: tuple[str, ...] = (), language: str = "en"
) -> TextCounts:
    """Count the sentences, words and syllables of several texts together, as worded for one level.

    Texts without levels are not counted, nor are the words of `names`.
    """
    wordings = (piece.text for piece in pieces if isinstance(piece.text, Wording))
    return sum((measure(text.at(level), names, language) for text in wordings), TextCounts())


def scale_for(language: str) -> ReadabilityScale:
    """Return the scale on which texts of a language are scored; UNMEASURED if no formula is for
    it.
    """
    return _SCALES.get(language.partition("-")[0], ReadabilityScale.UNMEASURED)


def with_readability(draft: TopicDraft) -> TopicDraft:
    """Return a topic's draft with the measured reading score that is shown to its readers.

    Only a topic in one level gets a score: a topic worded in several is returned unchanged.
    Sections without a claim that comes from a source are left out of the score. The score is 0 in
    a language that no formula is for.
    """
    topic = draft.topic
    if not topic.one_level:
        return draft
    scale = scale_for(topic.language)
    ours = {section.id for section in topic.sections if all(c.ours for c in section.claims)}
    pieces = [piece for piece in topic_pieces(draft) if piece.section not in ours]
    texts = [piece.text.plain for piece in pieces if isinstance(piece.text, Wording)]
    counts = _measure("\n".join(texts), draft.names, topic.language)  # a line ends a sentence
    grade = round(counts.ease if scale is ReadabilityScale.EASE else counts.fkgl)
    grade = min(max(grade, 0 if scale is ReadabilityScale.EASE else 1), 100)
    grade = 0 if scale is ReadabilityScale.UNMEASURED else grade
    graded = replace(draft, topic=replace(topic, grade=grade, scale=scale))
    graded.kept.update(draft.kept)  # its texts are the same
    draft.kept.clear()
    return graded
