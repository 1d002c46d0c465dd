"""Folding text to what can be compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.text import fold, one_line, seen


def test_ascii_is_folded_as_any_other_text() -> None:
    for code in range(128):
        character = chr(code)
        expected = character.casefold() if character.isalnum() else ""
        assert fold(character) == expected
        assert fold(f"A{character}b c") == fold(f"Á{character}b c")


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_an_accent_somewhere_changes_nothing_of_the_rest(text: str) -> None:
    assert fold(f"{text} e") == fold(f"{text} é")


def test_invisible_characters_and_accents_go() -> None:
    assert fold("Zi\u200bnc \u00adÉCHINACÉA") == "zinc echinacea"
    assert seen("zi\u200bnc") == "zinc"
    assert seen("zinc\x1b") == "zinc\x1b"
    assert unicodedata.normalize("NFC", "é") not in fold("é")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" a\tb\r\n\x00c\u202ed ", "a b c d"),
        ("\ufb01ne \u00a0 \uff37ide", "fine Wide"),
        ("¿Qué?  Crohn\u2019s", "¿Qué? Crohn\u2019s"),
        ("", ""),
    ],
)
def test_a_text_becomes_one_line_and_stays_itself(text: str, line: str) -> None:
    assert one_line(text) == line
