"""Find gated terms and doses in a text, however they are spaced, inflected or written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from kiosk.core.text import fold
from kiosk.library.checks.amounts import find_dose, is_for_taking, taking_word
from kiosk.library.checks.text_pool import HEAD, TextPool
from kiosk.library.readability.sentences import sentences

_STEM = 5
"""Letters from which on a term is looked for at the start of longer words, too: zinc is no start of
a word, probiotic is of probiotically; but guar is not looked for in guard."""


class GatedTermMatcher:
    """Matcher that finds in a text what must not be read before the cautions: terms and doses.

    Args:
        terms: words that no open text may have.
        as_products: words that name something of the body or of food, too. They are found only in a
            sentence about buying, taking or dosing.
    """

    def __init__(self, terms: Iterable[str], as_products: Iterable[str] = ()) -> None:
        self._terms: dict[str, str] = {}
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}
        for term in terms:
            if letters := fold(term).replace(" ", ""):
                self._terms.setdefault(letters, term)
        products = tuple(as_products)
        self._products = GatedTermMatcher(products) if products else None

    def suspects(self, pool: TextPool, *, amounts: bool = True) -> set[str]:
        """Return the texts of a pool in which `find` may find something; in all others it cannot.

        Args:
            pool: the texts.
            amounts: whether to look for doses, too.
        """
        begun = self._begun(pool)
        if self._products is not None:
            begun |= self._products._begun(pool)
        with_term = {text for term in begun for text in pool.with_letters(term)}
        return with_term | (pool.with_units if amounts else set())

    def _begun(self, pool: TextPool) -> set[str]:
        """Return the terms, in letters, with which words of a text may begin: a few of them all."""
        return {term for head in self._by_head.keys() & pool.heads for term in self._by_head[head]}

    @cached_property
    def _by_head(self) -> dict[str, list[str]]:
        """The terms by each head of a word that may be the first of one.

        It begins as the term does, or is shorter and the term begins with it: "pro biotic". A term
        that is shorter than a head has none: it is always looked for.
        """
        by_head: dict[str, list[str]] = {}
        for term in self._terms:
            lengths = range(1, HEAD + 1) if len(term) >= HEAD else (0,)
            for length in lengths:
                by_head.setdefault(term[:length], []).append(term)
        return by_head

    def find(self, text: str, *, amounts: bool = True, food: bool = False) -> str:
        """Return what of `text` is gated, in words for a message; empty where nothing is.

        Such words are `gated term "zinc"` or `an amount, "50 mg"`; the first is returned.

        Args:
            text: what a reader sees.
            amounts: whether to look for doses, too.
            food: whether the author says that the text's amounts are of food.
        """
        if term := self.find_term(text):
            return f'gated term "{term}"'
        if self._products is not None:
            for sentence in sentences(text):
                term = self._products.find_term(sentence)
                if term and is_for_taking(sentence):
                    return f'"{term}" as something to buy or take'
        dose = find_dose(text, food=food) if amounts else ""
        if not dose:
            return ""
        beside = taking_word(text)
        return f'an amount, "{dose}", beside "{beside}"' if beside else f'an amount, "{dose}"'

    def find_term(self, text: str) -> str:
        """Return the first gated term in `text`, as its author listed it; empty if none."""
        folded = fold(text)
        letters = folded.replace(" ", "")
        present = tuple([key for key in self._terms if key in letters])
        match = self._any_of(present).search(folded) if present else None
        if match is None:
            return ""
        letters = match[0].replace(" ", "")
        listed = [key for key in present if letters.startswith(key)]
        return self._terms[max(listed, key=len)]

    def _any_of(self, keys: tuple[str, ...]) -> re.Pattern[str]:
        """Return a pattern for some terms: one for all takes longer to make than to use."""
        if keys not in self._patterns:
            longest_first = sorted(keys, key=len, reverse=True)
            self._patterns[keys] = re.compile("|".join(map(_pattern, longest_first)))
        return self._patterns[keys]


def _pattern(letters: str) -> str:
    """Return a pattern for these letters from the start of a word, with any spaces in between."""
    spread = " ?".join(map(re.escape, letters))
    return rf"(?<!\w){spread}" + ("" if len(letters) >= _STEM else r"(?:s|es)?(?!\w)")
