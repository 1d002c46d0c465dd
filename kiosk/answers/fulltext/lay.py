"""What patients call things, and the words of medical texts for it: `lay.txt`.

A name is known whatever its endings are and whatever small words stand between: "a bulge in his
groin" is "bulge in my groin". One that small words make what it is ("the runs") is known as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from kiosk.answers.text.words import LANGUAGES, Stemmer
from kiosk.core.text import fold

_LONGEST = 5
"""Words of the longest name."""


def medical_words(folded: Sequence[str], language: str) -> dict[int, tuple[str, ...]]:
    """The stems of medical words for the names in these folded words, by number of the word."""
    exact, by_stems = _lexicon()[language]
    stemmer = Stemmer(language, keep=False)
    stems = [(number, stem) for number, word in enumerate(folded) if (stem := stemmer[word])]
    return _meanings(stems, by_stems) | _meanings(list(enumerate(folded)), exact)


def _meanings(
    line: Sequence[tuple[int, str]], known: Mapping[str, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """What stands in `line`, the longest name at each word; the first that a word is of counts."""
    meanings: dict[int, tuple[str, ...]] = {}
    for start in range(len(line)):
        for end in range(min(len(line), start + _LONGEST), start, -1):
            means = known.get(" ".join(word for _, word in line[start:end]))
            if means:
                for number, _ in line[start:end]:
                    meanings.setdefault(number, means)
                break
    return meanings


_Names = dict[str, tuple[str, ...]]


@cache
def _lexicon() -> Mapping[str, tuple[_Names, _Names]]:
    """By language, names that small words make, others by their stems; read when first asked."""
    lexicon: dict[str, tuple[_Names, _Names]] = {language: ({}, {}) for language in LANGUAGES}
    language, stemmer = "", Stemmer(LANGUAGES[0])
    for line in files(__package__).joinpath("lay.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
            stemmer = Stemmer(language)
        elif line and not line.startswith("#"):
            names, _, means = line.partition(" = ")
            meaning = tuple(stemmer.of(fold(means)))
            exact, by_stems = lexicon[language]
            for name in (fold(name).strip() for name in names.split("|")):
                stems = stemmer.of(name)
                if len(stems) > 1 or stems == [stemmer[name]]:
                    by_stems.setdefault(" ".join(stems), meaning)
                else:
                    exact.setdefault(name, meaning)
    return lexicon
