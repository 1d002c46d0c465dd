"""Search among items behind cautions: it returns only those of sections this visit has opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from kiosk.answers.curated.match import ItemMatch, nearest
from kiosk.answers.curated.query import QueryTerm
from kiosk.answers.curated.reader import CuratedIndex
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.gated_names import gated_names_in

Gate = tuple[str, str]
"""A gated section, by topic and section."""


class LockedItems:
    """Search in items behind cautions; it alone holds the connection that can read them."""

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
        """The topics with a product's name in `text`, however that is written."""
        named = gated_names_in(text, self._names)
        return frozenset(topic for name in named for topic in self._names[name])

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
