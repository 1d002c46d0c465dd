"""Words as they are heard: people write what they hear, and `sierra` is then `cierra`."""

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
    return re.compile("|".join(f"({found})" for found, _ in rules)), tuple(s for _, s in rules)


_READERS = ("es", 4, *_reader(_SPANISH)), ("en", 5, *_reader(_ENGLISH))
"""The language, and the fewest sounds that a word is known by: with fewer, too many are alike."""
_DOUBLED = re.compile(r"(.)\1+")


def _said(said: tuple[str, ...], found: re.Match[str]) -> str:
    return said[(found.lastindex or 1) - 1]


def sounds(word: str) -> tuple[str, ...]:
    """How `word`, folded, sounds in Spanish and in English: two that sound so are the same."""
    heard = []
    for language, least, pattern, said in _READERS:
        spoken = _DOUBLED.sub(r"\1", pattern.sub(partial(_said, said), word))
        if len(spoken) >= least:
            heard.append(f"{language}:{spoken}")
    return tuple(heard)
