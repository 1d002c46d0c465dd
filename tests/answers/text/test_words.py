from __future__ import annotations

import pytest

from kiosk.answers.text.words import Stemmer, normalise, unaccented, words
from kiosk.core.question import LONGEST_QUESTION


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("  what   is\tthis\n?", "what is this ?"),
        ("ﬁne ｗｉｄｅ", "fine wide"),
        ("a\x00b\x1b[31mc\u202ed\u200be", "a b [31mc d e"),
        ("", ""),
        ("😀 help 😀", "😀 help 😀"),
    ],
)
def test_a_question_becomes_one_plain_line(raw: str, line: str) -> None:
    assert normalise(raw) == line


@pytest.mark.parametrize("raw", ["x" * 1_000_000, "ﷺ" * 400, "word " * 10_000])
def test_a_question_is_cut_before_anything_is_done_with_it(raw: str) -> None:
    assert len(normalise(raw)) <= LONGEST_QUESTION


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Crohn's disease", ["crohn", "disease"]),
        ("hyper-IgE, type 2", ["hyper", "ige", "type", "2"]),
        ("¿Qué causa la indigestión?", ["que", "causa", "la", "indigestion"]),
        ("don’t", ["dont"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ('" OR NEAR( *', ["or", "near"]),
    ],
)
def test_words_are_folded(text: str, folded: list[str]) -> None:
    assert words(text) == folded


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "symptoms", "symptom"),
        ("en", "treated", "treatment"),
        ("es", "alergias", "alérgica"),
        ("es", "intestinos", "intestino"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, word: str, other: str) -> None:
    stems = Stemmer(language)
    assert stems[unaccented(word)][:5] == stems[unaccented(other)][:5]


def test_nothing_of_a_question_is_kept() -> None:
    stems = Stemmer("en", keep=False)
    before = len(stems)
    assert stems.of("my secret illness") == ["secret", "ill"]
    assert len(stems) == before


def test_stop_words_have_no_stem_and_names_of_things_have() -> None:
    assert Stemmer("en").of("what is the asthma") == ["asthma"]
    assert Stemmer("es").of("qué es el asma") == ["asma"]
