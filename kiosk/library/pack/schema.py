"""SQL schema of a pack, and the check that a file has these tables and no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kiosk.answers import schema as answers

APPLICATION_ID = 0x6B696F73
"""`kios`, in the header of the file."""
FORMAT = 6
PAGE = 4096
MOST_TERMS = "title, names, summary"

# A hash comes before its text: SQLite reads a row up to the column that is asked for.
_PLAIN = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE manifest (name TEXT PRIMARY KEY, count INTEGER NOT NULL, sha256 TEXT NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE library (position INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE TABLE alarm_rules (position INTEGER PRIMARY KEY, sha256 TEXT NOT NULL,"
    " body TEXT NOT NULL)",
    "CREATE TABLE topic (number INTEGER PRIMARY KEY, id TEXT NOT NULL, language TEXT NOT NULL,"
    " sha256 TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (id, language))",
    "CREATE TABLE review (number INTEGER NOT NULL, file TEXT NOT NULL, digest TEXT NOT NULL,"
    " record TEXT NOT NULL, signature TEXT NOT NULL, PRIMARY KEY (number, file)) WITHOUT ROWID",
    "CREATE TABLE card (number INTEGER PRIMARY KEY, id TEXT NOT NULL, language TEXT NOT NULL,"
    " status TEXT NOT NULL, sha256 TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (id, language))",
    "CREATE TABLE heading (language TEXT NOT NULL, folded TEXT NOT NULL, number INTEGER NOT NULL,"
    " PRIMARY KEY (language, folded, number)) WITHOUT ROWID",
    "CREATE TABLE grouped (language TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL,"
    " PRIMARY KEY (language, name, number)) WITHOUT ROWID",
    # not for visits: what `verify` looks for in open texts; a kind is a field of GatedTerms
    "CREATE TABLE locked_gated_term (topic TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT"
    " NULL, term TEXT NOT NULL, PRIMARY KEY (topic, language, kind, term)) WITHOUT ROWID",
    "CREATE TABLE theme (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sha256 TEXT,"
    " body TEXT, why TEXT)",
)
_SEARCHED = (
    # Contentless, without positions: it only says which topics hold a word, and in which column.
    # What goes in is folded already, so that words are what stands between spaces.
    f"CREATE VIRTUAL TABLE card_terms USING fts5({MOST_TERMS}, content='', columnsize=0,"
    " detail=column, prefix='1 2 3', tokenize='ascii')",
)
_SHADOWS = MappingProxyType(
    {
        "docsize": "(id INTEGER PRIMARY KEY, sz BLOB)",
        "data": "(id INTEGER PRIMARY KEY, block BLOB)",
        "idx": "(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
        "config": "(k PRIMARY KEY, v) WITHOUT ROWID",
    }
)
"""Tables that FTS5 makes for each of its own, in every version of it."""
_OF_A_BUILD = frozenset({"manifest"})
"""Tables that the manifest does not list: itself."""


def statements() -> tuple[str, ...]:
    """Return the SQL that makes the tables of an empty pack, without those of `kiosk.answers`."""
    return (*_PLAIN, *_SEARCHED)


def listed() -> tuple[str, ...]:
    """Return the tables that the manifest lists, those that FTS5 makes for itself included."""
    virtual = {_name(sql) for sql in _every_searched()}
    return tuple(sorted(_allowed().keys() - _OF_A_BUILD - virtual))


def strange(rows: Iterable[tuple[object, ...]]) -> str:
    """Return the first thing in `sqlite_schema` that this version never writes; empty if none.

    Args:
        rows: type, name and sql of each entry.

    No view, trigger, expression, generated column or foreign module is in the list, so none runs.
    """
    allowed, present = _allowed(), set()
    for kind, name, sql in rows:
        if kind == "index" and sql is None and str(name).startswith("sqlite_autoindex_"):
            continue
        if kind == "index" and sql in answers.indexes():
            continue
        if kind != "table" or allowed.get(str(name)) != sql:
            return f"{kind} {name}"
        present.add(str(name))
    missing = {_name(sql) for sql in _every()} - present
    return f"no table {min(missing)}" if missing else ""


def _every() -> tuple[str, ...]:
    return (*statements(), *answers.plain(), *answers.searched())


def _every_searched() -> tuple[str, ...]:
    return (*_SEARCHED, *answers.searched())


def _allowed() -> Mapping[str, str]:
    allowed = {_name(sql): sql for sql in _every()}
    for sql in _every_searched():
        for end, columns in _SHADOWS.items():
            if end == "docsize" and "columnsize=0" in sql:
                continue
            shadow = f"{_name(sql)}_{end}"
            allowed[shadow] = f"CREATE TABLE '{shadow}'{columns}"
    return allowed


def _name(sql: str) -> str:
    words = sql.split()
    return words[words.index("TABLE") + 1]
