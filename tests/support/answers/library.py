"""A small library to search, in both languages, with something behind cautions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

from kiosk.answers import schema
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.fulltext.rank import Ranking, Retriever
from kiosk.answers.fulltext.writer import PassageRow, write_index
from kiosk.answers.text.word_lists import shipped_groups
from kiosk.answers.text.words import normalise

_SECTIONS = {
    "symptoms": "People may feel tired, or have pain and swelling for weeks.",
    "treatment": "Rest and medicine are what most people are given.",
    "causes": "It begins when something goes wrong in the body.",
}
_TOPICS = {
    "asthma": ("Asthma", ("bronchial asthma", "wheezing disease")),
    "gout": ("Gout", ("podagra",)),
    "zxq": ("Fibrodysplasia ossificans", ()),
    "covid-test": ("COVID-19 Testing", ()),
    "diabetes": ("Diabetes", ("sugar sickness",)),
    "diabetes-2": ("Diabetes Type 2", ()),
}


def rows() -> list[PassageRow]:
    """Six topics of three sections each, one of them in Spanish, and one locked passage."""
    made = [
        PassageRow(f"{topic}/{section}", topic, title, section, f"{title}. {text}", alias)
        for topic, (title, alias) in _TOPICS.items()
        for section, text in _SECTIONS.items()
    ]
    made.append(
        PassageRow(
            "diarrea/sintomas", "diarrea", "Diarrea", "Síntomas",
            "La diarrea da dolor de estómago. Puede durar varios días.",
            ("chorro", "estómago suelto"), "es",
        )
    )  # fmt: skip
    made.append(
        PassageRow(
            "zinc/dose", "zinc", "Zinc", "dose", "An amount of zinc.",
            ("galvanol",), locked=True,
        )
    )  # fmt: skip
    return made


def connection(of: list[PassageRow] | None = None) -> sqlite3.Connection:
    """The index of those rows, in memory; one's own, of the small library where none are given."""
    if of is None:
        made = sqlite3.connect(":memory:")
        made.deserialize(_small_library())
        return made
    return _indexed(of)


@cache
def _small_library() -> bytes:
    with closing(_indexed(rows())) as made:
        made.commit()
        return made.serialize()


def _indexed(of: list[PassageRow]) -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE meta (key TEXT, value TEXT)")  # a pack has tables of its own
    schema.create(made)
    write_index(made, of, shipped_groups(), also=["breathe"])
    return made


def ask(question: str, language: str = "en", of: sqlite3.Connection | None = None) -> Ranking:
    """What the open side of the library says to `question`."""
    return Retriever(FullTextIndex(of or connection())).ask(normalise(question), language)
