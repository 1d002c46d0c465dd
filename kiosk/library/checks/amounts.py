"""Find doses in a text, and tell them from amounts of food.

Grams and milliliters are how food is measured: they are a dose only next to words for taking
something, such as "take", "dose" or "capsule". Milligrams, micrograms and units are how products
are measured, and pieces such as "two tablets" are always a dose.
"""

from __future__ import annotations

import re
import unicodedata

from kiosk.core.text import seen
from kiosk.library.products import COUNTED_FORMS, FORMS

_COUNTED = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    "(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?"
)
_VAGUE = "half|quarter|dozens?|couple|few|several|many|single"
_NO_DOSE = (
    r"(?! ?/ ?(?:dl\b|decilit)| per decilit)",  # how much is in the blood
    r"(?! (?:people|americans|adults|children|women|men|patients|workers)\b)",
)
"""After a unit, and after millions: what makes an amount one that nobody could take."""
_DRUNK = r"(?!\)? (?:of |full of |or more of )?(?:water|milk|juice|liquid|fluid|tea|coffee|soup)\b)"
"""After a unit: what everybody drinks."""
_APART = r"[\s_()\-\u2010-\u2015]*"
_WEIGHED = r"gs?|grams?|grammes?"
_SMALL = (
    r"mgs?|mcgs?|ugs?|[µμ]gs?|i\.?u|ius|(?:international |fcc |activity )?units?|cfus?|"
    r"(?:fcc|hut|alu|spu|gdu|fip|usp)(?: units?)?|colony.forming units?|"
    r"(?:milli|micro)gram(?:me)?s?"
)


def _amount(words: str, between: str, units: str) -> str:
    """Return a pattern for a number, in digits or in `words`, and a unit after it."""
    number = rf"(?:\d[\d.,]*+|\b(?:{words})\b)"
    return rf"{number}(?:{_APART}(?:{number}|\b(?:{between})\b))*{_APART}(?:{units})\b"


_DOSE = re.compile(
    "|".join(
        (
            _amount(f"{_COUNTED}|{_VAGUE}", "an?|and|of|to|or", _SMALL) + _NO_DOSE[0],
            _amount(_COUNTED, "and", "billions?|millions?") + _NO_DOSE[1],
            r"\ban? (?:milli|micro)gram(?:me)?s?\b",
        )
    ),
    re.IGNORECASE,
)
_PIECES = re.compile(
    rf"(?:\b\d[\d.,]*|\b(?:{_COUNTED}|half|a couple of|a few|several)\b)"
    rf"(?:\s(?!(?:of|and|or|in|for|as)\b)[^\W\d]+){{0,2}}\s(?:{COUNTED_FORMS})\b",
    re.IGNORECASE,
)
"""Two tablets; 2 of one thing's tablets: a number, at most two words, and the form."""
_FOOD = re.compile(
    "|".join(
        (
            _amount(
                f"{_COUNTED}|{_VAGUE}",
                "an?|and|of|to|or",
                rf"{_WEIGHED}|ml|millilit(?:re|er)s?",
            )
            + _NO_DOSE[0]
            + _DRUNK,
            r"\ban? gram(?:me)?s?\b",
        )
    ),
    re.IGNORECASE,
)
_TAKING = re.compile(
    r"\b(?:taking|took|taken|swallow\w*|dos(?:e|es|ed|age|ages|ing)|administ\w+|prescri\w+|"
    r"(?:once|twice|times) (?:a|per|each|every|daily)|chew\w*|"
    rf"takes?(?! (?:part|care|time|up|place|notes?|about|away|it slow|your time)\b)"
    rf"(?! (?:\d\S*|{_COUNTED}) (?:minutes?|hours?|days?|weeks?|months?)\b)|{FORMS})\b",
    re.IGNORECASE,
)
"""Words for taking something as a medicine is taken."""
_SOLD = re.compile(
    r"\b(?:buy|buying|bought|sold|sells?|brands?|over.the.counter|otc|pharmac(?:y|ies)|"
    r"drug ?stores?|supermarkets?|label(?:ed|s)?)\b",
    re.IGNORECASE,
)
_BEGINNING = re.compile(rf"\d|\b(?:{_COUNTED}|{_VAGUE})\b|\b(?:milli|micro)?gram", re.IGNORECASE)
"""The beginning of every amount, or ("a gram") nearly so: nine of ten texts have none of it, and to
look for this takes a fiftieth of the time that the whole patterns take."""
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDINGS = """
mg mgs g gs mcg mcgs ug ugs \u00b5g \u03bcg \u00b5gs
\u03bcgs iu ius unit units fcc hut alu spu gdu fip usp
cfu cfus ml milliliter milliliters millilitre millilitres gram grams gramme grammes milligram
milligrams milligramme milligrammes microgram micrograms microgramme microgrammes million millions
billion billions tablet tablets pill pills capsule capsules caplet caplets softgel softgels gummies
gummy lozenge lozenges drops sachet sachets scoop scoops ampoule ampoules chewable chewables
"""
UNIT_WORDS = frozenset(_ENDINGS.split())
"""Every word that an amount may end with; a test holds it to the patterns."""
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)", re.DOTALL)


