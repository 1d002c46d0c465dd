"""Translates everyday words and phrases of patients into plain words that the library uses, by the
shipped list `everyday.txt`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from kiosk.core.text import fold

_LONGEST = 5
"""Words of the longest phrase."""


def plain_words(folded: Sequence[str], language: str) -> dict[int, tuple[str, ...]]:
    """Return the plain words for everyday speech in a question, by the position of each word that
    is part of it.

    `folded` are the question's words, folded; words without an everyday meaning are left out.
    """
    known, meanings = _lexicon()[language], dict[int, tuple[str, ...]]()
    for start in range(len(folded)):
        for length in range(min(_LONGEST, len(folded) - start), 0, -1):
            means = known.get(" ".join(folded[start : start + length]))
            if means:
                for position in range(start, start + length):
                    meanings.setdefault(position, means)
                break
    return meanings


@cache
def _lexicon() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    known: dict[str, dict[str, tuple[str, ...]]] = {}
    listed: dict[str, tuple[str, ...]] = {}
    for line in files(__package__).joinpath("everyday.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            listed = known.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            names, _, means = line.partition(" = ")
            listed |= {fold(name).strip(): tuple(fold(means).split()) for name in names.split("|")}
    return known
