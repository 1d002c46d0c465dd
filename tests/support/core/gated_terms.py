"""Words that may be shown only behind the cautions of the shipped topic."""

from __future__ import annotations

import re
import tomllib

from tests.support.shipped import CONTENT


def gated_terms() -> re.Pattern[str]:
    """The topic's gated terms, and any dose."""
    terms = tomllib.loads((CONTENT / "leaky-gut" / "topic.toml").read_text())["gated-terms"]
    words = "|".join(re.escape(term.casefold()) for term in terms)
    return re.compile(rf"\b(?:{words})|\d\s*(?:mg|mcg|g|iu|cfu|billion)\b")
