"""Names of what stands behind the cautions, in a text however they are written."""

from __future__ import annotations

from collections.abc import Container

from kiosk.core.text import fold

LONGEST_NAME = 40
"""Letters of a name, folded and without spaces, that are kept."""
_WHOLE_WORD = 5
"""Letters from which on a gated name is named at the start of longer words, too."""


def gated_names_in(text: str, names: Container[str]) -> set[str]:
    """Return those of `names`, folded and without spaces, that are in `text`."""
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
    """Whether a word ends there, or its plural does."""
    return length in ends or any(
        joined.startswith(plural, length) and length + len(plural) in ends for plural in ("s", "es")
    )
