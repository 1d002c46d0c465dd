"""Reads the pack's tables of questions and answers, of one side: open, or behind cautions.

Each side has its own connection to the pack. The open one can be restricted (`shut`) so that no
SQL reads the locked tables through it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from kiosk.answers.items import ItemRef
from kiosk.answers.schema import LOCKED, OPEN
from kiosk.answers.text.words import LANGUAGES, Stemmer
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PhraseTerms:
    """One phrase of an item as terms. Its `kind` is `asked` (a question of authors that it
    answers), `title` or `text`; `item` is the item's row number.
    """

    item: int
    kind: str
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class TermStats:
    """Statistics of a term in the index of one side, open or locked: the number of items that have
    it, and its commonness in its language.
    """

    items: int
    """The number of items that have the term."""
    common: int
    """The class of the term's commonness in its language, 0 to 9."""
    in_text: int
    """1 if the term stands in a text or title, 0 if only in how patients ask."""


def shut(connection: sqlite3.Connection) -> None:
    """Restrict a connection to a pack until it is closed: every statement that reads a locked table
    or would change anything is refused by SQLite.
    """
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(_allow)


def _allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    named = any((name or "").casefold().startswith("locked_") for name in (first, second))
    asks = action == sqlite3.SQLITE_PRAGMA and first != "data_version"  # FTS5 asks for that
    refused = named or asks or action in _NEVER
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


_NEVER = (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_CREATE_VTABLE)


def topics_of(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of the topics that have open passages in the index, with authored questions or
    without.
    """
    return frozenset(topic for (topic,) in connection.execute("SELECT DISTINCT topic FROM passage"))


class CuratedIndex:
    """Reader of the authored questions, items and synonyms of one side of the library, open or
    locked.
    """

    def __init__(self, connection: sqlite3.Connection, locked: bool = False) -> None:
        self._connection, self._prefix = connection, LOCKED if locked else OPEN
        query = f"SELECT COUNT(*) FROM {self._prefix}asked_item"
        self.size: int = connection.execute(query).fetchone()[0]
        query = f"SELECT DISTINCT topic FROM {self._prefix}asked_item"
        self.topics = frozenset(topic for (topic,) in connection.execute(query))
        """Those of which it is written how patients ask."""
        self._names = self._names_of_topics()
        self.subjects = frozenset(
            term for names in self._names.values() for name in names for term in name.split()
        )
        """The terms of the topics' own names: whatever is asked of one may hold them."""

    def _names_of_topics(self) -> dict[str, frozenset[str]]:
        """Every name of each topic that has items, written how patients ask or not, in stems."""
        stems = Stemmer("en")
        query = f"SELECT DISTINCT topic FROM {self._prefix}passage"
        topics = self.topics | {topic for (topic,) in self._connection.execute(query)}
        own = {topic: " ".join(stems.of(topic.replace("-", " "))) for topic in topics}
        names: dict[str, set[str]] = {topic: {name} for topic, name in own.items()}
        query = f"SELECT name, means FROM {self._prefix}asked_name"
        for name, means in self._connection.execute(query):
            for topic, called in own.items():
                if called in means.split("\n"):
                    names[topic].add(name)
        return {topic: frozenset(of) - {""} for topic, of in names.items()}

    def topics_named(self, text: str) -> frozenset[str]:
        """Return the ids of the topics that `text` names, by their own name or a synonym, with all
        words of the name in a row; empty where it names none.
        """
        lines = [f" {' '.join(Stemmer(code).of(text))} " for code in LANGUAGES]
        return frozenset(
            topic
            for topic, names in self._names.items()
            if any(f" {name} " in line for name in names for line in lines)
        )

    def counts_of(self, terms: Iterable[str]) -> dict[str, TermStats]:
        """Return the statistics of each of `terms` that this side's items have; others are left
        out.
        """
        query = "SELECT term, items, common, in_text FROM {side}asked_count WHERE term IN ({these})"
        return {
            term: TermStats(n, common, in_text)
            for term, n, common, in_text in self._each(query, terms)
        }

    def phrases_with(self, terms: Iterable[str], most: int = 4000) -> list[PhraseTerms]:
        """Return the phrases of items that have any of these terms, at most `most` of them."""
        query = "SELECT phrase FROM {side}asked_term WHERE term IN ({these})"
        ids = sorted({number for (number,) in self._each(query, terms)})[:most]
        query = "SELECT item, kind, terms FROM {side}asked_phrase WHERE id IN ({these})"
        rows = self._each(query, ids)
        return [PhraseTerms(item, kind, frozenset(stems.split())) for item, kind, stems in rows]

    def other_names(self, names: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Return, for each of `names` that is a synonym here, its meanings, each as a tuple of
        stems.

        `names` are stems joined by spaces; names without a meaning are left out.
        """
        rows = self._each("SELECT name, means FROM {side}asked_name WHERE name IN ({these})", names)
        return {n: tuple(tuple(m.split()) for m in means.split("\n")) for n, means in rows}

    def item_refs(self, numbers: Iterable[int]) -> dict[int, ItemRef]:
        """Return the references to items, by their row numbers in the index; unknown numbers are
        left out.
        """
        query = f"SELECT id, {_ITEM_REF} FROM {{side}}asked_item WHERE id IN ({{these}})"
        return {number: _item_ref(*row) for number, *row in self._each(query, numbers)}

    def _each(self, query: str, values: Iterable[object]) -> list[Any]:
        """The rows for all `values`, so many at a time as one query may name."""
        every, rows = sorted(set(values), key=str), []
        for start in range(0, len(every), _AT_A_TIME):
            these = every[start : start + _AT_A_TIME]
            asked = query.format(side=self._prefix, these=",".join("?" * len(these)))
            rows += self._connection.execute(asked, these).fetchall()
        return rows


_ITEM_REF = "topic, section, item, is_gap, languages, fact"
_AT_A_TIME = 500


def _item_ref(
    topic: str, section: str, item: str, is_gap: int, languages: str, fact: str
) -> ItemRef:
    return ItemRef(topic, section, item, bool(is_gap), tuple(languages.split()), fact)
