"""How hard a text is to read, as far as a formula can say: a gate, never proof of plainness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from kiosk.core.content import Level, Wording
from kiosk.library.readability.sentences import sentences, without, words
from kiosk.library.readability.syllables_en import syllables
from kiosk.library.readability.syllables_es import syllables as spanish_syllables
from kiosk.library.source.texts import TextPiece

SMOG_SENTENCES = 30
"""Below this, SMOG is an estimate (McLaughlin 1969 drew samples of 30 sentences)."""


@dataclass(frozen=True, slots=True)
class TextCounts:
    """What the formulas are fed with."""

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
        """Whether the text is shorter than SMOG was made for."""
        return self.sentences < SMOG_SENTENCES


def measure(text: str, names: tuple[str, ...] = (), language: str = "en") -> TextCounts:
    """The measure of `text`, `names` left out of the count."""
    count = spanish_syllables if language.partition("-")[0] == "es" else syllables
    total = TextCounts()
    for sentence in sentences(text):
        counts = [count(word) for word in words(without(sentence, names))]
        hard = sum(heard >= 3 for heard in counts)
        total += TextCounts(1, len(counts), sum(counts), hard)
    return total


def measure_level(
    pieces: Iterable[TextPiece], level: Level, names: tuple[str, ...] = (), language: str = "en"
) -> TextCounts:
    """The measure of all the wordings at one level."""
    wordings = (piece.text for piece in pieces if isinstance(piece.text, Wording))
    return sum((measure(text.at(level), names, language) for text in wordings), TextCounts())
