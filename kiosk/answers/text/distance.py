"""How far one spelling is from another, and how a word sounds."""

from __future__ import annotations

import re


def distance(a: str, b: str, limit: int) -> int:
    """Optimal string alignment: letters put in, left out, changed, or two that changed places.

    More than `limit` is told as `limit` + 1.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            if one == other:
                best = before[j - 1]
            else:
                best = 1 + min(before[j - 1], before[j], row[j - 1])
                if i > 1 and j > 1 and one == b[j - 2] and a[i - 2] == other:
                    best = min(best, earlier[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
    return row[-1]


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:[pgk](?=n)|p(?=[st])|m(?=n))", ""),
        (r"^x", "s"),
        (r"ph|gh(?=t)|v", "f"),
        (r"sch|sc(?=[eiy])", "s"),
        (r"ch|ck|qu?|c(?![eiyh])", "k"),
        (r"[cz]", "s"),
        (r"x", "ks"),
        (r"j|dg", "g"),
        (r"[aeiouyhw]+", "a"),
    )
)
_TWICE = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """What is left of `word` for an ear that hears consonants and only where a vowel stands."""
    for pattern, said in _SOUNDS:
        word = pattern.sub(said, word)
    word = _TWICE.sub(r"\1", word)
    return word[:1] + word[1:].replace("a", "")
