"""Count the syllables of English words, by rule and a list of exceptions."""

from __future__ import annotations

import re
from functools import lru_cache

_EXCEPTIONS = {
    word: count
    for count, words in {
        1: "aches clothes does goes once shoes",
        2: "being create creates doing every fluid fluids going headaches hundred lion marriage "
        "moreover naked people persuade quiet ruin sacred science seeing sometimes theatre "
        "therefore trial wicked",
        3: "anyone area areas element elements everyday everyone everything created "
        "however idea ideal ideas medicine medicines nausea several video",
        4: "anaemia creation creative diarrhoea diarrhea diabetes european immediate permeable "
        "vegetable vegetables",
        5: "pancreatitis immediately",
        6: "permeability",
    }.items()
    for word in words.split()
}

_SAID_AS_WORDS = {"NSAID": 2, "AIDS": 1, "NICE": 1}
"""Capitals that are not read letter by letter."""

_SILENT = re.compile(
    r"[aeiouy][^aeiouy]{1,2}e(?=(?:ments?|ly|fuls?|fully|less|ness|ty|things?|times?|where|fore|"
    r"lines?|styles?|givers?)$)"
)
"""An e in the middle that is not heard: move-ment, life-style, safe-ty."""

_ONE_MORE = re.compile(
    r"(?<![ctgs])ia(?!ge)|(?<=[so]c)ia(?=te)"  # bacteria, associate; not social, marriage
    r"|(?<![ctgxhnls])io|(?<=[aeiou]n)io(?!n)"  # radio, biology; not nation, million
    r"|iet|(?<![ctfh])ien(?!d)|(?<=sc)ien"  # diet, experience; not patient, friend
    r"|(?<=\w[^aeiou])ier$|iest$"  # barrier, easiest
    r"|eo(?!ns?$)|uou|uing|(?<=d)uo"  # theory, continuous, arguing, duodenum
    r"|(?<![qg])ua|(?<![qg])ue(?=l|nt|nc|nz)"  # usual, influence; not quality, guess
    r"|ao|ii|iu|eu[ms]|coag|nucle[ai]"  # chaos, medium, museum
    r"|isms?$|thm|(?<![aeiou])ying|[eo]ing$|^rea(?=ct|ss)"  # organism, trying, going, react
)
"""Letters that are one syllable more than the groups of vowels would count."""

_PARTS = re.compile(r"\d+(?:[.,]\d+)*%?|%|[^\W\d_]+(?:'[^\W\d_]+)*")
_SOUNDED_Y = re.compile(r"(?<=[aeiou])y(?=[aeiou])|^y(?=[aeiou])")
_VOWELS = re.compile(r"[aeiouy]+")
_SPOKEN_LE, _DOUBLE_LE = re.compile(r"[^aeiouy]le[sd]?$"), re.compile(r"lle[sd]?$")
_SILENT_ED, _SILENT_E = re.compile(r"[^aeioutd]ed$"), re.compile(r"[^aeiouy]e$")
_SPOKEN_ES = re.compile(r"(?:[aeiousxzcg]|ch|sh)es$")
_DIGITS = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
_TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)


@lru_cache(maxsize=1 << 14)
def syllables(word: str) -> int:
    """Return the number of syllables of a word as read aloud; hyphenated parts are added up.

    A number counts as it is spoken (Flesch 1948), capitals such as FDA letter by letter.
    """
    parts = _PARTS.findall(word.replace("\u2019", "'"))
    return sum(_part(part) for part in parts) or 1


def _part(part: str) -> int:
    if part[0].isdecimal() or part == "%":
        return _number(part.rstrip("%")) + 2 * part.endswith("%")
    capitals = part.removesuffix("s")
    if capitals in _SAID_AS_WORDS:
        return _SAID_AS_WORDS[capitals]
    if capitals.isupper() and 2 <= len(capitals) <= 4:
        return sum(3 if letter == "W" else 1 for letter in capitals)
    return _word(part.lower())


def _number(text: str) -> int:
    whole, _, decimals = text.replace(",", "").partition(".")
    count = _integer(int(whole)) if whole else 0
    return count + (1 + sum(_DIGITS[int(d)] for d in decimals) if decimals else 0)


def _integer(number: int) -> int:
    for size in (10**9, 10**6, 1000, 100):
        if number >= size:
            rest = number % size
            return _integer(number // size) + 2 + (_integer(rest) if rest else 0)
    if number < 20:
        return _DIGITS[number]
    return _TENS[number // 10] + (_DIGITS[number % 10] if number % 10 else 0)


def _word(word: str) -> int:
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    word, extra = _contraction(word)
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word] + extra
    sounds = _SOUNDED_Y.sub("j", word) if "y" in word else word
    count = len(_VOWELS.findall(sounds)) + len(_ONE_MORE.findall(sounds))
    if _SILENT.search(sounds):
        count -= 1
    if _silent_end(sounds):
        count -= 1
    return max(1, count) + extra


def _silent_end(word: str) -> bool:
    """Return whether a last e, -es or -ed is silent."""
    if not word.endswith(("e", "es", "ed")):
        return False
    if _SPOKEN_LE.search(word) and not _DOUBLE_LE.search(word):
        return False
    if word.endswith("ed"):
        return bool(_SILENT_ED.search(word))
    if word.endswith("es"):
        return not _SPOKEN_ES.search(word)
    return bool(_SILENT_E.search(word))


def _contraction(word: str) -> tuple[str, int]:
    """Return the word before the apostrophe, and the syllables that the rest adds: 0 or 1."""
    match = re.fullmatch(r"(\w+?)(n't|'\w+)", word) if "'" in word else None
    if not match:
        return word, 0
    stem, end = match.groups()
    if end == "n't":
        return stem, int(stem not in ("do", "wo", "ca", "are", "were", "ai"))
    return stem, int(end == "'s" and bool(re.search(r"(?:[sxz]|ch|sh|[cg]e|se)$", stem)))
