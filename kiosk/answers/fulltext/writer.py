"""Writes the full-text index of passages, and the words for correcting misspellings, into a
database.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from kiosk.answers.intents.classify import ASKED_WORDS, kind_of
from kiosk.answers.schema import SIDES
from kiosk.answers.text.spelling import SHORTEST, keys_of
from kiosk.answers.text.stop_words import STOP_WORDS
from kiosk.answers.text.words import LANGUAGES, Stemmer, words
from kiosk.fast_dataclass import dataclass

_LARGE = 5_000
"""Passages from which on a word must be used more than once to be what another is corrected to:
a large library has misspellings of its own."""


@dataclass(frozen=True)
class PassageRow:
    """A passage to write to the full-text index, with its title, other names and text, by whose
    words a question finds it.
    """

    id: str
    topic: str
    title: str
    section: str
    """Its heading; what kind of question it answers is read from this."""
    text: str
    """Every wording of it, so that a question in any of them finds it."""
    alias: tuple[str, ...] = ()
    """Other names of what it is about, and questions that people ask which it answers."""
    language: str = "en"
    locked: bool = False
    """True if it is behind cautions: then it goes to tables that a visitor's side cannot read."""


def write_index(
    connection: sqlite3.Connection,
    rows: Iterable[PassageRow],
    known_words: Iterable[tuple[str, str, bytes]],
    also: Iterable[str] = (),
) -> None:
    """Fill the existing empty tables of the full-text index from `rows`, in order. The caller
    commits.

    Args:
        connection: the database, which may have other tables.
        rows: the passages; open and locked ones go to separate tables.
        known_words: the words of English and Spanish, compressed in groups, as `shipped_groups` of
            `kiosk.answers.text.word_lists` gives them.
        also: texts, such as the phrases of the alarms, whose words a misspelling may be corrected
            to though no passage has them.
    """
    connection.executemany("INSERT INTO known_word VALUES (?, ?, ?)", known_words)
    stems = {language: Stemmer(language) for language in LANGUAGES}
    sides = {
        locked: _IndexTables(connection, side, stems)
        for locked, side in zip((False, True), SIDES, strict=True)
    }
    for row in rows:
        sides[row.locked].add(row)
    common = set(chain(ASKED_WORDS, *STOP_WORDS.values(), *(words(line) for line in also)))
    for side in sides.values():
        side.finish(common)


class _IndexTables:
    """Writer of the index tables of one side, open or locked."""

    def __init__(
        self, connection: sqlite3.Connection, prefix: str, stems: Mapping[str, Stemmer]
    ) -> None:
        self._connection, self._prefix, self._stems = connection, prefix, stems
        self._uses: Counter[str] = Counter()
        self._named: set[str] = set()
        self._kinds: dict[tuple[str, str], str] = {}
        self._subjects: dict[tuple[str, str, tuple[str, ...], str], tuple[int, str, str]] = {}
        self._passages: list[tuple[object, ...]] = []
        self._texts: list[tuple[object, ...]] = []
        self._names: list[tuple[int, str]] = []
        self._count = 0
        for table in ("passage_terms", "name_terms"):
            self._set(table, "hashsize", 16 << 20)

    def add(self, row: PassageRow) -> None:
        self._count += 1
        stems = self._stems[row.language]
        subject, title, alias = self._subject(row, stems)
        heading = row.section, row.language
        if heading not in self._kinds:
            self._kinds[heading] = kind_of(*heading)
        kind = self._kinds[heading]
        of_text = words(row.text)
        self._uses.update(of_text)
        text = " ".join(filter(None, map(stems.__getitem__, of_text)))
        self._passages.append(
            (self._count, row.id, row.topic, row.title, row.section, row.language, kind, subject)
        )
        section = " ".join(stems.of(row.section))
        self._texts.append((self._count, title, section, alias, text))
        if len(self._texts) == 1_000:
            self._flush()

    def _subject(self, row: PassageRow, stems: Stemmer) -> tuple[int, str, str]:
        key = (row.topic, row.title, row.alias, row.language)
        if key not in self._subjects:
            number = len(self._subjects)
            names = list(dict.fromkeys(name for name in (row.title, *row.alias) if name.strip()))
            for name in names:
                self._named.update(words(name))
                self._names.append((number, " ".join(stems.of(name))))
            alias = " ".join(stem for name in row.alias for stem in stems.of(name))
            self._subjects[key] = number, " ".join(stems.of(row.title)), alias
        return self._subjects[key]

    def _flush(self) -> None:
        fill = self._connection.executemany
        at = self._prefix
        fill(f"INSERT INTO {at}passage VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._passages)
        columns = "rowid, title, section, alias, text"
        fill(f"INSERT INTO {at}passage_terms ({columns}) VALUES (?, ?, ?, ?, ?)", self._texts)
        self._passages.clear()
        self._texts.clear()

    def finish(self, common: set[str]) -> None:
        """Write what is known only when every row has been added: names, counts of terms,
        vocabulary.
        """
        self._flush()
        run, fill, at = self._connection.execute, self._connection.executemany, self._prefix
        names = [(i, subject, stems) for i, (subject, stems) in enumerate(self._names)]
        fill(f"INSERT INTO {at}name VALUES (?, ?, ?)", names)
        run(f"INSERT INTO {at}name_terms (rowid, stems) SELECT row, stems FROM {at}name")
        for table in ("passage_terms", "name_terms"):
            run(f"INSERT INTO {at}{table} ({at}{table}) VALUES ('optimize')")
        run(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab (main, {at}passage_terms, row)")
        named = Counter(stem for _, stems in self._names for stem in set(stems.split()))
        seen = run("SELECT term, doc FROM temp.seen").fetchall()
        fill(f"INSERT INTO {at}term VALUES (?, ?, ?)", ((t, n, named[t]) for t, n in seen))
        run("DROP TABLE temp.seen")
        self._write_vocabulary(common)

    def _write_vocabulary(self, common: set[str]) -> None:
        fill, at = self._connection.executemany, self._prefix
        for word in common | self._named:
            self._uses.setdefault(word, 0)
        known = ((word, n, word in self._named) for word, n in sorted(self._uses.items()))
        fill(f"INSERT INTO {at}vocabulary VALUES (?, ?, ?)", known)
        least = 1 if self._count < _LARGE else 3
        pieces: dict[str, list[str]] = {}
        for word, uses in self._uses.items():
            sure = uses >= least or word in self._named or word in common
            if sure and SHORTEST <= len(word) <= 30 and word.isascii() and word.isalpha():
                for key in keys_of(word):
                    pieces.setdefault(key, []).append(word)
        kept = ((key, " ".join(sorted(pieces[key]))) for key in sorted(pieces))
        fill(f"INSERT INTO {at}piece VALUES (?, ?)", kept)

    def _set(self, table: str, name: str, value: int) -> None:
        table = self._prefix + table
        self._connection.execute(
            f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (name, value)
        )


__all__ = ["PassageRow", "write_index"]
