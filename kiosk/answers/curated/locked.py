"""Search among the items behind cautions that returns only items
of sections this visit has opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from kiosk.answers.curated.match import ItemMatch, nearest
from kiosk.answers.curated.query import QueryTerm
from kiosk.answers.curated.reader import CuratedIndex
from kiosk.answers.fulltext.index import FullTextIndex

Gate = tuple[str, str]
"""A gated section, by topic and section."""


class LockedItems:
    """Search among the items behind cautions. It holds the only connection of an answer engine that
    can read them.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.side, self.index = (
            CuratedIndex(connection, locked=True),
            FullTextIndex(connection, locked=True),
        )
        gates = connection.execute(
            "SELECT DISTINCT topic, section FROM locked_asked_item ORDER BY id"
        )
        self.gates: tuple[Gate, ...] = tuple((topic, section) for topic, section in gates)

    def hits(
        self,
        slots: Sequence[QueryTerm],
        opened: frozenset[Gate],
        sides: Sequence[CuratedIndex],
    ) -> list[ItemMatch]:
        """Return the items behind cautions nearest to a question, best first; none from unopened
        sections.

        Args:
            slots: the terms of the question.
            opened: the gated sections that this visit has opened.
            sides: the indexes over which the rarity of a term is counted.
        """
        if not opened:
            return []
        hits = nearest(slots, self.side, sides, most=200)
        return [hit for hit in hits if (hit.ref.topic, hit.ref.section) in opened]
