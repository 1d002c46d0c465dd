"""Reads the full-text index and word tables of a pack with SQL: passages by their stems, names of
subjects, how often and how commonly words are used.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from math import exp, log

from kiosk.answers.text.word_lists import GROUP, HEAD, commonness, unpacked
from kiosk.fast_dataclass import dataclass

_WEIGHTS = "8.0, 2.0, 3.0, 1.0"
"""Of title, section, alias and text in BM25."""


@dataclass(frozen=True)
class IndexedPassage:
    """One passage in the full-text index, without its text: its row number, id, topic, title,
    section heading, language, kind of section, and the number of the subject that it is about.
    """

    row: int
    id: str
    topic: str
    title: str
    section: str
    language: str
    kind: str
    subject: int


@dataclass(frozen=True)
class SubjectName:
    """A title or other name of what passages are about, as stems, with its subject's number.

    Passages with the same topic, title, names and language have the same subject.
    """

    subject: int
    stems: frozenset[str]


class FullTextIndex:
    """Reader of the full-text index in a pack, either of the open passages or of those behind
    cautions.
    """

    def __init__(self, connection: sqlite3.Connection, locked: bool = False) -> None:
        self._connection, self._at = connection, "locked_" if locked else ""
        self.passages: int = self._number(f"SELECT count(*) FROM {self._at}passage") or 0

    def rarity(self, stems: Iterable[str]) -> dict[str, tuple[float, bool]]:
        """Return the rarity (inverse document frequency) of each stem that passages have, and
        whether a name has it, by stem; other stems are left out.
        """
        wanted = list(dict.fromkeys(stems))
        rows = self._rows(
            f"SELECT term, passages, names FROM {self._at}term WHERE term IN ({_marks(wanted)})",
            wanted,
        )
        return {term: (self.idf(passages), names > 0) for term, passages, names in rows}

    def idf(self, count: int) -> float:
        """Return the inverse document frequency of a word that `count` of the passages have."""
        return log(1 + (self.passages - count + 0.5) / (count + 0.5))

    def count(self, idf: float) -> float:
        """Return how many passages have a word whose inverse document frequency is `idf`: the
        inverse of the method `idf`.
        """
        return (self.passages + 1) / exp(idf) - 0.5

    def names_like(self, stems: Iterable[str], limit: int) -> list[SubjectName]:
        """Return the subjects' names that share most with `stems`, best first, at most `limit`."""
        table = f"{self._at}name_terms"
        rows = self._rows(
            f"SELECT subject, stems FROM {self._at}name WHERE row IN (SELECT rowid FROM {table} "
            f"WHERE {table} MATCH ? ORDER BY rank LIMIT {limit:d})",
            [_any_of(stems)],
        )
        return [SubjectName(subject, frozenset(text.split())) for subject, text in rows]

    def best(self, stems: Iterable[str], limit: int) -> dict[int, float]:
        """Return the passages that match any of `stems` best, at most `limit`: BM25 scores by row
        number.
        """
        table = f"{self._at}passage_terms"
        rows = self._rows(
            f"SELECT rowid, -bm25({table}, {_WEIGHTS}) AS score FROM {table} "
            f"WHERE {table} MATCH ? ORDER BY score DESC LIMIT {limit:d}",
            [_any_of(stems)],
        )
        return dict(rows)

    def holding(self, stems: Iterable[str], rows: Iterable[int]) -> set[int]:
        """Return those row numbers out of `rows` whose passage has any of the stems in its title,
        section heading, other names or text.
        """
        table, wanted = f"{self._at}passage_terms", list(rows)
        records = self._rows(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid IN ({_marks(wanted)})",
            [_any_of(stems), *wanted],
        )
        return {row for (row,) in records}

    def passages_at(
        self, rows: Iterable[int], subjects: Iterable[int] = ()
    ) -> list[IndexedPassage]:
        """Return the passages with these row numbers or of these subjects, in no set order."""
        at, of = list(rows), list(subjects)
        records = self._rows(
            "SELECT row, id, topic, title, section, language, kind, subject FROM "
            f"{self._at}passage WHERE row IN ({_marks(at)}) OR subject IN ({_marks(of)})",
            [*at, *of],
        )
        return [IndexedPassage(*row) for row in records]

    def kinds_of(self, topic: str) -> frozenset[str]:
        """Return the kinds of section, such as `dose` or `causes`, that a
        topic has in this index.
        """
        query = f"SELECT DISTINCT kind FROM {self._at}passage WHERE topic = ?"
        return frozenset(kind for (kind,) in self._rows(query, [topic]))

    def uses(self, word: str) -> int | None:
        """Return how often the indexed passages use `word`; None if the index does not have it."""
        return self._number(f"SELECT uses FROM {self._at}vocabulary WHERE word = ?", word)

    def commonness(self, word: str) -> int | None:
        """Return how common `word` is in English or Spanish, from 0 (rare) to 9; None if it is no
        word.

        It is the commoner of the two where both languages have it.
        """
        return self.commonness_of([word]).get(word)

    def commonness_of(self, words: Iterable[str]) -> dict[str, int]:
        """Return how common each word is in English or Spanish, 0 (rare) to 9, by word.

        Words that are in no list are left out. Raises `sqlite3.DatabaseError` where a list is
        damaged.
        """
        groups: dict[str, list[str]] = {}
        for word in words:
            groups.setdefault(word[:GROUP], []).append(word)
        classes: dict[str, int] = {}
        for letters, its_words in groups.items():
            for (group,) in self._rows("SELECT words FROM known_word WHERE head = ?", [letters]):
                rests = _unpacked(group)
                for word in its_words:
                    known = commonness(rests.get(word[:HEAD], ""), word)
                    if known is not None:
                        classes[word] = max(classes.get(word, 0), known)
        return classes

    def alike(self, keys: list[str]) -> set[str]:
        """Return the indexed words that have any of `keys`, as candidates for correcting a
        misspelled word.

        The keys are those of `kiosk.answers.text.spelling.keys_for`.
        """
        rows = self._rows(f"SELECT words FROM {self._at}piece WHERE key IN ({_marks(keys)})", keys)
        return {word for (kept,) in rows for word in kept.split()}

    def used(self, words: Iterable[str]) -> dict[str, tuple[int, bool]]:
        """Return, by word, how often the indexed passages use it and whether a name has it.

        Words that the index does not have are left out. Corrections of a word are ranked by this.
        """
        wanted = list(words)
        rows = self._rows(
            f"SELECT word, uses, named FROM {self._at}vocabulary WHERE word IN ({_marks(wanted)})",
            wanted,
        )
        return {word: (uses, bool(named)) for word, uses, named in rows}

    def _number(self, query: str, *values: object) -> int | None:
        row = self._connection.execute(query, values).fetchone()
        return None if row is None else int(row[0])

    def _rows(self, query: str, values: list[object] | list[str] | list[int]) -> list[tuple]:  # type: ignore[type-arg]
        return self._connection.execute(query, values).fetchall()


def _unpacked(group: object) -> dict[str, str]:
    try:
        return unpacked(group) if isinstance(group, bytes) else {}
    except zlib.error as error:
        raise sqlite3.DatabaseError(f"a list of words is damaged: {error}") from error


def _marks(values: list[str] | list[int]) -> str:
    return ",".join("?" * len(values))


def _any_of(stems: Iterable[str]) -> str:
    """A query of FTS5 for any of `stems`, each quoted: they are letters and digits alone."""
    return " OR ".join(f'"{stem}"' for stem in stems if stem.isalnum()) or '""'
