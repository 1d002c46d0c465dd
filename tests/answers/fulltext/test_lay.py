"""What patients call things, as the words of medical texts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.resources import files

import pytest

from kiosk.answers import schema
from kiosk.answers.fulltext import query
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.fulltext.lay import medical_words
from kiosk.answers.fulltext.query import QueryParser
from kiosk.answers.text.words import words
from tests.support.answers.asking import ask, shipped
from tests.support.answers.gated_words import texts

LINES = files("kiosk.answers.fulltext").joinpath("lay.txt").read_text("utf-8").splitlines()
NAMES = [line.split(" = ") for line in LINES if line and line[0] not in "#["]


@pytest.mark.parametrize(
    ("said", "language", "stem"),
    [
        ("my mom has the runs", "en", "diarrhea"),
        ("is there a bulge in his groin", "en", "hernia"),
        ("she leaks when she coughs", "en", "incontin"),
        ("they put a camera down my throat", "en", "endoscopi"),
        ("le dieron calenturas", "es", "fiebr"),
        ("me sacaron la matriz", "es", "histerectomi"),
    ],
)
def test_a_name_is_known_with_other_endings_and_small_words(
    said: str, language: str, stem: str
) -> None:
    assert stem in {
        stem for stems in medical_words(words(said), language).values() for stem in stems
    }


def test_each_word_of_a_name_has_its_meaning_and_no_other_word_has_any() -> None:
    assert set(medical_words(["he", "has", "kidney", "stones", "today"], "en")) == {2, 3}


def test_a_name_is_known_in_another_order_and_with_a_few_words_between() -> None:
    for said, stem in [("in my eye she poked", "injuri"), ("grease so new and hot", "burn")]:
        stems = medical_words(words(said), "en").values()
        assert stem in {stem for of in stems for stem in of}, said
    far = "grease went on the clean new floor of our old kitchen while it was so hot"
    assert not any("burn" in of for of in medical_words(words(far), "en").values())


def test_of_the_names_that_a_word_is_of_the_longest_counts() -> None:
    assert "burn" in medical_words(words("spilled hot grease"), "en")[2]
    assert "dietari" not in medical_words(words("spilled hot grease"), "en")[2]


def test_words_that_ask_for_a_kind_of_section_name_nothing() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.create(connection)
        terms = QueryParser(FullTextIndex(connection)).terms("do people recover from zika", "en")
    assert "surgeri" not in {stem for term in terms.of for stem in term.stems}
    assert "mosquito" in {stem for term in terms.of for stem in term.stems}


def test_small_words_are_part_of_a_name_that_they_make() -> None:
    assert medical_words(["the", "runs"], "en")
    assert not medical_words(["he", "runs"], "en")


def test_a_complaint_is_not_called_by_a_disease_that_it_may_be() -> None:
    for said, disease in [
        ("my chest hurts", "angina"), ("it burns when i pee", "infect"),
        ("i hurt all over", "fibro"),
        ("a lump in my breast", "cancer"), ("i forget things", "dementia"),
        ("numb feet", "diabet"), ("me arde la orina", "infeccion"), ("i hear voices", "schizo"),
    ]:  # fmt: skip
        stems = {stem for of in medical_words(said.split(), "en").values() for stem in of}
        stems |= {stem for of in medical_words(said.split(), "es").values() for stem in of}
        assert not [stem for stem in stems if stem.startswith(disease)], said


def test_no_name_is_listed_twice_in_one_language_and_each_has_a_meaning() -> None:
    spanish = LINES.index("[es]")
    for lines in (LINES[:spanish], LINES[spanish:]):
        pairs = [line.split(" = ") for line in lines if line and line[0] not in "#["]
        names = [name for pair in pairs for name in pair[0].split("|")]
        assert len(names) == len(set(names))
        assert all(len(pair) == 2 and pair[1].strip() for pair in pairs)


def test_no_name_is_locked_for_what_stands_only_behind_cautions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the meaning of a name is a gated word, its answer is the one without that meaning."""
    gated = texts()[0]
    asked = [name for names, meaning in NAMES if gated & set(meaning.split())
             for name in names.split("|")[:2]]  # fmt: skip
    assert len(asked) > 30
    with_meanings = [ask(shipped(), name) for name in asked]
    monkeypatch.setattr(query, "medical_words", lambda words, language: {})
    assert with_meanings == [ask(shipped(), name) for name in asked]


def test_no_name_and_no_meaning_is_a_product() -> None:
    listed = files("kiosk.answers.curated").joinpath("products.txt").read_text("utf-8")
    products = {
        name.removeprefix("~")
        for line in listed.splitlines()
        if not line.startswith("#")
        for name in line.split("|")
    } - {"herbal", "cbd", "polen", "remedio casero"}  # kinds, and pollen
    for names, meaning in NAMES:
        assert products.isdisjoint([*names.split("|"), *meaning.split()])
