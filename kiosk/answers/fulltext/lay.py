"""Translates patients' own names for things into medical words, by the shipped list `lay.txt`.

A name is found in any order, with any endings and with a few other words between: "they squished
her boobs" is "squish my boobs". A name that consists of small words ("the runs") is found only
word for word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations

from kiosk.answers.text.words import LANGUAGES, Stemmer, unaccented

_LONGEST = 5
"""Words of the longest name."""
_NEAR = {1: 1, 2: 3, 3: 5, 4: 6, 5: 5}
"""By the words of a name: among how many words of a question they must all stand."""


class _Lexicon:
    """The names of one language, each with the stems of its medical words."""

    def __init__(self) -> None:
        self.exact: dict[str, tuple[str, ...]] = {}
        """Names that small words make."""
        self.by_stems: dict[str, tuple[str, ...]] = {}
        """Others, by their stems in order of the alphabet."""
        self.stems: dict[int, set[str]] = {size: set() for size in _NEAR}
        """The stems of the names of so many words."""


def medical_words(folded: Sequence[str], language: str) -> dict[int, tuple[str, ...]]:
    """Return the stems of the medical words for patients' own names in a question, by the position
    of each word of such a name.

    `folded` are the question's words, folded; words that are in no such name are left out.
    """
    lexicon = _lexicons()[language]
    stemmer = Stemmer(language, keep=False)
    stems = [(number, stem) for number, word in enumerate(folded) if (stem := stemmer[word])]
    return _scattered(stems, lexicon) | _unbroken(folded, lexicon.exact)


def _unbroken(
    line: Sequence[str], known: Mapping[str, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """Return the medical stems for names that stand word for word in `line`, by the position of
    each word.

    At each word the longest name counts; a word in two names keeps the first.
    """
    meanings: dict[int, tuple[str, ...]] = {}
    for start in range(len(line)):
        for end in range(min(len(line), start + _LONGEST), start, -1):
            means = known.get(" ".join(line[start:end]))
            if means:
                for number in range(start, end):
                    meanings.setdefault(number, means)
                break
    return meanings


def _scattered(line: Sequence[tuple[int, str]], lexicon: _Lexicon) -> dict[int, tuple[str, ...]]:
    """Return the medical stems for names whose words stand near each other in `line`, in any order,
    by the number of each word.

    Of the names that a word is part of, the longest counts; of equally long ones, all do.
    """
    stems = [stem for _, stem in line]
    meanings: dict[int, tuple[str, ...]] = {}
    for size in sorted(_NEAR, reverse=True):
        taken = set(meanings)
        for at in _positions(stems, size, lexicon.stems[size]):
            means = lexicon.by_stems.get(_key(stems[index] for index in at), ())
            for number in (line[index][0] for index in at):
                if means and number not in taken:
                    meanings[number] = tuple(dict.fromkeys((*meanings.get(number, ()), *means)))
    return meanings


def _positions(stems: Sequence[str], size: int, known: set[str]) -> Iterator[tuple[int, ...]]:
    """Yield every set of `size` positions in `stems`, near each other, whose stems are all in
    `known`.
    """
    may = [index for index, stem in enumerate(stems) if stem in known]
    for i, start in enumerate(may):
        near = [index for index in may[i + 1 : i + _NEAR[size]] if index < start + _NEAR[size]]
        yield from ((start, *rest) for rest in combinations(near, size - 1))


def _key(stems: Iterable[str]) -> str:
    return " ".join(sorted(stems))


@cache
def _lexicons() -> Mapping[str, _Lexicon]:
    """The names of each language; read when first asked."""
    lexicons = {language: _Lexicon() for language in LANGUAGES}
    for part in unaccented(files(__package__).joinpath("lay.txt").read_text("utf-8")).split("\n[")[
        1:
    ]:
        language, _, lines = part.partition("]\n")
        lexicon, stemmer = lexicons[language], Stemmer(language)
        for line in lines.splitlines():
            names, is_line, means = line.partition(" = ")
            if not is_line or line.startswith("#"):
                continue
            meaning = tuple(_stems(means, stemmer))
            for name in names.split("|"):
                stems = _stems(name, stemmer)
                if len(stems) in _NEAR and (len(stems) > 1 or stems == [stemmer[name]]):
                    key = _key(stems)
                    also = lexicon.by_stems.get(key, ())
                    lexicon.by_stems[key] = (
                        tuple(dict.fromkeys(also + meaning)) if also else meaning
                    )
                    lexicon.stems[len(stems)].update(stems)
                else:
                    lexicon.exact.setdefault(name, meaning)
    return lexicons


def _stems(name: str, stemmer: Stemmer) -> list[str]:
    return [stem for word in name.split() if (stem := stemmer[word])]
