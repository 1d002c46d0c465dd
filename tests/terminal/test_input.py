"""Bytes in, keys out: what is on the lists, and that nothing else gets through."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.question import LONGEST_QUESTION
from kiosk.terminal.input import LONGEST_PASTE, LONGEST_SEQUENCE, InputParser
from kiosk.terminal.keys import (
    Character,
    Key,
    MouseButton,
    MouseDrag,
    MouseWheel,
    Paste,
    Token,
)

NAMES = {
    "up", "down", "left", "right", "enter", "home", "end", "pageup", "pagedown", "delete",
    "shift+tab", "tab", "backspace", "escape", "ctrl+left", "ctrl+right", "ctrl+backspace",
    "ctrl+delete",
}  # fmt: skip


def tokens(*pieces: bytes) -> list[Token]:
    """What pieces with silence after the last of them are."""
    edge = InputParser()
    tokens = [token for piece in pieces for token in edge.feed(piece)]
    return [*tokens, *edge.rest()]


def typed(text: str) -> list[Token]:
    return [Character(character) for character in text]


@pytest.mark.parametrize(
    ("got", "meant"),
    [
        (b"a1 ?", typed("a1 ?")),
        ("é日ñ".encode(), typed("é日ñ")),
        (b"\r\n\t\x7f\x08", [Key(n) for n in ("enter", "tab", "backspace", "backspace")]),
        (b"\x1b[A\x1bOB\x1b[5~\x1b[Z", [Key(n) for n in ("up", "down", "pageup", "shift+tab")]),
        (b"\x1b", [Key("escape")]),
        (b"\x1b[<0;11;3M\x1b[<0;11;3m", [MouseButton(10, 2, True), MouseButton(10, 2, False)]),
        (b"\x1b[<64;1;1M\x1b[<65;1;1M", [MouseWheel(0, 0, True), MouseWheel(0, 0, False)]),
        (b"\r\r\n\n", [Key("enter")] * 3),
        (b"\x1b[<0;2;2M\x1b[<32;2;3M", [MouseButton(1, 1, True), MouseDrag(1, 2)]),
        (b"\x1b[1;5D\x1bf\x17", [Key(n) for n in ("ctrl+left", "ctrl+right", "ctrl+backspace")]),
        # kitty's keyboard protocol, left on by another program
        (b"\x1b[27u\x1b[27;1:1u\x1b[27;129u\x1b[13u", [Key("escape")] * 3 + [Key("enter")]),
        (b"\x1b[97u\x1b[97;2u\x1b[233;1;233u", typed("aAé")),
        (b"\x1b[1;1:1A\x1b[9;2u\x1b[3;1:1~", [Key(n) for n in ("up", "shift+tab", "delete")]),
        (
            b"\x1b[1;129B\x1b[1;65C\x1b[57420u\x1b[5;193~\x1b[57414;129u\x1b[1;133D",
            [Key(n) for n in ("down", "right", "down", "pageup", "enter", "ctrl+left")],
        ),
        (b"\x1b[57400;129u\x1b[57408u", typed("19")),
        (b"\x1b[27;1:3u\x1b[27;3u\x1b[57441u\x1b[1;1:3A\x1b[1114112u", []),
        # each ends where the terminal ends it
        (b"\x1b[[A\x1b[[B\x1b[[En", typed("n")),
        (b"\x1b(Bn\x1b#8n\x1b N\x1b%Gn\x1b(!9n", typed("nnnn")),
        (b"\x1bNxn\x1bRyn", typed("nn")),
        (b"\x1b[200~two\r\x1b[31mlines\x1b[201~n", [Paste("two lines"), Character("n")]),
        # dropped
        (b"\x00\x01\x03\x04\x11\x13\x1a\x1c", []),
        (b"\x8e\x8f\x90\x98\x9b\x9d\x9e\x9f", []),
        (b"\x1b\xc3\xb1n\x1bN\xc3\xb1n\x1b\xf1n", typed("nnn")),
        ("\x9b31m\u202e\u200b".encode(), typed("31m")),
        (b"\x1b[97;1:3u\x1b[113;5u\x1b[27;5;113~\x1b[:u\x1b[4:P", []),
        (b"\x1b[M\xff\xff\xffn", typed("n")),
        (b"\x1b[M   n", typed("n")),
        (b"\x1b[48;12000;12000;1;1t\x1b[?2048;1$y\x1b[12;40R\x1b[?1;2c", []),
        (b"\x1b]52;c;aGFsbG8=\x07n", typed("n")),
        (b"\x1b]lsecret\x1b\\n", typed("n")),
        (b"\x1bPq#0;2;0\x1b\\\x1b_Ga=T\x1b\\\x1b^x\x1b\\\x1bXy\x1b\\", []),
        (b"\x1bq\x1b!", []),
        (b"\x1b[<0;0;0M\x1b[<2;5;5M\x1b[<1;5;5M\x1b[<35;5;5M\x1b[<0;999999;1M", []),
        (b"\x1b[I\x1b[O\x1b[15~\x1b[1;5A\x1b[24~", []),
    ],
)
def test_bytes_mean(got: bytes, meant: list[Token]) -> None:
    assert tokens(got) == meant
    assert tokens(*(bytes([byte]) for byte in got)) == meant


def test_a_lone_escape_is_a_key_only_after_silence() -> None:
    edge = InputParser()
    assert list(edge.feed(b"\x1b")) == []
    assert not edge.is_between
    assert list(edge.feed(b"[A")) == [Key("up")]
    assert edge.is_between


@pytest.mark.parametrize(
    "key",
    [
        b"\x1b[A", b"\x1bOB", b"\x1b[1;5C", b"\x1b[5~", b"\x1b[27u", b"\x1b[[A", b"\x1b(B",
        b"\x1b#8", b"\x1b%G", b"\x1bNx", b"\x1b]11;rgb:ffff/ffff\x1b\\", b"\x1b]0;n\x07",
        b"\x1bP1+r544e\x1b\\", b"\x1b_Ga=T\x1b\\", b"\x1b[<0;10;5m",
    ],
)  # fmt: skip
def test_a_key_whose_bytes_come_with_silence_between_writes_nothing(key: bytes) -> None:
    for cut in range(1, len(key)):
        edge = InputParser()
        tokens = [*edge.feed(key[:cut]), *edge.rest(), *edge.feed(key[cut:] + b"n")]
        assert tokens == [*([Key("escape")] if cut == 1 else []), Character("n")]


def test_a_key_whose_bytes_all_come_with_silence_between_is_back_at_most() -> None:
    for key in (b"\x1b[A", b"\x1bOA", b"\x1b[[A", b"\x1b(B"):
        edge = InputParser()
        given = [token for byte in key for token in [*edge.feed(bytes([byte])), *rest_if_due(edge)]]
        assert given == [Key("escape")]
        assert list(edge.feed(b"n")) == [Character("n")]


def rest_if_due(edge: InputParser) -> list[Token]:
    """Return what 0.3 s of silence makes of the bytes so far."""
    return list(edge.rest()) if edge.silence is not None and edge.silence < 0.3 else []


def test_after_a_second_silence_nothing_more_is_dropped() -> None:
    for start in (b"\x1b", b"\x1b[", b"\x1bO", b"\x1b[1;", b"\x1b[[", b"\x1b("):
        edge = InputParser()
        list(edge.feed(start))
        list(edge.rest())
        assert list(edge.rest()) == []
        assert edge.is_between
        assert list(edge.feed(b"[A")) == typed("[A")


def test_cr_lf_is_one_enter_also_in_two_pieces() -> None:
    edge = InputParser()
    assert [*edge.feed(b"1\r"), *edge.feed(b"\n2\n")] == [
        Character("1"), Key("enter"), Character("2"), Key("enter"),
    ]  # fmt: skip


@pytest.mark.parametrize("start", [b"\x1b]", b"\x1bP", b"\x1b[", b"\x1b[200~", b"\x1b_", b"\xe2"])
def test_what_does_not_end_swallows_no_key_after_two_silences(start: bytes) -> None:
    edge = InputParser()
    assert not [t for t in edge.feed(start + b"1" * 100_000) if not isinstance(t, Character)]
    assert all(is_refused(token) for token in [*edge.rest(), *edge.rest()])
    assert edge.is_between
    assert list(edge.feed(b"n\r")) == [Character("n"), Key("enter")]


def test_an_unended_sequence_types_nothing() -> None:
    for start in (b"\x1b]", b"\x1bP", b"\x1b[", b"\x1b_"):
        assert tokens(start + b"1" * 100_000) == []


def is_refused(token: Token) -> bool:
    """Return whether it is text that no field takes."""
    return isinstance(token, Paste) and LONGEST_QUESTION < len(token.text) <= LONGEST_PASTE


DANGER = b"I just swallowed a whole bottle of tablets."


def test_a_paste_that_stalls_is_whole_when_its_mark_comes() -> None:
    edge = InputParser()
    for piece in (b"\x1b[200~" + DANGER, b" Is a diet good\x1b", b"[201"):
        assert list(edge.feed(piece)) == []
        assert (edge.silence or 0) >= 10
    assert list(edge.feed(b"~n")) == [Paste(f"{DANGER.decode()} Is a diet good"), *typed("n")]


def test_what_comes_of_a_paste_after_it_was_given_up_is_dropped() -> None:
    edge = InputParser()
    list(edge.feed(b"\x1b[200~" + DANGER))
    (refused,) = edge.rest()
    assert is_refused(refused)
    assert refused.text.startswith(DANGER.decode())  # type: ignore[union-attr]
    assert list(edge.feed(b" Is a diet good\r\x1b[201~n")) == typed("n")
    assert edge.is_between


def test_a_paste_without_its_mark_deafens_nobody() -> None:
    for press in (b"", b"\x1b[<0;11;3M", b"\x1b[B", b"\x1b\x1b"):
        edge = InputParser()
        list(edge.feed(b"\x1b[200~" + DANGER + b"\x1b]111"))
        assert (edge.silence or 1) < 0.5
        assert list(edge.rest()) == []
        refused = list(edge.feed(press) if press else edge.rest())
        assert [is_refused(token) for token in refused] == [True]
        assert list(edge.feed(b"n\x1b[B")) == []
        assert (edge.silence or 0) < (0.5 if press else 5)
        assert list(edge.rest()) == []
        assert list(edge.feed(b"\x1b[Bn")) == [Key("down"), *typed("n")]


def test_a_character_whose_bytes_come_slowly_is_one_character() -> None:
    for text, encoding in (("é日👩", "utf-8"), ("人参", "gbk")):
        edge = InputParser(encoding)
        given = []
        for byte in text.encode(encoding):
            given += [*edge.feed(bytes([byte])), *rest_if_due(edge)]
        assert given == typed(text)


@pytest.mark.parametrize("encoding", ["iso8859-1", "iso8859-15"])
def test_a_terminal_of_eight_bits_may_begin_a_sequence_with_one(encoding: str) -> None:
    edge = InputParser(encoding)
    assert list(edge.feed(b"\x9bA\x8fBn\xe9")) == [Key("up"), Key("down"), *typed("né")]


def test_a_paste_is_cut() -> None:
    assert tokens(b"\x1b[200~" + b"x" * 100_000 + b"\x1b[201~") == [Paste("x" * LONGEST_PASTE)]


def is_known(token: Token) -> bool:
    match token:
        case Key(name):
            return name in NAMES
        case Character(text):
            return len(text) == 1 and text.isprintable()
        case Paste(text):
            return len(text) <= LONGEST_PASTE and text.isprintable()
        case MouseButton(x, y) | MouseWheel(x, y) | MouseDrag(x, y):
            return 0 <= x < 100_000 and 0 <= y < 100_000
    return False


def waiting_bytes(edge: InputParser) -> int:
    return len(edge._sequence) + len(edge._paste or ())


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_nothing_but_the_lists_comes_out_of_anything(pieces: list[bytes]) -> None:
    assert all(is_known(token) for token in tokens(*pieces))


CRUMBS = [
    b"\x1b", b"[", b"]", b"O", b"P", b"_", b"<", b";", b"0", b"200~", b"201~", b"M", b"m", b"u",
    b"\x07", b"\\", b"\xff", b"\xc3", b"\xa9", b"\x9b", b"A", b"1", b"\r", b"\x18", b":", b"?",
]  # fmt: skip


def crumbs(count: int, seed: int) -> None:
    chance = random.Random(seed)
    edge = InputParser()
    for _ in range(count // 50):
        piece = b"".join(chance.choices(CRUMBS, k=50))
        assert all(is_known(token) for token in edge.feed(piece))
        assert waiting_bytes(edge) <= LONGEST_SEQUENCE + LONGEST_PASTE
        if chance.random() < 0.1:
            assert all(is_known(token) for token in [*edge.rest(), *edge.rest()])
            assert waiting_bytes(edge) == 0


def test_crumbs_of_sequences() -> None:
    crumbs(200_000, 1)


@pytest.mark.second_tier
def test_ten_million_crumbs_of_sequences() -> None:
    crumbs(10_000_000, 2)
