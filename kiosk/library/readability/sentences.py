"""Split a text into sentences and words, as a reading formula counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_ABBREVIATIONS = ("e.g.", "i.e.", "dr.", "mr.", "mrs.", "ms.", "st.", "vs.", "approx.", "cf.")
_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-ZÁÉÍÓÚÑ0-9¿¡])")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; the end of a line ends one, as titles and bullets lack a full
    stop.

    A sentence may begin with ¿ or ¡. A full stop in a number, after an abbreviation or before a
    small letter ends none.
    """
    sentences_: list[str] = []
    for line in text.splitlines():
        rest = line.strip().removeprefix("- ")
        begun = ""
        for part in _END.split(rest):
            begun = f"{begun} {part}".strip()
            if not _is_abbreviated(begun):
                sentences_.append(begun)
                begun = ""
        if begun:
            sentences_.append(begun)
    return [sentence for sentence in sentences_ if _LETTER_OR_DIGIT.search(sentence)]


def words(sentence: str) -> list[str]:
    """Return the words of a sentence. A hyphen makes one word of two (McLaughlin 1969); a slash
    does not.
    """
    parts = sentence.replace("/", " ").split()
    return [word for word in parts if word[0].isalnum() or _has_one(word)]


def _has_one(word: str) -> bool:
    return any(char.isalnum() for char in word)


def without(text: str, names: tuple[str, ...]) -> str:
    """Return `text` with every occurrence of the names, and of their plurals, taken out."""
    return _any_name(names).sub("", text) if names else text


@cache
def _any_name(names: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?:s|es)?(?!\w)", re.IGNORECASE)


@cache
def name_patterns(names: tuple[str, ...]) -> Mapping[str, re.Pattern[str]]:
    """Return for each name, by the name, a regular expression that matches the name and its plural.

    The longest name comes first, so that it is matched before a name that is part of it.
    """
    return {
        name: re.compile(rf"(?<!\w){re.escape(name)}(?:s|es)?(?!\w)", re.IGNORECASE)
        for name in sorted(names, key=len, reverse=True)
    }


def _is_abbreviated(begun: str) -> bool:
    """Return whether the last full stop ends an abbreviation. `The answer is no.` is a sentence."""
    last = begun.rpartition(" ")[2].lstrip("(\"'")
    return last == "No." or last.lower() in _ABBREVIATIONS
