"""Find the figures in a text, to compare them with another text's: numbers with the units that they
have, dates, and shares such as "two thirds".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Figure = tuple[str, str]
"""A number and its unit: `("40", "mg")`."""

_NUMBER_WORDS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_MONTH = "|".join(_MONTHS)

_UNITS = {
    "mg": r"mg|milligram(?:me)?s?",
    "mcg": r"mcg|ug|[µμ]g|microgram(?:me)?s?",
    "g": r"g|gram(?:me)?s?",
    "IU": r"iu|international units?",
    "CFU": r"cfus?|colony[- ]forming units?",
    "ml": r"ml|millilit(?:re|er)s?",
    "%": r"%|per ?cent",
    "minutes": r"minutes?|mins?",
    "hours": r"hours?|hrs?|h",
    "days": r"days?",
    "weeks": r"weeks?",
    "months": r"months?",
}
_TIMES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}

_NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|"
    + "|".join(rf"{word}\b" for word in _NUMBER_WORDS)
    + r")(?:[ -]?(?P<times>thousand|million|billion)\b)?"
    + r"(?:[ -]?(?P<unit>"
    + "|".join(_UNITS.values())
    + r")(?![A-Za-z]))?(?P<suffix>[A-Za-z]*)",
    re.IGNORECASE,
)
_DASHES = re.compile(r"(?<=[\d\w%])\s*[\u2010-\u2015\u2212]\s*(?=\d)")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?= ?(?:%|m?c?g\b|ml\b))")
"""0,5%: not how English writes it, which is another rule's to say."""
_ANY_WORD = re.compile(
    rf"\b(?:{'|'.join((*_NUMBER_WORDS, 'half', 'halves', 'third', 'quarter', 'fourth', 'fifth'))}"
    r"|sixth|eighth|tenth|dozen)|½",
    re.IGNORECASE,
)
"""Words of which a text without digits must have one to have a figure."""
_DIGIT = re.compile(r"\d")
_WORD_PARTS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "hal", "third", "quarter", "fifth", "dozen", "½",
)  # fmt: skip
"""One of these is in every text in which `_ANY_WORD` finds something, or half an hour."""
_OF_ALL = re.compile(r"(?:\d|one) (?:in|out of|of every) ")
"""In every text with a share in other words than those of `_WORD_PARTS`."""
_NONE: frozenset[Figure] = frozenset()
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_HALF_HOUR = re.compile(r"\b(?:half an|(?:a|one) half|½) hour\b", re.IGNORECASE)
_DOZEN = re.compile(r"\b(?:a|one) dozen\b", re.IGNORECASE)
_COUNT = rf"\d+|one|{'|'.join(_NUMBER_WORDS)}"
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "eighth": 8, "tenth": 10,
}  # fmt: skip
_AFTER_PART = r"(?= (?:of|the|had|have|did|do|can|could|were|are|got|felt|said)\b|[-.,;:)]|$)"
_FRACTION = re.compile(
    r"(?<!first )(?<!second )(?<!other )(?<!last )"
    rf"\b(?:(?P<many>a|an|{_COUNT})[ -])?(?P<part>{'|'.join(_PARTS)})s?\b"
    rf"(?(many)(?:(?<=s)|(?= \()|{_AFTER_PART})|{_AFTER_PART})"
    rf"|\b(?P<of>{_COUNT}) (?:in|out of|of every) (?:every )?(?P<all>{_COUNT})\b"
    r"(?! ?(?:minutes?|hours?|days?|weeks?|months?|years?|m?c?g)\b)",
    re.IGNORECASE,
)
"""Two thirds, half of, 2 in 3, two out of three."""
MOST_IN_ALL = 1000
"""The most people that "1 in so many" is a share of: 3 in 2019 is none."""
_MOST_WORDS = 4
"""Of a figure: "two out of three"."""
_RANGE = re.compile(r"\s*(?:-|to)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:1|an?|one|once|single|each|every|per|daily|hourly|weekly)\b", re.IGNORECASE
)
_IN_A_HUNDRED = re.compile(r"\b(\w+) (?:out of|in|of) (?:every )?100\b(?! ?m?c?g)", re.IGNORECASE)
_ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_LONG_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}}) (?P<m>{_MONTH})|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}))"
    r",? (?P<y>\d{4})\b",
    re.IGNORECASE,
)


def figures(text: str, number_words: bool = True) -> frozenset[Figure]:
    """Return the figures in `text` as pairs of number and unit, such as `("40", "mg")`.

    Among them are the words two to twelve, whole dates, both ends of a range, and shares: "50 out
    of 100" is 50 %. A number in a name (omega-3, B-4) is none. Years carry no unit, so that "age
    50" and "50 years old" are the same. With `number_words` False, the words two to twelve are left
    out, except in shares.
    """
    return _figures(text)[0 if number_words else 1]


