"""Reading the tables: the open side, whose connection cannot select what is locked, and the other.

The two are separate connections to one pack. Whoever holds only the open one can ask nothing of
the locked tables, whatever SQL is run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from kiosk.answers.schema import LOCKED, OPEN
from kiosk.answers.text.words import Stemmer
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ItemRef:
    """An item, without a word of it."""

    topic: str
    section: str
    item: str
    is_gap: bool
    languages: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """The items of its section that must stand above it."""
    fact: str = ""
    """What the items that say the same have in common; nothing where no other does."""


@dataclass(frozen=True, slots=True)
class PhraseTerms:
    """The terms of one way to ask for it, of its title or of its text."""

    held: int
    kind: str
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class TermStats:
    """What one side knows of a term."""

    items: int
    """How many items have it."""
    common: int
    """How common it is in its language, 0 to 9."""
    told: int
    """Whether it stands in a text or title, or only in how patients ask."""


def shut(connection: sqlite3.Connection) -> None:
    """Let this connection read no locked table, and change nothing, whatever SQL is run."""
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(_allow)


def _allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    named = any((name or "").casefold().startswith("locked_") for name in (first, second))
    asks = action == sqlite3.SQLITE_PRAGMA and first != "data_version"  # FTS5 asks for that
    refused = named or asks or action in _NEVER
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


_NEVER = (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_CREATE_VTABLE)


def topics_of(connection: sqlite3.Connection) -> frozenset[str]:
    """The topics of the index, whether or not it is written how patients ask of them."""
    return frozenset(topic for (topic,) in connection.execute("SELECT DISTINCT topic FROM passage"))


class CuratedIndex:
    """One side of the library."""

    def __init__(self, connection: sqlite3.Connection, locked: bool = False) -> None:
        self._connection, self._prefix = connection, LOCKED if locked else OPEN
        query = f"SELECT COUNT(*) FROM {self._prefix}asked_item"
        self.size: int = connection.execute(query).fetchone()[0]
        query = f"SELECT DISTINCT topic FROM {self._prefix}asked_item"
        self.topics = frozenset(topic for (topic,) in connection.execute(query))
        """Those of which it is written how patients ask."""
        self.subjects = self._subjects()
        """The terms of the topics' own names: whatever is asked of one may hold them."""

    def _subjects(self) -> frozenset[str]:
        stems = Stemmer("en")
        own = {" ".join(stems.of(topic.replace("-", " "))) for topic in self.topics}
        query = f"SELECT name, means FROM {self._prefix}asked_name"
        names = {
            name
            for name, means in self._connection.execute(query)
            if not own.isdisjoint(means.split("\n"))
        }
        return frozenset(term for name in own | names for term in name.split())

    def counts_of(self, terms: Iterable[str]) -> dict[str, TermStats]:
        """What is known of each term; those that no item has are left out."""
        query = "SELECT term, items, common, told FROM {side}asked_count WHERE term IN ({these})"
        return {
            term: TermStats(n, common, told) for term, n, common, told in self._each(query, terms)
        }

    def phrases_with(self, terms: Iterable[str], most: int = 4000) -> list[PhraseTerms]:
        """The phrases that have any of them."""
        query = "SELECT phrase FROM {side}asked_term WHERE term IN ({these})"
        ids = sorted({number for (number,) in self._each(query, terms)})[:most]
        query = "SELECT held, kind, terms FROM {side}asked_phrase WHERE id IN ({these})"
        rows = self._each(query, ids)
        return [PhraseTerms(held, kind, frozenset(told.split())) for held, kind, told in rows]

    def other_names(self, names: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
        """What each of the names that the library knows means, as terms."""
        rows = self._each("SELECT name, means FROM {side}asked_name WHERE name IN ({these})", names)
        return {n: tuple(tuple(m.split()) for m in told.split("\n")) for n, told in rows}

    def places(self, held: Iterable[int]) -> dict[int, ItemRef]:
        """The items of those numbers."""
        query = f"SELECT id, {_PLACE} FROM {{side}}asked_item WHERE id IN ({{these}})"
        return {number: _place(*row) for number, *row in self._each(query, held)}

    def _each(self, query: str, values: Iterable[object]) -> list[Any]:
        """The rows for all `values`, so many at a time as one query may name."""
        every, rows = sorted(set(values), key=str), []
        for start in range(0, len(every), _AT_A_TIME):
            these = every[start : start + _AT_A_TIME]
            asked = query.format(side=self._prefix, these=",".join("?" * len(these)))
            rows += self._connection.execute(asked, these).fetchall()
        return rows


_PLACE = "topic, section, item, is_gap, languages, notes, fact"
_AT_A_TIME = 500


def _place(
    topic: str, section: str, item: str, is_gap: int, languages: str, notes: str,
    fact: str,
) -> ItemRef:  # fmt: skip
    spoken, above = tuple(languages.split()), tuple(notes.split())
    return ItemRef(topic, section, item, bool(is_gap), spoken, above, fact)
