"""Read and write the file of figures of use: an SQLite table with a row for each day, site, kind,
topic and detail, and how often it was counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

FILE = "usage.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS usage (
    day TEXT NOT NULL,
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    detail TEXT NOT NULL,
    count INTEGER NOT NULL,
    forwarded INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, site, kind, topic, detail)
) WITHOUT ROWID
"""
"""`forwarded` is how much of the count a forwarder has handed on to another database."""
ADD = """
INSERT INTO usage (day, site, kind, topic, detail, count) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET count = count + excluded.count
"""
SELECT = """
SELECT day, site, kind, topic, detail, count FROM usage WHERE day BETWEEN ? AND ?
ORDER BY day, site, kind, topic, detail
"""


@dataclass(frozen=True)
class DailyCount:
    """Row of the file of figures: how often one kind of event was counted at a site on a day."""

    day: str
    """As 2026-11-30; empty in a sum of days."""
    site: str
    kind: str
    topic: str
    detail: str
    count: int


def add(file: Path, rows: Iterable[DailyCount]) -> None:
    """Add the counts of rows to those that a file of figures has; a missing file is made.

    Raises sqlite3.Error; then nothing was added.
    """
    with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(SCHEMA)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            ADD, [(row.day, row.site, row.kind, row.topic, row.detail, row.count) for row in rows]
        )
        connection.execute("COMMIT")


def read(file: Path, first: str, last: str) -> Iterator[DailyCount]:
    """Yield the rows of a file of figures from day `first` to day `last`, such as 2026-11-30.

    Rows are in the order of days. Yields nothing where there is no file. Raises sqlite3.Error.
    """
    if not file.exists():
        return
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for values in connection.execute(SELECT, (first, last)):
            yield DailyCount(*values)
