from __future__ import annotations

import random
import sqlite3
import string
import time

import pytest

from kiosk.answers.curated.reader import shut
from kiosk.answers.fulltext.confidence import THRESHOLD
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.fulltext.rank import Retriever
from kiosk.answers.text.words import normalise
from tests.support.answers.library import ask, connection, rows


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("what are the symptoms of asthma", "asthma/symptoms"),
        ("how do they treat astma??", "asthma/treatment"),
        ("podagra causes", "gout/causes"),
        ("why do i get sugar sickness", "diabetes/causes"),
        ("treatment of type 2 diabetes", "diabetes-2/treatment"),
        ("treatment of diabetes", "diabetes/treatment"),
        ("what are the symptoms in COVID-19 testing", "covid-test/symptoms"),
        ("My mother is 80 and has a dog. She was told of gout. What causes gout?", "gout/causes"),
    ],
)
def test_the_best_passage(question: str, best: str) -> None:
    ranking = ask(question)
    assert ranking.hits[0].passage.id == best
    assert ranking.confidence >= THRESHOLD


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("cuales son los sintomas de la diarrea", "diarrea/sintomas"),
        ("tengo el estomago suelto", "diarrea/sintomas"),
        ("sintomas de la diarea", "diarrea/sintomas"),
    ],
)
def test_spanish(question: str, best: str) -> None:
    assert ask(question, "es").hits[0].passage.id == best


@pytest.mark.parametrize(
    "question",
    [
        "what are the symptoms of lupus",
        "how do i renew my passport",
        "how do i store asthma",
        "is asthma inherited",
        "qwrtzp",
        "",
        "is it",
        "how much zinc should i take",
        "what does galvanol do",
    ],
)
def test_what_it_does_not_hold(question: str) -> None:
    ranking = ask(question)
    assert ranking.confidence < THRESHOLD
    assert "zinc/dose" not in [hit.passage.id for hit in ranking.hits]


def test_the_locked_side_knows_what_the_open_side_must_not() -> None:
    made = connection()
    ranking = Retriever(FullTextIndex(made, locked=True)).ask("how much zinc should i take")
    assert ranking.hits[0].passage.id == "zinc/dose"
    tables = _tables(made)
    shut(made)
    for table in tables:
        if table.startswith("locked_"):
            with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
                made.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()
    with pytest.raises(sqlite3.DatabaseError):
        Retriever(FullTextIndex(made, locked=True))
    assert ask("what causes gout", of=made).hits[0].passage.id == "gout/causes"


def test_no_table_of_the_open_side_holds_what_is_locked() -> None:
    made = connection()
    for table in _tables(made):
        if not table.startswith(("locked_", "known_word", "sqlite_")):
            try:
                rows = made.execute(f"SELECT * FROM {table}").fetchall()
            except sqlite3.Error:
                continue
            assert "galvanol" not in repr(rows).casefold(), table


def test_the_same_question_has_the_same_answer_every_time() -> None:
    once, again = (ask("symptoms of diabetes").hits for _ in range(2))
    assert [(hit.passage.id, hit.score) for hit in once] == [
        (hit.passage.id, hit.score) for hit in again
    ]


def test_an_index_of_nothing_answers_nothing() -> None:
    assert ask("what is gout", of=connection([])).hits == ()


def test_a_passage_stands_once_in_a_ranking() -> None:
    ids = [hit.passage.id for hit in ask("gout asthma diabetes").hits]
    assert len(ids) == len(set(ids)) <= len(rows())


def _tables(of: sqlite3.Connection) -> list[str]:
    tables = of.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return [name for (name,) in tables]


HOSTILE = (
    '" OR passage_terms MATCH "', "NEAR(a b, 5)", "title : *", "^gout", "gout* NOT x", "'; DROP",
    "\x00\x01\x02", "😀" * 300, "(" * 300, '"' * 299, "\u202egout", "ı İ ß ﬁ", "a" * 1_000_000,
    "gout " * 10_000, "AND OR NOT", "-gout", "{title}: gout", "gout + asthma", "?" * 300, "０１２",
)  # fmt: skip


@pytest.mark.slow
def test_hostile_questions_raise_nothing_and_take_no_time() -> None:
    retrieval = Retriever(FullTextIndex(connection()))
    chance = random.Random(7)
    signs = string.printable + "éñü😀\u0000\u200b\"'*^:(){}"
    made = ["".join(chance.choices(signs, k=chance.randint(0, 400))) for _ in range(600)]
    retrieval.ask("warm")
    for question in (*HOSTILE, *made):
        began = time.process_time()
        retrieval.ask(normalise(question))
        retrieval.ask(normalise(question), "es")
        assert time.process_time() - began < 0.5, question[:80]
