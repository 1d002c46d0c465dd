"""From what was typed to the words that the index knows: folded, cut, and taken to their stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.spanish_stemmer import SpanishStemmer

from kiosk.answers.text.stop_words import STOP_WORDS
from kiosk.core.question import LONGEST_QUESTION

LANGUAGES = ("en", "es")
_STEMMERS: Mapping[str, type[EnglishStemmer] | type[SpanishStemmer]] = {
    "en": EnglishStemmer,
    "es": SpanishStemmer,
}
_LONGEST_WORD = 40
"""Letters of a word that are kept: nothing longer is a word that anybody looks for."""
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_APOSTROPHES = str.maketrans("", "", "'’")


def normalise(raw: str, longest: int = LONGEST_QUESTION) -> str:
    """At most `longest` characters in one line, no control or format characters, spaces single.

    It is cut before anything else is done, so that no question takes long.
    """
    text = unicodedata.normalize("NFKC", raw[:longest])[:longest]
    kept = (" " if unicodedata.category(character)[0] in "CZ" else character for character in text)
    return " ".join("".join(kept).split())


def fold(text: str) -> str:
    """`text` in small letters without accents, as the index holds its words."""
    text = text.casefold()
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(
        character for character in parts if not unicodedata.combining(character)
    ).casefold()


def words(text: str) -> list[str]:
    """The words of `text`, folded: letters and digits, no possessive s, no apostrophes."""
    text = fold(text)
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text).translate(_APOSTROPHES)
    return _WORD.findall(text)


def whole(folded: list[str]) -> str:
    """Return the term that stands for a phrase of nothing but stop words, such as `what is it`."""
    return "=" + "-".join(_QUICK.get(word, word) for word in folded)


_QUICK = {
    "q": "que", "k": "que", "ke": "que", "qe": "que", "u": "you", "r": "are",
    "wat": "what", "wut": "what", "dis": "this", "dat": "that",
}  # fmt: skip


class Stemmer(dict[str, str]):
    """Stemmer: the stem of each word of one language; a stop word has none ("").

    With `keep` each is worked out once: for texts. Of what a visitor types nothing is kept.
    """

    def __init__(self, language: str, keep: bool = True) -> None:
        self._keep = keep
        super().__init__(dict.fromkeys(STOP_WORDS[language], ""))
        self._stem = _STEMMERS[language]().stemWord

    def __missing__(self, word: str) -> str:
        short = word[:_LONGEST_WORD]
        stem = short if len(short) < 4 or short[0].isdigit() else self._stem(short)
        if self._keep:
            self[word] = stem
        return stem

    def of(self, text: str) -> list[str]:
        """The stems of the words of `text`, stop words left out."""
        return [stem for stem in map(self.__getitem__, words(text)) if stem]
