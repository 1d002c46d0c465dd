"""What is closed stays closed: by name, by meaning, in both languages, and in the tables."""

from __future__ import annotations

import re
import sqlite3

import pytest

from kiosk.answers.curated.reader import shut
from kiosk.answers.listed_names import names_in
from kiosk.core.content import Topic
from kiosk.core.question import AnswerKind
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.pack.reader import open_pack
from kiosk.library.source.parsing.toml_file import read_toml
from tests.support.answers.asking import (
    LEAKY,
    SUPPLEMENTS,
    ask,
    connect,
    items,
    shipped,
    shipped_bytes,
)
from tests.support.shipped import CONTENT

CLOSED = [
    "what amount of zinc per day",
    "wat probiotic shoud i get",
    "¿qué dosis de glutamina?",
    "cuanto zinc debo tomar",
    "Z I N C",
    "pro-biotics?",
    "is tumeric any good",
    "l\u200bglu\u00adtamine",
    "ｚｉｎｃ",
    "can my belly pain be from aloe",
    "what vitamins help",
    "que suplementos tomo",
    "which pills heal the gut",
    "hay pastillas para sanar el intestino",
    "Probióticos para mi hijo",
]
OPEN = [
    "should i stop my medicine",
    "should i stop my pain pills",
    "is there a test",
    "the guard was nice",
    "debo dejar mis medicinas",
]


@pytest.mark.parametrize("question", CLOSED)
def test_it_is_closed_until_the_section_is_open(question: str) -> None:
    answer = ask(shipped(), question)
    assert answer.behaviour is AnswerKind.LOCKED
    assert answer.locked == SUPPLEMENTS
    assert answer.passages == ()
    assert ask(shipped(), question, SUPPLEMENTS).behaviour is not AnswerKind.LOCKED


@pytest.mark.parametrize("question", OPEN)
def test_it_is_open(question: str) -> None:
    assert ask(shipped(), question).behaviour is not AnswerKind.LOCKED


def test_with_the_section_open_it_is_answered_from_there() -> None:
    for question, item in (
        ("what amount of zinc per day", "zinc-amount"),
        ("¿qué dosis de glutamina?", "glutamine-amount"),
        ("wat probiotic shoud i get", "probiotics-action"),
    ):
        answer = ask(shipped(), question, SUPPLEMENTS)
        assert answer.behaviour is AnswerKind.ANSWER
        assert item in items(answer)


def test_another_section_that_is_open_opens_nothing() -> None:
    assert ask(shipped(), "zinc?", (LEAKY, "other")).behaviour is AnswerKind.LOCKED
    assert ask(shipped(), "zinc?", ("other", "supplements")).behaviour is AnswerKind.LOCKED


def _gated_terms() -> list[str]:
    data = read_toml(CONTENT / LEAKY / "topic.toml", "topic.toml")
    assert isinstance(data, dict)
    return list(data["gated-terms"])


def test_every_gated_term_is_found_as_the_check_of_the_content_finds_it() -> None:
    terms = _gated_terms()
    rows = connect(shipped_bytes()).execute("SELECT name, topic FROM locked_gated_name")
    check, kept = GatedTermMatcher(terms), dict(rows.fetchall())
    assert set(kept.values()) == {LEAKY}
    shapes = ["{}", "is {} ok", "{}s", "no{}", "{}x", "the\u200b {}.", "a-{}-b"]
    for term in terms:
        for shape in shapes:
            text = shape.format(term.upper())
            by_check = "gated term" in check.find(text)
            assert not by_check or names_in(text, kept), text
    assert not names_in("nothing of the kind, my guard", kept)


def _run(connection: sqlite3.Connection, attempt: str) -> None:
    for question_ in attempt.split("; "):
        connection.execute(question_).fetchall()


def test_the_open_side_can_select_nothing_that_is_locked() -> None:
    connection = connect(shipped_bytes())
    query = "SELECT name FROM sqlite_schema WHERE name LIKE 'locked%' AND type = 'table'"
    tables = [name for (name,) in connection.execute(query)]
    assert len(tables) > 20
    shut(connection)
    tries = ["PRAGMA query_only = OFF", "ATTACH ':memory:' AS other", "CREATE TABLE t (x)",
             "DELETE FROM asked_item", "PRAGMA writable_schema = ON"]  # fmt: skip
    for table in tables:
        tries += [
            f"SELECT * FROM {table}",
            f"SELECT count(*) FROM {table}",
            f"SELECT * FROM main.{table.upper()} AS held",
            f"SELECT id FROM asked_item WHERE id IN (SELECT rowid FROM {table})",
            f"SELECT id FROM asked_item UNION SELECT 1 FROM {table}",
            f"WITH held AS (SELECT * FROM {table}) SELECT * FROM held",
            f"CREATE TEMP VIEW v{table} AS SELECT * FROM {table}; SELECT * FROM v{table}",
            f"CREATE VIRTUAL TABLE temp.w{table} USING fts5vocab (main, {table}, row)",
            f"CREATE TABLE x{table} AS SELECT * FROM {table}",
        ]
    for attempt in tries:
        with pytest.raises(sqlite3.DatabaseError):
            _run(connection, attempt)
    assert connection.execute("SELECT count(*) FROM asked_item").fetchone()[0] > 50


def test_no_open_table_holds_a_gated_word() -> None:
    connection, gated = connect(shipped_bytes()), GatedTermMatcher(_gated_terms())
    for table in ("asked_phrase", "asked_term", "asked_name", "asked_item"):
        for row in connection.execute(f"SELECT * FROM {table}"):
            slip = gated.find(" ".join(str(cell) for cell in row if isinstance(cell, str)))
            assert not re.match("gated term", slip), row


def _topic() -> Topic:
    with open_pack(shipped_bytes()) as pack:
        return pack.open_topic(LEAKY, "en")


def test_the_open_side_holds_no_item_of_a_gated_section() -> None:
    gated = {section.id for section in _topic().gated_sections()}
    rows = connect(shipped_bytes()).execute("SELECT DISTINCT section FROM asked_item").fetchall()
    assert gated
    assert not gated & {section for (section,) in rows}
