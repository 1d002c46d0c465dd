"""Report of what an import left out: every item in a file, the sums on the screen."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from kiosk.library.problem import visible

_NAMED = ("topic left out", "section left out")
"""Kinds that are printed one by one on the screen, too: whole pieces of text are missing."""


class LossReport:
    """Writes the report while topics are imported; keeps only counts and names in memory."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.counts: Counter[str] = Counter()
        self.named: list[str] = []

    def lose(self, page: str, kind: str, what: str) -> None:
        """Report one item of one page that was left out."""
        line = visible(f"{page}: {kind}: {what}")
        self.counts[kind] += 1
        self._file.write(f"{line}\n")
        if kind in _NAMED:
            self.named.append(line)

    def tell(self, out: TextIO) -> None:
        """Print whole texts that were left out one by one, the rest in sums."""
        for line in self.named:
            print(line, file=out)
        sums = ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.counts.items()))
        print(f"Not carried over: {sums or 'nothing'}.", file=out)
