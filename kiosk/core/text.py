"""Text without what only looks different: case, accents, signs, invisible characters."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`text` without case, accents, invisible characters; all but letters and digits is a space."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in seen(text)).split())


def seen(text: str) -> str:
    """`text` without combining and invisible characters."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
