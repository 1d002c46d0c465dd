"""Suggests corrections, from the library's words, for words that neither the library nor the word
lists of English and Spanish have.

Candidates are looked up by pieces: of a word cut into more pieces than it has mistakes, one piece
is intact (Li, Deng, Wang, Feng: Pass-Join, 2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Protocol

from kiosk.answers.text.similarity import distance, rough_sound
from kiosk.fast_dataclass import dataclass

SHORTEST = 4
"""Letters that a word needs to be corrected, or to be what another is corrected to."""
_MOST_KEPT = 3
"""Corrections of one word that are kept at most."""
_MOST_CORRECTED = 12
_NEAR = 0.7
"""Cost by which a correction may exceed the best one, to be kept next to it."""


class Vocabulary(Protocol):
    """Protocol of an index of words that spelling corrections are taken from, such as
    `FullTextIndex`.
    """

    def uses(self, word: str) -> int | None:
        """Return how often the library uses `word`; None if it does not have it."""

    def commonness(self, word: str) -> int | None:
        """Return how common `word` is in English or Spanish, from 0 (rare) to 9; None if it is no
        word.
        """

    def alike(self, keys: list[str]) -> set[str]:
        """Return the library's words that have any of these spelling keys: pieces, letters or
        sound.
        """

    def used(self, words: Iterable[str]) -> dict[str, tuple[int, bool]]:
        """Return, by word, how often the library uses it and whether a title or other name has it;
        words it does not have are left out.
        """


@dataclass(frozen=True)
class Correction:
    """A typed word, with what it may have been meant to be, best first; `meant` is empty if the
    word is known or nothing is near it.
    """

    word: str
    meant: tuple[str, ...] = ()
    mistakes: int = 0
    """Number of letters that must be changed to get the first of them."""


def reach(word: str) -> int:
    """Return the most mistakes that correction allows for a word, by its length: 0 to 3."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def keys_of(word: str) -> Iterator[str]:
    """Yield the spelling keys under which a library word is stored: its pieces, its letters in
    order, its sound.
    """
    length = len(word)
    for i, (start, end) in enumerate(_pieces(length)):
        yield f"{length}.{i}.{word[start:end]}"
    yield "=" + "".join(sorted(word))
    yield "~" + rough_sound(word)


def keys_for(word: str) -> list[str]:
    """Return the keys to look up to find the library words that a misspelled `word` may be meant to
    be.
    """
    most, keys = reach(word), ["=" + "".join(sorted(word)), "~" + rough_sound(word)]
    for length in range(max(SHORTEST, len(word) - most), len(word) + most + 1):
        for i, (start, end) in enumerate(_pieces(length)):
            low = max(0, start - most)
            for at in range(low, min(start + most, len(word) - (end - start)) + 1):
                keys.append(f"{length}.{i}.{word[at : at + end - start]}")
    return keys


def _pieces(length: int) -> list[tuple[int, int]]:
    count = 2 if length < 6 else 3 if length < 10 else 4
    cuts = [length * i // count for i in range(count + 1)]
    return list(pairwise(cuts))


def spell(typed: list[str], lexicon: Vocabulary) -> list[Correction]:
    """Return a `Correction` for each typed word, in order; that of a known word suggests nothing.

    Nor does that of an unknown word after the first dozen: a text with more is noise, no question.
    """
    spelled, left = [], _MOST_CORRECTED
    for word in typed:
        wrong = left > 0 and _is_unknown(word, lexicon)
        left -= wrong
        spelled.append(_correct(word, lexicon) if wrong else Correction(word))
    return spelled


def _is_unknown(word: str, lexicon: Vocabulary) -> bool:
    if len(word) < SHORTEST or not word.isalpha():
        return False
    return lexicon.uses(word) is None and lexicon.commonness(word) is None


def _correct(word: str, lexicon: Vocabulary) -> Correction:
    nearest = _nearest(word, lexicon)
    if not nearest:
        return Correction(word, _two_words(word, lexicon), 1)
    return Correction(word, tuple(other for other, _ in nearest), nearest[0][1])


def _nearest(word: str, lexicon: Vocabulary) -> list[tuple[str, int]]:
    """Return the words that `word` was most likely meant to be, best first, each with its number of
    mistakes.
    """
    most, letters, own_sound = reach(word), _letters(word), rough_sound(word)
    close = [
        other for other in lexicon.alike(keys_for(word))
        if (letters ^ _letters(other)).bit_count() <= 2 * most
    ]  # fmt: skip
    candidates: list[tuple[float, str, int]] = []
    for other, (uses, named) in lexicon.used(close).items():
        same_sound = own_sound == rough_sound(other)
        far = distance(word, other, most + same_sound)
        if far <= most + same_sound:
            cost = far - 0.5 * same_sound - 0.3 * named - 0.3 * (word[0] == other[0])
            candidates.append((cost - min(uses.bit_length(), 10) * 0.04, other, far))
    candidates.sort()
    return [
        (other, far)
        for cost, other, far in candidates[:_MOST_KEPT]
        if cost <= candidates[0][0] + _NEAR
    ]


def _letters(word: str) -> int:
    """Return the set of a word's letters as a number, one bit for each letter."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def _two_words(word: str, lexicon: Vocabulary) -> tuple[str, ...]:
    """The two words that were typed as one, where both are the library's."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    for at in range(3, len(word) - 2):
        first, second = word[:at], word[at:]
        counts = lexicon.uses(first), lexicon.uses(second)
        uses = min(0 if count is None else count + 1 for count in counts)
        if uses > best[0]:
            best = uses, (f"{first} {second}",)
    return best[1]
