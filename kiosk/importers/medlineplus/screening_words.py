"""Text as a terminal can be given it. What is changed is counted, so that it can be reported."""

from __future__ import annotations

import unicodedata
from collections import Counter


def folded(text: str, lost: Counter[str]) -> str:
    """`text` in one line, composed, without control and invisible characters.

    What else the loader refuses (private use, mixed alphabets) stays, for the loader to refuse.
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
