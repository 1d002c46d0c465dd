"""Find the figures (numbers with units) of a text: they must survive every rewording."""

from __future__ import annotations

import re
from decimal import Decimal

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
    "minutes": r"minutes?",
    "hours": r"hours?",
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
_RANGE = re.compile(r"\s*(?:-|to)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_IN_A_HUNDRED = re.compile(r"\b(\w+) (?:out of|in|of) (?:every )?100\b(?! ?m?c?g)", re.IGNORECASE)
_ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_LONG_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}}) (?P<m>{_MONTH})|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}))"
    r",? (?P<y>\d{4})\b",
    re.IGNORECASE,
)


def figures(text: str, number_words: bool = True) -> frozenset[Figure]:
    """Return the numbers in `text`: digits, two to twelve in words, dates whole, ends of ranges.

    "50 out of 100" is 50 %. A number in a name (omega-3, B-4) is none. Years carry no unit, so that
    "age 50" and "50 years old" are the same. Without `number_words`, digits alone.
    """
    text, dates = _take_dates(text)
    text = _IN_A_HUNDRED.sub(r"\1%", text)
    matches = list(_NUMBER.finditer(text))
    read: list[Figure] = []
    unit, times = "", ""
    for index in range(len(matches) - 1, -1, -1):
        match = matches[index]
        own_unit, own_times = _unit(match["unit"]), (match["times"] or "").lower()
        if index + 1 < len(matches) and _joined(text, match, matches[index + 1]):
            unit, times = own_unit or unit, own_times or times
        else:
            unit, times = own_unit, own_times
        if not number_words and not match["number"][0].isdigit():
            continue
        read.append((_value(match["number"], times) + match["suffix"].lower(), unit))
    return dates | frozenset(read)


def show(figure: Figure) -> str:
    """`40 mg`"""
    return f"{figure[0]} {figure[1]}".strip()


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
