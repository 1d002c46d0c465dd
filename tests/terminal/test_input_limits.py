"""Input that no person makes key by key: text as a whole, floods, stuck keys."""

from __future__ import annotations

import pytest

from kiosk.terminal.input import LONGEST_PASTE, InputParser
from kiosk.terminal.input_limits import (
    TYPED_AT_ONCE,
    TYPED_PER_MINUTE,
    HeldKeyFilter,
    StuckKeyFilter,
    TextCollector,
)
from kiosk.terminal.keys import Character, Key, Paste, Token
from kiosk.token_bucket import TokenBucket


def typed(text: str) -> list[Token]:
    return [Character(character) for character in text]


def test_a_bucket_lets_a_person_through_and_no_flood() -> None:
    bucket = TokenBucket(TYPED_PER_MINUTE, 0.0, TYPED_AT_ONCE)
    assert sum(bucket.try_take(0.0) for _ in range(1000)) == 40
    assert sum(bucket.try_take(1.0) for _ in range(1000)) == 40
    assert sum(bucket.try_take(1.0 + n / 20) for n in range(1, 200)) == 199
    drained = TokenBucket(TYPED_PER_MINUTE, 0.0, 1)
    assert drained.try_take(100.0)
    assert not drained.try_take(50.0)  # a clock that ran backwards fills nothing


def test_a_key_that_nobody_holds_is_stuck_until_it_pauses() -> None:
    stuck, key = StuckKeyFilter(), Key("down")
    at = 0.0
    while at < 29:
        assert not stuck.is_stuck(key, at)
        at += 0.03
    while at < 29 + 5:
        stuck.is_stuck(key, at)
        at += 0.03
    assert stuck.is_stuck(key, at)
    assert not stuck.is_stuck(Key("up"), at + 0.1)
    assert not stuck.is_stuck(key, at + 0.2)
    assert not stuck.is_stuck(key, at + 5)


def test_a_person_who_presses_the_same_key_for_long_is_not_stuck() -> None:
    stuck = StuckKeyFilter()
    assert not any(stuck.is_stuck(Key("down"), at) for at in range(600))


def test_enter_counts_once_while_it_is_held_and_a_key_that_moves_each_time() -> None:
    for token, counts in ((Key("enter"), 3), (Character(" "), 3), (Key("pagedown"), 40)):
        held = HeldKeyFilter()
        times = [0.0, *(0.5 + number / 30 for number in range(38)), 3.0]
        assert sum(not held.is_held(token, at) for at in times) == counts


def collected(*reads: tuple[float, bytes]) -> list[Token]:
    """What comes through of reads at their seconds, with a silence after the last."""
    parser, collector = InputParser(), TextCollector()
    tokens: list[Token] = []
    before = 0.0
    for at, got in reads:
        if collector.silence is not None and at - before >= collector.silence:
            tokens += collector.rest()
        before = at
        tokens += collector.feed(parser.feed(got), at)
    return [*tokens, *collector.rest()]


SENTENCE = "Is a diet good, and I just swallowed a whole bottle of sleeping tablets, all of them?"


@pytest.mark.parametrize("size", [1, 2, 3, 10, 4096])
@pytest.mark.parametrize("gap", [0.0, 0.001, 0.005, 0.05])
def test_text_that_comes_faster_than_anybody_types_is_whole(size: int, gap: float) -> None:
    text = SENTENCE.encode()
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    tokens = collected(*((number * gap, piece) for number, piece in enumerate(pieces)))
    assert all(isinstance(token, Character | Paste) for token in tokens)
    assert "".join(token.text for token in tokens) == SENTENCE  # type: ignore[union-attr]


def test_an_enter_that_comes_with_its_text_is_no_answer_to_it() -> None:
    assert collected((0, b"two lines\r\nof text\r\n")) == [Paste("two lines of text ")]
    assert collected((0, b"a line"), (0.05, b"\r")) == [Paste("a line ")]
    assert collected((0, b"a line"), (0.5, b"\r")) == [Paste("a line"), Key("enter")]


@pytest.mark.parametrize("gap", [0.005, 0.012, 0.02, 0.03])
def test_letters_close_behind_one_another_are_text_with_their_line_ends(gap: float) -> None:
    got = b"no special diet\rI swallowed a whole bottle\r"
    tokens = collected(*((number * gap, bytes([byte])) for number, byte in enumerate(got)))
    assert tokens == [Paste("no special diet I swallowed a whole bottle ")]


def test_a_line_end_after_a_hiccup_is_still_of_its_text() -> None:
    tokens = collected((0, b"l"), (0.01, b"e"), (0.11, b"t"), (0.12, b"\r"), (0.13, b"no"))
    assert tokens == [Paste("le"), Paste("t no")]
    assert collected((0, b"let"), (0.5, b"s\r")) == [Paste("let"), Paste("s ")]


def test_a_fast_writer_asks_with_enter() -> None:
    assert collected((0, b"g"), (0.03, b"a"), (0.1, b"s"), (0.18, b"\r")) == [
        Paste("ga"), Character("s"), Key("enter"),
    ]  # fmt: skip


def test_a_letter_that_repeats_is_a_key_each_time() -> None:
    assert collected(*((number / 40, b"n") for number in range(9))) == typed("n" * 9)


def test_keys_that_a_person_presses_stay_keys() -> None:
    assert collected((0, b"n"), (0.12, b"n"), (0.2, b"\r")) == [*typed("nn"), Key("enter")]
    assert collected((0, b"ab")) == typed("ab")
    assert collected((0, b"\x1b[B\x1b[B\r")) == [Key("down"), Key("down"), Key("enter")]


def test_keys_in_a_flood_are_dropped_and_text_in_one_is_bounded() -> None:
    assert len(collected((0, b"\x1b[B" * 1000))) == 40
    assert collected((0, b"x" * 100_000)) == [Paste("x" * LONGEST_PASTE)]
