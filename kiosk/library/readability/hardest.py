"""Tell an author what makes a text hard by the reading formulas: long words, a long sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kiosk.core.wording import Level, Wording
from kiosk.library.readability.sentences import sentences, without, words
from kiosk.library.readability.syllables_en import syllables
from kiosk.library.readability.syllables_es import syllables as spanish_syllables
from kiosk.library.source.texts import TextPiece

_SIGNS = "\"'“”‘’().,;:!?"
_NAMED = 6


def hardest(
    pieces: Iterable[TextPiece], level: Level, names: tuple[str, ...], language: str = "en"
) -> str:
    """Return one or two sentences for an author that name the longest words of some texts, and
    their longest sentence.

    Args:
        pieces: the texts that were measured together; those without levels are left out.
        level: the level that was measured.
        names: words that the grades leave out.
        language: the language of the texts. A word is long from 3 syllables on, in Spanish from 4.
    """
    is_spanish = language.partition("-")[0] == "es"
    count_of, long_from = (spanish_syllables, 4) if is_spanish else (syllables, 3)
    texts = [piece.text.at(level) for piece in pieces if isinstance(piece.text, Wording)]
    every = [sentence for text in texts for sentence in sentences(text)]
    counted = (word for part in every for word in words(without(part, names)))
    counts = Counter(word.strip(_SIGNS).lower() for word in counted)
    long = [(count_of(word), count, word) for word, count in counts.items()]
    long = sorted((entry for entry in long if entry[0] >= long_from), reverse=True)[:_NAMED]
    named = ", ".join(f"{word} ({count}x)" if count > 1 else word for _, count, word in long)
    longest = max(every, key=lambda sentence: len(words(sentence)), default="")
    start = longest if len(longest) <= 60 else f"{longest[:57].rstrip()}..."
    hard = f"Its longest words: {named}. " if named else ""
    return f'{hard}Its longest sentence, {len(words(longest))} words: "{start}"'
