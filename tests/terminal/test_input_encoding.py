"""Text in the encoding of the terminal, and in another than was expected."""

from __future__ import annotations

import pytest

from kiosk.terminal.input import InputParser
from kiosk.terminal.keys import Character, Key, Paste, Token


def typed(text: str) -> list[Token]:
    return [Character(character) for character in text]


def tokens(got: bytes) -> list[Token]:
    """What bytes with silence after them are."""
    edge = InputParser()
    return [*edge.feed(got), *edge.rest()]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("iso8859-1", "tragué lejía ñ"),
        ("cp1252", "“lejía” €"),
        ("gbk", "人参a黄芪"),
        ("koi8-r", "яд"),
    ],
)
def test_text_is_decoded_as_the_terminal_encodes_it(encoding: str, text: str) -> None:
    edge = InputParser(encoding)
    got = text.encode(encoding) + b"\x1b[A"
    assert [token for byte in got for token in edge.feed(bytes([byte]))] == [
        *typed(text), Key("up"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("got", "meant"),
    [
        (b"quiero hacerme da\xf1o\r", [*typed("quiero hacerme daño"), Key("enter")]),
        (
            b"tragu\xe9\rleja\xed\x1b[A",
            [*typed("tragué"), Key("enter"), *typed("lejaí"), Key("up")],
        ),
        (b"\xff\xfe\x80\xc3", typed("ÿþÃ")),
        (b"\xc3a\xe9\x18\xa0\xe1\xc3\xb1", typed("Ãaé áñ")),
        (b"\x1b[200~un vaso de lej\xeda\xe9\x1b[201~", [Paste("un vaso de lejíaé")]),
    ],
)
def test_a_byte_that_is_no_text_is_its_letter_in_latin_1(got: bytes, meant: list[Token]) -> None:
    assert tokens(got) == meant
    edge = InputParser()
    one_by_one = [token for byte in got for token in edge.feed(bytes([byte]))]
    assert [*one_by_one, *edge.rest()] == meant


def test_the_last_letter_in_latin_1_is_there_after_silence() -> None:
    edge = InputParser()
    assert list(edge.feed(b"caf\xe9")) == typed("caf")
    assert (edge.silence or 0) >= 0.3
    assert list(edge.rest()) == typed("é")
