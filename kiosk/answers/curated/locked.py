"""Search in what is behind cautions; it gives passages only of sections this visit has opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from kiosk.answers.curated.match import ItemMatch, nearest
from kiosk.answers.curated.query import QueryTerm
from kiosk.answers.curated.reader import CuratedIndex
from kiosk.answers.curated.writer import LONGEST_NAME
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.core.text import fold

Gate = tuple[str, str]
"""A gated section, by topic and section."""

_WHOLE_WORD = 5
"""Letters from which on a gated name is found at the start of longer words, too."""


class LockedItems:
    """The locked side of the library. It alone holds the connection that can read it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.side, self.index = (
            CuratedIndex(connection, locked=True),
            FullTextIndex(connection, locked=True),
        )
        rows = connection.execute("SELECT name, topic FROM locked_gated_name")
        self._names: dict[str, set[str]] = {}
        for name, topic in rows:
            self._names.setdefault(name, set()).add(topic)
        gates = connection.execute(
            "SELECT DISTINCT topic, section FROM locked_asked_item ORDER BY id"
        )
        self.gates: tuple[Gate, ...] = tuple((topic, section) for topic, section in gates)

    def topics_named(self, text: str) -> frozenset[str]:
        """The topics with a gated name in `text`, however it is written."""
        words = fold(text).split()
        named: set[str] = set()
        for start in range(len(words)):
            joined, ends = "", set()
            for word in words[start:]:
                joined += word
                ends.add(len(joined))
                if len(joined) >= LONGEST_NAME:
                    break
            for length in range(2, min(len(joined), LONGEST_NAME) + 1):
                topics = self._names.get(joined[:length])
                if topics and (length >= _WHOLE_WORD or _is_whole(joined, length, ends)):
                    named |= topics
        return frozenset(named)

    def hits(
        self,
        slots: Sequence[QueryTerm],
        opened: frozenset[Gate],
        sides: Sequence[CuratedIndex],
    ) -> list[ItemMatch]:
        """The nearest items of the sections that this visit has opened."""
        if not opened:
            return []
        hits = nearest(slots, self.side, sides, most=200)
        return [hit for hit in hits if (hit.ref.topic, hit.ref.section) in opened]


def _is_whole(joined: str, length: int, ends: set[int]) -> bool:
    """Whether a word ends there, or its plural does."""
    return length in ends or any(
        joined.startswith(plural, length) and length + len(plural) in ends for plural in ("s", "es")
    )
