"""Prepares text for the index of questions: normalizes it, takes its accents away, splits it into
words, and stems them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.spanish_stemmer import SpanishStemmer

from kiosk.answers.text.stop_words import STOP_WORDS
from kiosk.core.question import LONGEST_QUESTION
from kiosk.core.text import one_line

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
    """Return the text as `one_line` makes it, cut at `longest` characters before anything else is
    done, so that no question takes long.
    """
    return one_line(unicodedata.normalize("NFKC", raw[:longest])[:longest])


def unaccented(text: str) -> str:
    """Return `text` in small letters and without accents, as the index has its words.

    Punctuation and spaces stay, unlike with `core.text.fold`: `words` needs the apostrophes.
    """
    text = text.casefold()
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(
        character for character in parts if not unicodedata.combining(character)
    ).casefold()


def words(text: str) -> list[str]:
    """Return the folded words of `text`: letters and digits, without
    possessive s and apostrophes.
    """
    text = unaccented(text)
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text).translate(_APOSTROPHES)
    return _WORD.findall(text)


def whole(folded: list[str]) -> str:
    """Return the single search term for a phrase that has only stop words, such as `what is it`."""
    return "=" + "-".join(_QUICK.get(word, word) for word in folded)


_QUICK = {
    "q": "que", "k": "que", "ke": "que", "qe": "que", "u": "you", "r": "are",
    "wat": "what", "wut": "what", "dis": "this", "dat": "that",
}  # fmt: skip


class Stemmer(dict[str, str]):
    """Stemmer of one language: a dict from word to stem that computes a stem when it is looked up;
    a stop word has the empty stem.

    With `keep`, each stem is stored in the dict for the next look-up. A visitor's words go only to
    a stemmer without `keep`, or to one that is discarded with the question.
    """

    def __init__(self, language: str, keep: bool = True) -> None:
        self._keep = keep
        super().__init__(dict.fromkeys(STOP_WORDS[language], ""))
        self._stem = _STEMMERS[language]().stemWord

    def __missing__(self, word: str) -> str:
        short = word[:_LONGEST_WORD]
        stem = short if len(short) < 4 or short[0].isdecimal() else self._stem(short)
        if self._keep:
            self[word] = stem
        return stem

    def of(self, text: str) -> list[str]:
        """Return the stems of the words of `text` in order, without stop words."""
        return [stem for stem in map(self.__getitem__, words(text)) if stem]
