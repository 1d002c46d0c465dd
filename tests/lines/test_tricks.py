"""Tricks against the gate, typed line by line: it stays closed."""

from __future__ import annotations

import pytest

from tests.support.core.gated_terms import gated_terms
from tests.support.lines.arrivals import INTERRUPT, Arrival, printed_for

OPEN = "You have read all the cautions"
LATE = 2.5
"""Seconds after which the first caution's prompt is there."""


def at_once(*lines: str) -> list[Arrival]:
    """Lines that come in one piece, before the caution can be answered."""
    return [(0.1, "".join(f"{line}\n" for line in lines).encode())]


def at_the_prompt(*lines: str) -> list[Arrival]:
    """Lines that come in one piece, when the caution can be answered."""
    return [(LATE, "".join(f"{line}\n" for line in lines).encode())]


def paced(gap: float, line: str, count: int) -> list[Arrival]:
    """The same line again and again."""
    return [(LATE + gap * i, f"{line}\n".encode()) for i in range(count)]


TRICKS: dict[str, list[Arrival]] = {
    # numbers
    "one, five times in one piece": at_once(*"11111"),
    "one, five times at the prompt": at_the_prompt(*"11111"),
    "ones without end": paced(0.1, "1", 4000),
    "ones as a held key repeats": paced(0.03, "1", 4000),
    "ones half a second apart": paced(0.5, "1", 400),
    "all numbers in one line": at_the_prompt("1 1 1 1 1"),
    "numbers with commas": at_the_prompt("1,1,1,1,1"),
    "a range": at_the_prompt("1-5"),
    "eleven thousand and more": at_the_prompt("11111"),
    "zero": at_the_prompt("0"),
    "minus one": at_the_prompt("-1"),
    "the number of the supplements in the steps": at_the_prompt("10"),
    "a number of five thousand digits": at_the_prompt("1" * 5000),
    "numbers of another script, in one piece": at_once(*"１１１１１"),
    # words
    "yes to all": paced(3.5, "yes to all", 5),
    "yes": paced(3.5, "yes", 5),
    "all": paced(3.5, "all", 5),
    "ok": paced(3.5, "ok", 5),
    "accept all": paced(3.5, "accept all", 5),
    "I agree": paced(3.5, "I agree", 5),
    "I have read them all": paced(3.5, "I have read them all", 5),
    "I have not read this": paced(3.5, "I have not read this", 9),
    "I": paced(3.5, "I", 9),
    "this": paced(3.5, "this", 9),
    "the event by its name": at_the_prompt(*["acknowledge", "acknowledged=all"] * 5),
    "the answers in one sentence": at_the_prompt("I have read this, I have read this"),
    "read": paced(3.5, "read", 5),
    "read this": paced(3.5, "read this", 5),
    "I have": paced(3.5, "I have", 5),
    "go on": paced(3.5, "go on", 5),
    "minus one, slowly": paced(3.5, "-1", 5),
    "the right answer, pasted": at_the_prompt(*["I have read this"] * 5),
    "unsure, again and again": paced(3.5, "I am not sure", 40),
    # side doors
    "the section by its name": at_the_prompt("supplements", "Supplements", "open supplements"),
    "the section by its id": at_the_prompt("section-supplements", "product-zinc"),
    "a product by its name": at_the_prompt("zinc", "how much zinc?", "probiotics"),
    "the section from the steps": at_the_prompt("steps", "10", "steps", "supplements"),
    "next and next": at_the_prompt(*["next"] * 100),
    "back and forth": at_the_prompt(*["back", "next"] * 20),
    "without, then the list": at_the_prompt("without supplements", "steps", "10", "next", "next"),
    "sources of the caution": at_the_prompt("sources", "1", "2", "3", "next"),
    "other words, and back": at_the_prompt("words", "4", "words", "1", "next"),
    "start over, yes and no": at_the_prompt("start over", "no", "start over", "yes", "next"),
    "again and one, in one piece": at_the_prompt(*["again", "1"] * 6),
    "help and one, in one piece": at_the_prompt(*["help", "back", "1"] * 6),
    # blanks and control characters
    "blank lines": at_the_prompt(*[""] * 200),
    "blank lines, slowly": paced(3.0, "", 20),
    "carriage returns": [(LATE, b"1\r1\r1\r1\r1\r")],
    "bracketed paste": [(LATE, b"\x1b[200~1\n1\n1\n1\n1\n\x1b[201~\n")],
    "arrows and Enter": [(LATE + i, b"\x1b[A\n") for i in range(20)],
    "a line of NULs": [(LATE, b"\x00" * 9000 + b"\n")],
    "Ctrl+D as a character": [(LATE, b"\x04\n\x04\n")],
    "bytes that are no text": [(LATE, bytes(range(128, 256)) * 20 + b"\n")],
    "a line without end": [(LATE + i / 100, b"1" * 4096) for i in range(200)],
    # the end, and interrupts
    "the end in the middle": [(0.5, b"1")],
    "the end at the prompt": [(LATE, b"1")],
    "an interrupt, then ones": [(0.5, INTERRUPT), (0.6, b"1\n1\n1\n1\n1\n")],
    "interrupts and ones": [(LATE, INTERRUPT), (LATE + 0.1, b"1\n1\n1\n1\n1\n"), (9, INTERRUPT)],
    "two interrupts": [(0.5, INTERRUPT), (0.6, INTERRUPT), (0.7, b"1\n1\n1\n1\n1\n")],
}  # fmt: skip


ANSWERS = {
    "one, five times at the prompt", "ones without end", "ones as a held key repeats",
    "ones half a second apart", "the right answer, pasted", "carriage returns",
    "the end at the prompt", "bracketed paste",
}  # fmt: skip
"""Tricks that begin with one honest answer, which counts."""
GOES_ON = {"unsure, again and again"}
"""Goes from caution to caution and acknowledges none."""


def test_there_are_fifty_tricks() -> None:
    assert len(TRICKS) >= 50


@pytest.mark.parametrize("name", TRICKS)
def test_the_gate_stays_closed(name: str) -> None:
    output = printed_for(TRICKS[name])
    assert "Caution 1 of 4" in output
    if name not in GOES_ON:
        assert f"Caution {3 if name in ANSWERS else 2} of 4" not in output
    assert OPEN not in output
    answers = [line for line in output.split("\n") if not line.startswith(">")]
    said = " ".join(answers).casefold()
    assert not gated_terms().search(said)
    assert "Goodbye." in output[-160:]


def test_somebody_who_reads_and_answers_gets_through() -> None:
    output = printed_for(paced(3.5, "1", 4))
    assert OPEN in output
    assert (
        "probiotic"
        in printed_for([*paced(3.5, "1", 4), *((30 + n, b"next\n") for n in range(12))]).casefold()
    )


def test_an_answer_pasted_five_times_answers_one_caution() -> None:
    output = printed_for(at_the_prompt(*["1"] * 5))
    assert "Caution 2 of 4" in output
    assert "Caution 3 of 4" not in output


def test_input_that_never_falls_silent_ends_the_visit() -> None:
    assert "Too much was typed at once" in printed_for(paced(0.1, "1", 4000))
