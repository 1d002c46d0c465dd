"""A question's words: folded, without stop words, as stems."""

from __future__ import annotations

import snowballstemmer

from kiosk.core.folding import fold
from kiosk.core.question import LONGEST_QUESTION

LANGUAGES = ("en", "es")


def these(words: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(words.split())


_STOP = {
    "en": these(
        "a an and are as at be been by do does did for from get got had has have he her him his i "
        "if in into is it its me my of on or our she so some than that the their them then there "
        "these they this those to u was we were will with would you your am im ive dont about can "
        "could should shall may might must just any s t m d ll re ve please tell know want "
        "what how when where who which why wat really very too also like r being"
    ),
    "es": these(
        "el la los las un una unos unas de del al y e o u que como cuando donde quien cual cuales "
        "en es son esta este esto eso esa ese estos ser soy si mi mis tu tus su sus me te se le "
        "les lo nos yo he ha han hay por para con a muy ya mas pero porque tambien puedo puede "
        "pueden debo debe hace hacer estoy esta estan tengo tiene algo favor quiero saber cuanto "
        "cuanta cuantos cuantas"
    ),
}


def stems(text: str, language: str) -> list[str]:
    """The stems of the words of `text` that say something, in order."""
    stemmer = snowballstemmer.stemmer({"en": "english", "es": "spanish"}[language])
    words = fold(text[: 4 * LONGEST_QUESTION])[:LONGEST_QUESTION].split()
    found: list[str] = stemmer.stemWords([w for w in words if w not in _STOP[language]])
    return found
