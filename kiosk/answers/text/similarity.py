"""Measures how alike two words are, in letters (edit distance) and in sound: people write `sierra`
and mean `cierra`.
"""

from __future__ import annotations

import re
from functools import partial

_SPANISH = (
    ("[bvg]?h?ue(?=[lnrsbv])", "we"), ("cs|cc(?=[ei])|sc(?=[eiy])|[xz]", "s"), ("sh|ch", "1"),
    ("qu(?=[ei])|[qk]", "k"), ("ph|f", "f"), ("c(?=[eiy])", "s"), ("c", "k"),
    ("gu(?=[ei])", "g"), ("g(?=[ei])", "j"), ("^hi?e(?=[lrn])|^ie", "ye"), ("h", ""),
    ("ll|y(?=[aeiou])", "y"), ("y", "i"), ("v", "b"), ("n(?=[bvp])", "m"),
    ("ado(?=s?$)", "ao"),
)  # fmt: skip
_ENGLISH = (
    ("^[kg]n", "n"), ("^wr", "r"), ("^ps", "s"), ("mb$", "m"), ("ph|f", "f"), ("tch|ch", "1"),
    ("s?c(?=iou)i|sh|ti(?=on)|si(?=on)", "2"), ("ous?$|ous(?=l)", "us"), ("th", "3"),
    ("igh", "I"), ("gh", ""), ("wh", "w"), ("qu", "kw"), ("x|cks|cs", "ks"), ("ck|q", "k"),
    ("sc(?=[eiy])|c(?=[eiy])|z", "s"), ("c", "k"), ("dge?|j", "j"), ("g(?=[eiy])", "j"),
    ("rrh|rh|h(?=r)", "r"), ("h(?=[^aeiouy]|$)", ""), ("(?<=.)(?:ea|ee|ei|ie)", "e"),
    ("ai|ay", "A"), ("oa|ow", "o"), ("ou|oo|ew", "U"), ("ing$", "in"), ("(?<=..)e$", ""),
    ("y", "i"),
)  # fmt: skip


def _reader(rules: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    return re.compile("|".join(f"({pattern})" for pattern, _ in rules)), tuple(s for _, s in rules)


_READERS = ("es", 4, *_reader(_SPANISH)), ("en", 5, *_reader(_ENGLISH))
"""The language, and the fewest sounds that a word is known by: with fewer, too many are alike."""
_DOUBLED = re.compile(r"(.)\1+")


def _said(said: tuple[str, ...], match: re.Match[str]) -> str:
    return said[(match.lastindex or 1) - 1]


def sounds(word: str) -> tuple[str, ...]:
    """Return how `word`, folded, sounds in Spanish and in English, as codes; words that share a
    code sound the same. A language is left out if its code is too short to tell words apart.

    Vowels count, so that hardly any two words share a code: nothing else is asked before a word
    is taken for an alarm's. `rough_sound` is for finding candidates that are then compared.
    """
    sounded = []
    for language, least, pattern, said in _READERS:
        spoken = _DOUBLED.sub(r"\1", pattern.sub(partial(_said, said), word))
        if len(spoken) >= least:
            sounded.append(f"{language}:{spoken}")
    return tuple(sounded)


def distance(a: str, b: str, limit: int) -> int:
    """Return the edit distance of two words: the letters inserted, left out or changed, and
    neighbors swapped (optimal string alignment). It is `limit` + 1 for any more than `limit`.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            if letter == other:
                best = before[j - 1]
            else:
                best = 1 + min(before[j - 1], before[j], row[j - 1])
                if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
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


def rough_sound(word: str) -> str:
    """Return a rough code of a word's sound: its consonants, with similar ones merged and vowels
    dropped except at the start. Words with the same code may sound alike.

    Many words share one: the spelling correction compares their letters, too. `sounds` is exact.
    """
    for pattern, said in _SOUNDS:
        word = pattern.sub(said, word)
    word = _DOUBLED.sub(r"\1", word)
    return word[:1] + word[1:].replace("a", "")
