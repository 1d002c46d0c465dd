"""Search many texts at once for letters or units, before a slower rule looks at each text.

The texts are joined to one string, and only those in which something is found are returned. The
rules look for gated terms and doses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, chain

from kiosk.core.text import folded_words
from kiosk.library.checks.amounts import UNIT_WORDS

_LETTERS = re.compile(r"[a-z]+")
"""Parts of a word with a number in it: 500mg."""
HEAD = 4
"""Letters of a word by which most terms are seen not to begin with it."""


class TextPool:
    """Texts that readers see, joined so that all can be searched at once for letters or units.

    Args:
        texts: in any order; equal ones count once.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(dict.fromkeys(texts))
        folded = [folded_words(text) for text in self.texts]
        self._words = set(chain.from_iterable(folded))
        letters = ["".join(words) for words in folded]
        self._letters = "\n".join(letters)
        self._starts = list(accumulate((len(each) + 1 for each in letters), initial=0))

    def with_letters(self, letters: str) -> set[str]:
        """Return the texts that have `letters` in a row, in one word or across several.

        Only letters and digits of the texts are compared, lower case and without accents; `letters`
        has to be given so.
        """
        having = set()
        at = self._letters.find(letters)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            having.add(self.texts[number])
            at = self._letters.find(letters, self._starts[number + 1])
        return having

    @cached_property
    def heads(self) -> set[str]:
        """The first `HEAD` letters of each word of the texts, and the empty string."""
        return {"", *[word[:HEAD] for word in self._words]}

    @cached_property
    def with_units(self) -> set[str]:
        """The texts that may name an amount: they have a word that can be a unit, or are not ASCII.

        A text that is not among them has no dose.
        """
        plain = [text for text in self.texts if text.isascii()]
        others = {text for text in self.texts if not text.isascii()}
        joined = "\n".join(plain).lower()
        numbered = " ".join([word for word in self._words if not word.isalpha()])
        present = sorted(UNIT_WORDS & {*self._words, *_LETTERS.findall(numbered)})
        if "i.u" in joined:
            present.append("i.u")
        if not present:
            return others
        pattern = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, present))})(?![a-z])")
        starts = list(accumulate((len(text) + 1 for text in plain), initial=0))
        matches = pattern.finditer(joined)
        return others | {plain[bisect_right(starts, match.start()) - 1] for match in matches}
