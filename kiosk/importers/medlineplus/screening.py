"""What may not be imported beside a library: its gated terms, amounts, what no terminal shows."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.library.characters import refusal
from kiosk.library.checks.gated_terms import GatedTermMatcher


class Screener:
    """Judges texts by the terms that the library's topics gate everywhere."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._gated = GatedTermMatcher(terms)

    def why_not(self, *texts: str) -> str:
        """Why one of the texts may not stand in an open section; empty where all may."""
        for text in texts:
            why = refusal(text) or self._gated.find(text)
            if why:
                return why
        return ""
