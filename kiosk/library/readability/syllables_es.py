"""Count the syllables of Spanish words, by rule: the spelling shows nearly all of them."""

from __future__ import annotations

import re

_SILENT_U = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_HEARD_ALONE = re.compile(r"[aeoáéóíú]")
"""Strong vowels, and weak ones with an accent: each is a syllable of its own in a run of vowels."""

_DIGITS = (2, 2, 1, 1, 2, 2, 1, 2, 2, 2)
_PERCENT = 3


def syllables(word: str) -> int:
    """Return the number of syllables of a Spanish word; a number is read digit by digit."""
    parts = re.findall(r"[^\W\d_]+|\d|%", word.lower())
    return sum(_part(part) for part in parts) or 1


def _part(part: str) -> int:
    if part == "%":
        return _PERCENT
    if part.isdecimal():
        return _DIGITS[int(part)]
    sounds = _SILENT_U.sub("", part)
    sounds = re.sub(r"y$|^y$", "i", sounds)
    runs = _VOWELS.findall(sounds)
    return sum(max(1, len(_HEARD_ALONE.findall(run))) for run in runs) or 1
