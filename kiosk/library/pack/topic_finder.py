"""Find topics by the beginnings of words, fast enough for every key press.

What begins with the text as typed comes first, then words of the title, of other names, of the
summary. Each is a query that stops at its limit, so that a letter which half of the library begins
with costs no more than a whole word: nothing is scored, and no tie needs to be broken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from kiosk.core.library import Catalogue, TopicGroup
from kiosk.core.text import fold
from kiosk.core.wording import ReviewStatus
from kiosk.fast_dataclass import dataclass

APART = 1_000_000
"""Numbers between the first topics of two languages: those of one are a range."""
MOST_WORDS = 8
LONGEST_WORD = 40

Rows = Callable[[str, tuple[Any, ...]], list[Any]]
_Query = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class TopicFilter:
    """Filter that says which topics of a pack a site shows: all, some, or only approved ones."""

    topics: tuple[str, ...] = ()
    """Empty for all."""
    approved: tuple[int, ...] | None = None
    """The numbers of the topics that are approved here, to leave out all others; None for all."""
    without: tuple[str, ...] = ()
    """Topics that are left out."""


NO_LIMITS = TopicFilter()


def numbers(
    rows: Rows, text: str, language: str, group: str, most: int, scope: TopicFilter = NO_LIMITS
) -> list[int]:
    """Return the numbers, in the pack, of topics that have words which begin as those of `text`.

    The best match comes first. An empty `text` finds all topics, in the library's order.

    Args:
        rows: runs a query.
        text: what was typed.
        language: of the topics.
        group: a heading of the library, to find topics under it alone; empty for all.
        most: how many numbers are returned at most.
        scope: the topics that the site offers.
    """
    span = _span(rows, language)
    if span is None:
        return []
    within, given = _within(language, group, scope)
    if not text.strip():
        query = f"SELECT number FROM card WHERE number BETWEEN ? AND ?{within} ORDER BY number"
        return _ask(rows, [(query, (*span, *given))], most)
    words = [word[:LONGEST_WORD] for word in fold(text).split()[:MOST_WORDS]]
    return _ask(rows, _tiers(words, language, span, within, given), most) if words else []


def _ask(rows: Rows, queries: Iterator[_Query] | list[_Query], most: int) -> list[int]:
    matches: dict[int, None] = {}
    for query, values in queries:
        if len(matches) >= most:
            break
        # of the first most + len(found), at most len(found) can be known already
        got = rows(f"{query} LIMIT ?", (*values, most + len(matches)))
        matches |= dict.fromkeys(row[0] for row in got)
    return list(matches)[:most]


def _tiers(
    words: list[str], language: str, span: tuple[int, int], within: str, given: tuple[Any, ...]
) -> Iterator[_Query]:
    start = " ".join(words)
    query = f"SELECT number FROM heading WHERE language = ? AND folded >= ? AND folded < ?{within}"
    yield f"{query} ORDER BY folded, number", (language, start, start + "\U0010ffff", *given)
    every = " AND ".join(f'"{word}"*' for word in dict.fromkeys(words))
    query = (
        "SELECT rowid AS number FROM card_terms WHERE card_terms MATCH ?"
        f" AND rowid BETWEEN ? AND ?{within.replace('+number', '+rowid')} ORDER BY rowid"
    )
    for columns in ("title", "names", "title names", "title names summary"):
        if columns != "title names" or len(words) > 1:
            yield query, (f"{{{columns}}} : ({every})", *span, *given)


def _within(language: str, group: str, scope: TopicFilter) -> _Query:
    """Return SQL conditions on `number`. The plus keeps SQLite from beginning with them."""
    inner, values = [], []
    if group:
        inner.append("SELECT number FROM grouped WHERE language = ? AND name = ?")
        values += [language, group]
    if scope.topics:
        marks = ", ".join("?" for _ in scope.topics)
        inner.append(f"SELECT number FROM card WHERE id IN ({marks})")
        values += scope.topics
    if scope.approved is not None:
        inner.append("SELECT value FROM json_each(?)")
        values.append(json.dumps(scope.approved))
    condition = "".join(f" AND +number IN ({select})" for select in inner)
    if scope.without:
        marks = ", ".join("?" for _ in scope.without)
        condition += f" AND +number NOT IN (SELECT number FROM card WHERE id IN ({marks}))"
    return condition, (*values, *scope.without)


def catalogue(
    rows: Rows, language: str, scope: TopicFilter, approved: tuple[int, ...] = ()
) -> Catalogue:
    """Return how many topics of a language a site offers, and under which headings.

    Args:
        rows: runs a query.
        language: of the topics.
        scope: the topics that the site offers.
        approved: the numbers of those that are approved here.
    """
    span = _span(rows, language) or (0, -1)
    within, given = _within(language, "", scope)
    query = (
        "SELECT CASE WHEN number IN (SELECT value FROM json_each(?)) THEN 'approved'"
        " WHEN status = 'under-review' THEN status ELSE 'submitted' END, count(*)"
        f" FROM card WHERE number BETWEEN ? AND ?{within} GROUP BY 1"
    )
    counts = dict(rows(query, (json.dumps(approved), *span, *given)))
    query = f"SELECT name, count(*) FROM grouped WHERE language = ?{within} GROUP BY name"
    named = rows(query, (language, *given))
    least = next((s for s in ReviewStatus if s.value in counts), ReviewStatus.SUBMITTED)
    groups = tuple(TopicGroup(*row) for row in sorted(named, key=lambda row: fold(str(row[0]))))
    return Catalogue(sum(counts.values()), least, groups)


def _span(rows: Rows, language: str) -> tuple[int, int] | None:
    """Return the range of the numbers of topics in a language."""
    got = rows("SELECT number FROM heading WHERE language = ? LIMIT 1", (language,))
    if not got or not isinstance(got[0][0], int):
        return None
    first = got[0][0] // APART * APART
    return first, first + APART - 1
