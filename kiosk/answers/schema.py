"""Schema of the pack's tables that questions are answered from: the SQL that creates them.

Nearly every table exists twice: for text that is readable before any caution, and, with `locked_`
before its name, for text behind cautions. So a connection can be refused the second by name.
"""

from __future__ import annotations

import sqlite3

OPEN, LOCKED = "", "locked_"
"""Beginnings of the names of the two sides' tables."""
SIDES = (OPEN, LOCKED)

_PLAIN = (
    "CREATE TABLE {side}passage (row INTEGER PRIMARY KEY, id TEXT NOT NULL, topic TEXT NOT NULL,"
    " title TEXT NOT NULL, section TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL,"
    " subject INTEGER NOT NULL)",
    "CREATE TABLE {side}name (row INTEGER PRIMARY KEY, subject INTEGER NOT NULL,"
    " stems TEXT NOT NULL)",
    "CREATE TABLE {side}term (term TEXT PRIMARY KEY, passages INTEGER NOT NULL,"
    " names INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE {side}vocabulary (word TEXT PRIMARY KEY, uses INTEGER NOT NULL,"
    " named INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE {side}piece (key TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE {side}asked_item (id INTEGER PRIMARY KEY, topic TEXT NOT NULL,"
    " section TEXT NOT NULL, item TEXT NOT NULL, is_gap INTEGER NOT NULL, languages TEXT NOT NULL,"
    " fact TEXT NOT NULL)",
    "CREATE TABLE {side}asked_phrase (id INTEGER PRIMARY KEY, item INTEGER NOT NULL,"
    " kind TEXT NOT NULL, terms TEXT NOT NULL)",
    "CREATE TABLE {side}asked_term (term TEXT NOT NULL, phrase INTEGER NOT NULL,"
    " PRIMARY KEY (term, phrase)) WITHOUT ROWID",
    "CREATE TABLE {side}asked_count (term TEXT PRIMARY KEY, items INTEGER NOT NULL,"
    " common INTEGER NOT NULL, in_text INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE {side}asked_name (name TEXT PRIMARY KEY, means TEXT NOT NULL) WITHOUT ROWID",
)
_SEARCHED = (
    "CREATE VIRTUAL TABLE {side}passage_terms USING fts5 (title, section, alias, text,"
    " content = '', tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE {side}name_terms USING fts5 (stems, content = '', tokenize = 'ascii')",
)
_INDEXES = (
    "CREATE INDEX {side}passage_subject ON {side}passage (subject)",
    "CREATE INDEX {side}passage_topic ON {side}passage (topic, kind)",
)
_ONCE = (
    # with a rowid: SQLite keeps a row of this size whole in a page then
    "CREATE TABLE known_word (language TEXT NOT NULL, head TEXT NOT NULL, words BLOB NOT NULL,"
    " UNIQUE (head, language))",
    "CREATE TABLE locked_gated_name (name TEXT NOT NULL, topic TEXT NOT NULL,"
    " PRIMARY KEY (name, topic)) WITHOUT ROWID",
)


def create(connection: sqlite3.Connection) -> None:
    """Create, in a database, the empty tables and the indexes that questions are answered from."""
    for statement in (*plain(), *searched(), *indexes()):
        connection.execute(statement)


def plain() -> tuple[str, ...]:
    """Return the SQL statements that create the tables without full-text search: those of the open
    side, those of the locked side, and those that exist once.
    """
    return (*_both(_PLAIN), *_ONCE)


def searched() -> tuple[str, ...]:
    """Return the SQL statements that create the full-text (FTS5) tables, open and locked."""
    return _both(_SEARCHED)


def indexes() -> tuple[str, ...]:
    """Return the SQL statements that create indexes on the tables of passages, open and locked."""
    return _both(_INDEXES)


def _both(statements: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(statement.format(side=side) for side in SIDES for statement in statements)
