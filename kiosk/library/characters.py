"""Say why a text is refused: it is too long, or has a character that is not safe on a terminal.

A text with a refused character is refused whole, never stripped of it: that could change a dose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

MAX_LENGTH = 2_000
"""Characters in one text; a screen holds fewer."""

_ASCII = re.compile(r"[ -~\n]*")
_USUAL = frozenset("\n" + "".join(map(chr, range(32, 127))) + "áéíóúüñÁÉÍÓÚÜÑ¿¡‘’“”–—…½×≥≤°")
"""Characters that are never refused, in any order: a text of these needs no more checks."""
_UNSEEN = frozenset(
    {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
    | set(range(0x180B, 0x1810))
    | set(range(0xFE00, 0xFE10))
    | set(range(0xE0100, 0xE01F0))
)
"""Characters that draw nothing: Unicode's default-ignorable ones, and the blank braille cell."""

_REFUSED = {
    "Cc": "a control character",
    "Cf": "an invisible formatting character",
    "Cs": "half of a character",
    "Co": "a private-use character",
    "Cn": "an unassigned character",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
    "Zs": "a space other than the ordinary one",
}


def refusal(text: str) -> str:
    """Return why `text` is refused: a character in it, an accent apart from its letter, a word of
    two alphabets, or its length. Empty if nothing is wrong.
    """
    if len(text) > MAX_LENGTH:
        return f"{len(text):,} characters long; at most {MAX_LENGTH:,}"
    if _ASCII.fullmatch(text) or _USUAL.issuperset(text):
        return ""
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        if char not in "\n " and (category in _REFUSED or ord(char) in _UNSEEN):
            kind = _REFUSED.get(category, "a character that draws nothing")
            return f"{kind}, U+{ord(char):04X}"
        marks = marks + 1 if category.startswith("M") else 0
        if marks > 2:
            return f"more than 2 marks on one letter, at U+{ord(char):04X}"
    if not unicodedata.is_normalized("NFC", text):
        return "letters and accents not joined (not in Unicode form NFC)"
    return _mixed_word(text)


def are_refused(texts: Collection[str]) -> bool:
    """Return whether `refusal` refuses at least one of several texts, such as all of a content
    file. Quick where all are short and ASCII.
    """
    if _ASCII.fullmatch("\n".join(texts)) and max(map(len, texts), default=0) <= MAX_LENGTH:
        return False
    return any(map(refusal, texts))


def _mixed_word(text: str) -> str:
    """A word of two look-alike alphabets, which would slip past a search for the word."""
    for word in re.findall(r"[^\W\d_]+", text):
        if word.isascii():
            continue
        alphabets = {a for char in word if (a := _alphabet(char))}
        if len(alphabets) > 1:
            return f'the word "{word}" mixes {" and ".join(sorted(alphabets))} letters'
    return ""


def _alphabet(char: str) -> str:
    if not char.isalpha() or char in "µμ" or char.isascii():
        return "Latin" if char.isascii() and char.isalpha() else ""
    name = unicodedata.name(char, "").split(" ")[0]
    return name.title() if name in ("CYRILLIC", "GREEK") else ""
