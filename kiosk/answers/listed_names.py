"""Finds the names of a list, such as names of products, in a text.

They are found whatever their spaces, hyphens, capitals and accents, and in the plural.
"""

from __future__ import annotations

from collections.abc import Container

from kiosk.core.text import fold

LONGEST_NAME = 40
"""Letters of a name, folded and without spaces, that are kept."""
_WHOLE_WORD = 5
"""Letters from which on a name is found at the start of longer words, too."""


def names_in(text: str, names: Container[str]) -> set[str]:
    """Return those of `names` that are in `text`, whatever its spaces, hyphens, case and accents.

    A long name is found at the start of a longer word, too; a short one only as whole words or
    their plural. `names` must be folded and without spaces; the set is empty where none occurs.
    """
    words = fold(text).split()
    named: set[str] = set()
    for start in range(len(words)):
        joined, ends = "", set()
        for word in words[start:]:
            joined += word
            ends.add(len(joined))
            if len(joined) >= LONGEST_NAME:
                break
        for length in range(2, min(len(joined), LONGEST_NAME) + 1):
            is_name = joined[:length] in names
            if is_name and (length >= _WHOLE_WORD or _is_whole(joined, length, ends)):
                named.add(joined[:length])
    return named


def _is_whole(joined: str, length: int, ends: set[int]) -> bool:
    """Return whether a word, or its plural ending, ends after the first `length` letters of
    `joined`.
    """
    return length in ends or any(
        joined.startswith(plural, length) and length + len(plural) in ends for plural in ("s", "es")
    )