def find_dose(text: str, *, food: bool = False) -> str:
    """Return a dose that `text` names, as it is written there; empty where there is none.

    Args:
        text: what a reader sees.
        food: True where the author says that the amounts in `text` are of food: then only pieces,
            such as "two tablets", are doses.
    """
    text = _plainly(text)
    if not _has_unit(text) or _BEGINNING.search(text) is None:
        return ""
    match = _PIECES.search(text)
    if match is None and not food:
        match = _DOSE.search(text) or _beside_taking(text)
    return match[0] if match else ""


def taking_word(text: str) -> str:
    """Return the word for taking, such as "take" or "dose", that makes an amount in `text` a dose.

    Empty where the text has no dose, or one without that word, such as milligrams or tablets.
    """
    text = _plainly(text)
    match = None if _PIECES.search(text) or _DOSE.search(text) else _beside_taking(text)
    word = _TAKING.search(_around(text, match)) if match else None
    return word[0] if word else ""


def find_amount(text: str) -> str:
    """Return an amount that `text` names, of a product or of food, as written; empty if none."""
    text = _plainly(text)
    if _BEGINNING.search(text) is None or not _has_unit(text):
        return ""
    match = _PIECES.search(text) or _DOSE.search(text) or _FOOD.search(text)
    return match[0] if match else ""


def _has_unit(text: str) -> bool:
    """Return whether a text has a word that may end an amount: a tenth of the work."""
    lower = text.lower()
    return "i.u" in lower or not UNIT_WORDS.isdisjoint(_LETTERS.findall(lower))


def is_for_taking(sentence: str) -> bool:
    """Return whether a sentence speaks of something as a product: sold, dosed or taken."""
    sentence = _plainly(sentence)
    return any(pattern.search(sentence) for pattern in (_TAKING, _SOLD, _PIECES, _DOSE, _FOOD))


def _beside_taking(text: str) -> re.Match[str] | None:
    """Return an amount of grams that stands in, or next to, a sentence about taking something."""
    return next((m for m in _FOOD.finditer(text) if _TAKING.search(_around(text, m))), None)


def _around(text: str, match: re.Match[str]) -> str:
    """Return the sentence in which a match ends, with those before and after it."""
    parts = [(part.start(), part.end()) for part in _SENTENCE.finditer(text)]
    touched = [n for n, (start, end) in enumerate(parts) if start < match.end() <= end]
    first, last = max(0, touched[0] - 1), min(len(parts) - 1, touched[-1] + 1)
    return text[parts[first][0] : parts[last][1]]


def _plainly(text: str) -> str:
    """Return `text` on one line, with what only looks different made the same."""
    if not text.isascii():
        text = seen(unicodedata.normalize("NFKC", text))
    return " ".join(text.split())
