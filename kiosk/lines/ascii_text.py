"""Text in ASCII alone, still readable."""

from __future__ import annotations

import unicodedata

_TABLE = str.maketrans({
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "…": "...", "•": "*",
    "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "±": "+/-", "≈": "~",
    "°": " deg", "µ": "mc", "μ": "mc", "½": "1/2", "¼": "1/4", "¾": "3/4",
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "¿": "", "¡": "",
    "→": "->", "←": "<-", "©": "(c)", "®": "(R)", "™": "(TM)", "€": "EUR", "£": "GBP",
})  # fmt: skip
"""Before accents are taken off. A microgram is "mcg": "ug" has been read as "mg"."""


def to_ascii(text: str) -> str:
    """`text` with accents taken off and signs written out; what has no ASCII becomes "?"."""
    spread = unicodedata.normalize("NFKD", text.translate(_TABLE))
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    return bare.translate(_TABLE).encode("ascii", "replace").decode("ascii")
