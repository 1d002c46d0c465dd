from __future__ import annotations

import pytest

from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.text.similarity import distance, rough_sound
from kiosk.answers.text.spelling import keys_for, keys_of, spell
from tests.support.answers.library import connection


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [
        ("asthma", "asthma", 0),
        ("astma", "asthma", 1),
        ("ashtma", "asthma", 1),
        ("astmha", "asthma", 1),
        ("asthmma", "asthma", 1),
        ("azthna", "asthma", 2),
        ("gout", "goat", 1),
        ("ca", "abc", 3),
    ],
)
def test_distance(a: str, b: str, far: int) -> None:
    assert distance(a, b, 5) == distance(b, a, 5) == far
    assert distance(a, b, far - 1) == far if far else True


@pytest.mark.parametrize(
    ("typed", "written"),
    [("neumonia", "pneumonia"), ("sykosis", "psychosis"), ("fizician", "physician")],
)
def test_what_sounds_alike(typed: str, written: str) -> None:
    assert rough_sound(typed) == rough_sound(written)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("astma", "asthma"),
        ("asthmaa", "asthma"),
        ("diabeets", "diabetes"),
        ("dyabetis", "diabetes"),
        ("fibrodisplacia", "fibrodysplasia"),
        ("symtoms", "symptoms"),
        ("tretment", "treatment"),
        ("brethe", "breathe"),
        ("woutd", "would"),
        ("wheezingdisease", "wheezing disease"),
    ],
)
def test_a_misspelt_word_is_taken_for_one_of_the_library(typed: str, meant: str) -> None:
    (corrected,) = spell([typed], FullTextIndex(connection()))
    assert corrected.word == typed
    assert corrected.meant[:1] == (meant,)


@pytest.mark.parametrize(
    "known",
    ["coffee", "goat", "asthma", "café", "42", "dog", "cabeza", "zinc", "galvanol"],
)
def test_a_word_that_is_known_or_cannot_be_is_left_alone(known: str) -> None:
    assert "asthma" not in spell([known], FullTextIndex(connection()))[0].meant
    if known not in ("café", "galvanol"):
        assert spell([known], FullTextIndex(connection()))[0].meant == ()


def test_what_only_a_locked_passage_says_is_no_correction() -> None:
    assert spell(["galvanoll"], FullTextIndex(connection()))[0].meant == ()
    assert spell(["galvanoll"], FullTextIndex(connection(), locked=True))[0].meant == ("galvanol",)


@pytest.mark.parametrize("word", ["gout", "asthma", "diabetes", "fibrodysplasia"])
def test_every_slip_of_one_letter_is_found_by_a_piece(word: str) -> None:
    kept = set(keys_of(word))
    for i in range(len(word)):
        left_out, put_in = word[:i] + word[i + 1 :], word[:i] + "q" + word[i:]
        changed, swapped = word[:i] + "q" + word[i + 1 :], _swap(word, i)
        for slip in (left_out, put_in, changed, swapped):
            if len(slip) >= 4:
                assert kept & set(keys_for(slip)), slip


def test_a_flood_of_misspelt_words_is_not_corrected_to_its_end() -> None:
    spelled = spell(["astma"] * 40, FullTextIndex(connection()))
    assert [bool(correction.meant) for correction in spelled] == [True] * 12 + [False] * 28


def _swap(word: str, i: int) -> str:
    return word[:i] + word[i : i + 2][::-1] + word[i + 2 :]
