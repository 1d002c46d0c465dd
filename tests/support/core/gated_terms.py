"""Words that may be shown only behind the cautions of the shipped topic."""

from __future__ import annotations

import re
import tomllib

from tests.support.shipped import CONTENT


def gated_terms() -> re.Pattern[str]:
    """The topic's gated terms, and any dose."""
    terms = tomllib.loads((CONTENT / "leaky-gut" / "topic.toml").read_text())["gated-terms"]
    names = (re.escape(term.casefold()) for term in terms)
    words = "|".join(name if len(name) > 4 else rf"{name}s?\b" for name in names)
    return re.compile(rf"\b(?:{words})|\d\s*(?:mg|mcg|g|iu|cfu|billion)\b")
