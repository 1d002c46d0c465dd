"""Normalizes typed text to words that the alarm rules can compare: no case, no accents, no
invisible or look-alike characters, no digits in place of letters, no letters held down.
"""

from __future__ import annotations

import re
import unicodedata

from kiosk.core.question import LONGEST_CHECKED
from kiosk.core.text import seen

_LONGEST_WORD = 40

_IN_WORD = re.compile(r"(?<=\w)['’‘`´*_]+(?=\w)|['’‘`´]")
_WORD = re.compile(r"[^\W_]+")
_STRETCHED = re.compile(r"(.)\1{2,}")
_SPELT = re.compile(r"(?<![^\W_])(?:[^\W\d_] ){3,}[^\W\d_](?![^\W_])")
_TORN = re.compile(r"\b(can|don|won|isn|doesn|didn|couldn|hasn|haven|aren|wasn) t\b")
_SIGNS = re.compile(r"(?<=[a-z])[01345$@7]{1,2}(?=[a-z])")
_LETTERS = str.maketrans("01345$@7", "oieassat")
_ALIKE = str.maketrans("аеорсухіјѕԁһкмтвνοραικτυηβ", "aeopcyxijsdhkmtbvopaiktunb")
"""Small letters of Cyrillic and Greek that a person reads as Latin ones."""


def plain(text: str) -> str:
    """Return `text` in small letters without accents, apostrophes and invisible characters.

    Look-alike letters of other alphabets and digits inside words ("ch3st") become Latin letters.
    Of a very long text only the beginning and the end are kept. Other punctuation stays, unlike
    with `core.text.fold`, and what is undone here (look-alikes, apostrophes) is what people who
    are in danger, or in a hurry, type.
    """
    if len(text) > LONGEST_CHECKED:  # the first half of what is checked, and the last
        text = f"{text[: LONGEST_CHECKED // 2]} {text[-LONGEST_CHECKED // 2 :]}"
    text = unicodedata.normalize("NFKC", text)[:LONGEST_CHECKED].casefold()
    kept = seen(unicodedata.normalize("NFKD", text))
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in kept)
    text = text if text.isascii() else text.translate(_ALIKE)
    return _SIGNS.sub(lambda match: match[0].translate(_LETTERS), _IN_WORD.sub("", text))


def tokens(text: str) -> list[str]:
    """Return the words of a typed text, normalized as by `plain`, without punctuation.

    Letters that are spelled out one by one ("h e l p") become one word.
    """
    spaced = " ".join(_WORD.findall(plain(text)))
    spaced = _TORN.sub(r"\1t", spaced)
    spaced = _SPELT.sub(lambda match: match[0].replace(" ", ""), spaced)
    return [word[:_LONGEST_WORD] for word in spaced.split()]


def unstretched(word: str) -> tuple[str, ...]:
    """Return the words that `word` may be if letters repeated three times or more were held down:
    `heeelp` is `heelp` or `help`. A word without such letters is returned alone.
    """
    if not _STRETCHED.search(word):
        return (word,)
    return _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)
