"""Screening of imported text: clean its characters, and refuse what may not be read openly."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from kiosk.library.characters import refusal
from kiosk.library.checks.gated_terms import GatedTermMatcher


class Screener:
    """Refuses texts that may not stand in an open section of the library.

    Args:
        terms: the terms that topics of the library gate everywhere.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._gated = GatedTermMatcher(terms)

    def why_not(self, *texts: str) -> str:
        """Return why one of the texts may not stand in an open section; empty if all may."""
        for text in texts:
            why = refusal(text) or self._gated.find(text)
            if why:
                return why
        return ""


def clean_text(text: str, lost: Counter[str]) -> str:
    """Return `text` in one line, composed, without control and invisible characters.

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
