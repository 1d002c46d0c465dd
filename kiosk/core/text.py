"""Prepare text for comparing, without case, accents, punctuation and invisible characters; or for
printing, as one line.
"""

from __future__ import annotations

import unicodedata

_COMMON = str.maketrans("áéíóúüñÁÉÍÓÚÜÑ‘’“”–—¿¡", "aeiouunaeiouun        ")
"""Signs of books and of Spanish, as they are folded: a text that has no others is soon done."""
_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
"""The replacement of each character of ASCII; a table is several times as fast as a pattern."""


def fold(text: str) -> str:
    """Return the words of `text` in small letters, without accents, joined by single spaces.

    All but letters and digits separates words ("Crohn's" is `crohn s`), except accents and
    invisible characters, which are dropped. For the checks and for whole phrases; a question is
    split by `answers.text.words`, which drops apostrophes and the possessive s (`crohn`).
    """
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """Return the words of `text` as a list, in small letters, without accents and punctuation."""
    if not text.isascii():
        text = text.translate(_COMMON)
    if text.isascii():  # nearly all of it: the same result, without a look at each character
        return text.translate(_ASCII).split()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c if c.isalnum() else " " for c in seen(text)).split()


def one_line(text: str) -> str:
    """Return `text` in Unicode's form NFKC as one line: a space for each run of control, invisible
    and space characters, and none at either end. Case, accents and punctuation stay.
    """
    text = unicodedata.normalize("NFKC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def seen(text: str) -> str:
    """Return `text` without invisible characters and combining marks, such as an accent that is a
    character of its own; an accented letter that is one character stays.
    """
    if text.isascii():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
