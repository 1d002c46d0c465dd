"""Text in the encoding of the terminal, and in another than was expected."""

from __future__ import annotations

import pytest

from kiosk.terminal.input import InputParser
from kiosk.terminal.input_limits import TextCollector
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
        (b"\xff\xfe\x80\xc3", typed("ÿþ€Ã")),
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


@pytest.mark.parametrize("encoding", ["utf-8", "iso8859-1", "iso8859-15"])
@pytest.mark.parametrize(
    ("got", "meant"),
    [
        (b"help me\x85I am dying", "help me…I am dying"),
        (b"I can\x92t breathe", "I can’t breathe"),
        (b"now\x97help\x81me\x8dnow\x80", "now—help me now€"),
        (b"I \x9ewant \x90to \x98die \x9dnow\x9f, all of it\x8e", "I want to die now, all of it"),
    ],
)
def test_a_sign_of_windows_swallows_and_joins_no_words(
    encoding: str, got: bytes, meant: str
) -> None:
    edge = InputParser(encoding)
    assert [*edge.feed(got), *edge.rest()] == typed(meant)


def test_a_line_break_of_unicode_parts_words() -> None:
    assert tokens("help\x85me\u2028now".encode()) == typed("help me now")


@pytest.mark.parametrize("gap", [0.1, 0.3, 0.9])
def test_an_enter_after_a_last_letter_in_latin_1_is_a_key(gap: float) -> None:
    meant = [*typed("tomé"), Key("enter")]
    assert delivered(gap, b"t", b"o", b"m", b"\xe9", b"\r") == meant
    assert delivered(gap, b"t", b"o", b"m\xe9", b"\r") == meant
    assert delivered(gap, b"t", b"\xe9", b"\xe9", b"\r") == [*typed("téé"), Key("enter")]


def test_an_enter_close_behind_a_letter_in_latin_1_is_of_its_text() -> None:
    assert delivered(0.01, b"t", b"o", b"m", b"\xe9", b"\r") == [Paste("tomé ")]


def delivered(gap: float, *reads: bytes) -> list[Token]:
    """What reads become, so many seconds apart, as the driver has them parsed and collected."""
    parser, collector = InputParser(), TextCollector()
    given: list[Token] = []
    for number, got in enumerate(reads):
        if collector.silence is not None and gap >= collector.silence:
            given += collector.rest()
        given += collector.feed(parser.letters_before(got), (number - 1) * gap)
        given += collector.feed(parser.feed(got), number * gap)
    return [*given, *collector.rest()]
