"""Match gated terms and doses however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kiosk.core.text import fold, seen

_STEM = 5
"""Letters from which on a term is looked for at the start of longer words, too: zinc is no start of
a word, probiotic is of probiotically; but guar is not looked for in guard."""

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
_APART = r"[\s_()\-\u2010-\u2015]*"


def _amount(words: str, between: str, units: str) -> str:
    """Return a pattern for a number, in digits or in `words`, and a unit after it."""
    number = rf"(?:\d[\d.,]*|\b(?:{words})\b)"
    return rf"{number}(?:{_APART}(?:{number}|\b(?:{between})\b))*{_APART}(?:{units})\b"


_DOSE = re.compile(
    "|".join(
        (
            _amount(
                f"{_COUNTED}|{_VAGUE}",
                "an?|and|of",
                r"mgs?|gs?|mcgs?|ugs?|[µμ]gs?|i\.?u|ius|(?:international )?units?|cfus?|"
                r"colony.forming units?|(?:milli|micro)?gram(?:me)?s?",
            )
            + _NO_DOSE[0],
            _amount(_COUNTED, "and", "billions?|millions?") + _NO_DOSE[1],
            r"\ban? (?:milli|micro)?gram(?:me)?s?\b",
        )
    ),
    re.IGNORECASE,
)


class GatedTermMatcher:
    """Matcher of the words that no text may have before the cautions."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = {fold(term).replace(" ", ""): term for term in terms if fold(term)}
        patterns = [_pattern(key) for key in sorted(self._terms, key=len, reverse=True)]
        self._pattern = re.compile("|".join(patterns) or r"(?!)")

    def find(self, text: str, *, amounts: bool = True) -> str:
        """Return the first gated term or amount in `text`, as listed or as written; empty if none.

        Without `amounts`, terms alone.
        """
        folded = fold(text)
        squeezed = folded.replace(" ", "")
        # the pattern is slow; what it finds is one of the terms but for spaces
        may_match = any(letters in squeezed for letters in self._terms)
        match = self._pattern.search(folded) if may_match else None
        if match:
            letters = match[0].replace(" ", "")
            listed = [k for k in self._terms if letters.startswith(k)]
            return f'gated term "{self._terms[max(listed, key=len)]}"'
        if not amounts:
            return ""
        if not text.isascii():
            text = seen(unicodedata.normalize("NFKC", text))
        dose = _DOSE.search(" ".join(text.split()))
        return f'an amount, "{dose[0]}"' if dose else ""


def _pattern(letters: str) -> str:
    """Return a pattern for these letters from the start of a word, with any spaces in between."""
    spread = " ?".join(map(re.escape, letters))
    return rf"(?<!\w){spread}" + ("" if len(letters) >= _STEM else r"(?:s|es)?(?!\w)")
