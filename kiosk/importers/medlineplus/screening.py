"""Screening of imported text: removes characters that content may not have, and says why a text may
not be shown openly, such as a term that is behind cautions.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from kiosk.library.characters import refusal
from kiosk.library.checks.gated_terms import GatedTermMatcher


class Screener:
    """Checks whether imported texts may be readable before any caution.

    Args:
        terms: the terms that the library's topics gate everywhere: a text with one is refused.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._gated = GatedTermMatcher(terms)

    def why_not(self, *texts: str) -> str:
        """Return the reason why one of these texts may not be in an open
        section; empty if all may.
        """
        for text in texts:
            why = refusal(text) or self._gated.find(text)
            if why:
                return why
        return ""


def clean_text(text: str, lost: Counter[str]) -> str:
    """Return `text` as one line of composed characters, without control and invisible ones.

    Each removal is counted in `lost`, for the report. Anything else that content may not have
    (private use, mixed alphabets) stays, and `Screener.why_not` or the loader refuses the text.
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if char in "\t\n\r " or category in ("Zs", "Zl", "Zp"):
            kept.append(" ")
        elif category == "Cc":
            lost[f"control character U+{ord(char):04X}"] += 1
            kept.append(" ")
        elif category == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F:
            lost[f"invisible character U+{ord(char):04X}"] += 1
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))
