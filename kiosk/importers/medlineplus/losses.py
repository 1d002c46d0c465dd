"""Reports what an import left out: every item in a file, and the totals on the screen."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from kiosk.library.problem import visible

_NAMED = ("topic left out", "section left out")
"""Kinds that are printed one by one on the screen, too: whole pieces of text are missing."""


class LossReport:
    """Report of what an import leaves out, written line by line to `file` as topics are imported.

    Args:
        file: the open report file.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.counts: Counter[str] = Counter()
        self.named: list[str] = []

    def lose(self, page: str, kind: str, item: str) -> None:
        """Write one line to the import's report: an item of a page that was left out.

        Args:
            page: the page's short name.
            kind: the kind of item, such as "link" or "section left out".
            item: the item itself, or the reason.
        """
        line = visible(f"{page}: {kind}: {item}")
        self.counts[kind] += 1
        self._file.write(f"{line}\n")
        if kind in _NAMED:
            self.named.append(line)

    def report(self, out: TextIO) -> None:
        """Print to `out` each topic and section that the import left out, then the count of every
        kind of item.
        """
        for line in self.named:
            print(line, file=out)
        sums = ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.counts.items()))
        print(f"Not carried over: {sums or 'nothing'}.", file=out)