@lru_cache(maxsize=1 << 12)
def _figures(text: str) -> tuple[frozenset[Figure], frozenset[Figure]]:
    """Return all figures of `text`, and those in digits; dates and shares are among both."""
    lower = text.lower()
    has_digits = _DIGIT.search(text) is not None
    is_worded = any(part in lower for part in _WORD_PARTS)
    if not has_digits and not (is_worded and _ANY_WORD.search(text)):
        return _NONE, _NONE
    dates = shares = _NONE
    if has_digits:
        text, dates = _take_dates(_DECIMAL_COMMA.sub(r"\1.\2", text))
        text = _ORDINAL.sub(" ", text if text.isascii() else _DASHES.sub(" to ", text))
    if is_worded:
        text = _DOZEN.sub("12", _HALF_HOUR.sub("30 minutes", text))
    if is_worded or _OF_ALL.search(lower):
        text, shares = _take_shares(text)
    if "100" in text:
        text = _IN_A_HUNDRED.sub(r"\1%", text)
    matches = list(_NUMBER.finditer(text))
    read: list[Figure] = []
    digits: list[Figure] = []
    unit, times = "", ""
    for index in range(len(matches) - 1, -1, -1):
        match = matches[index]
        own_unit, own_times = _unit(match["unit"]), (match["times"] or "").lower()
        if index + 1 < len(matches) and _joined(text, match, matches[index + 1]):
            unit, times = own_unit or unit, own_times or times
        else:
            unit, times = own_unit, own_times
        figure = (_value(match["number"], times) + match["suffix"].lower(), unit)
        read.append(figure)
        if match["number"][0].isdecimal():
            digits.append(figure)
    always = dates | shares
    return always | frozenset(read), always | frozenset(digits)


def without_one(figures_: frozenset[Figure], texts: Iterable[str]) -> frozenset[Figure]:
    """Return the figures of a text without those whose number is 1, such as "1 cup".

    They are left out before two wordings are compared, because one may say "1 cup" and the other
    "a cup". Where one of `texts` has no word for one, such as "a" or "once", all figures are
    returned.
    """
    if not all(_ONE.search(text) for text in texts):
        return figures_
    return frozenset(figure for figure in figures_ if figure[0] != "1")


def as_written(text: str, figure: Figure) -> str:
    """Return the fewest words of `text` that say a figure; empty where no four words do."""
    words = text.split()
    for count in range(1, _MOST_WORDS + 1):
        for start in range(len(words) - count + 1):
            some = " ".join(words[start : start + count]).strip(".,;:()")
            if figure in figures(some):
                return some
    return ""


def show(figure: Figure) -> str:
    """Return a figure as text, such as `40 mg`."""
    return f"{figure[0]} {figure[1]}".strip()


def _take_shares(text: str) -> tuple[str, frozenset[Figure]]:
    """`text` without its fractions, and these: in percent where that is a whole number."""
    shares: set[Figure] = set()

    def take(match: re.Match[str]) -> str:
        if match["part"]:
            count, whole = _count(match["many"] or "1"), _PARTS[match["part"].lower()]
        else:
            count, whole = _count(match["of"]), _count(match["all"])
        if not 0 < count < whole <= MOST_IN_ALL or (not match["part"] and whole == 100):
            return match[0]
        share = Fraction(count, whole)
        percent = share * 100
        is_whole = percent.denominator == 1
        shares.add((str(percent), "%") if is_whole else (str(share), ""))
        return " "

    return _FRACTION.sub(take, text), frozenset(shares)


def _count(word: str) -> int:
    word = word.lower()
    return int(_NUMBER_WORDS.get(word, "1" if word in ("a", "an", "one") else word))


def _unit(word: str | None) -> str:
    if not word:
        return ""
    return next(unit for unit, words in _UNITS.items() if re.fullmatch(words, word.lower()))


def _joined(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Return whether two numbers are the ends of a range: the unit of the right one is both's."""
    between = text[left.end() : right.start()]
    if _RANGE.fullmatch(between):
        return True
    return between.strip() == "and" and bool(_BETWEEN.search(text[: left.start()]))


def _value(number: str, times: str) -> str:
    plain = _NUMBER_WORDS.get(number.lower(), number.replace(",", ""))
    value = Decimal(plain) * _TIMES.get(times, 1)
    return f"{value.normalize():f}"


def _take_dates(text: str) -> tuple[str, frozenset[Figure]]:
    """`text` without its dates, and the dates as ISO 8601, whatever way they are written."""
    dates: set[Figure] = set()

    def take(match: re.Match[str]) -> str:
        parts = match.groupdict()
        if parts:
            month = _MONTHS.index((parts["m"] or parts["m2"]).lower()) + 1
            dates.add((f"{parts['y']}-{month:02}-{int(parts['d'] or parts['d2']):02}", ""))
        else:
            dates.add((match[0], ""))
        return " "

    return _LONG_DATE.sub(take, _ISO_DATE.sub(take, text)), frozenset(dates)
