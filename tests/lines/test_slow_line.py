"""A caution counts from when a slow or stopped serial line has sent it."""

from __future__ import annotations

import os
import sys

import pytest

from kiosk.lines.stdin import StandardInput
from tests.support.lines.arrivals import printed_for

NEXT_CAUTION = "Caution 2 of"
SENT = 10.0
"""Second at which the line has sent the first caution."""


@pytest.mark.parametrize("at", [1.0, 4.0, SENT - 0.1, SENT + 0.5])
def test_a_key_that_is_pressed_while_the_line_stalls_answers_no_caution(at: float) -> None:
    assert NEXT_CAUTION in printed_for([(4.0, b"1\n")])
    assert NEXT_CAUTION not in printed_for([(at, b"1\n")], sent_at=SENT)


def test_after_a_stall_the_caution_can_be_answered() -> None:
    assert NEXT_CAUTION in printed_for([(SENT + 4, b"1\n")], sent_at=SENT)
    assert NEXT_CAUTION in printed_for([(SENT - 1, b"1\n"), (SENT + 6, b"1\n")], sent_at=SENT)


def test_a_stall_is_no_flood_however_long_it_lasts() -> None:
    assert NEXT_CAUTION in printed_for([(44.0, b"1\n")], sent_at=40.0)


def test_a_visit_on_a_line_that_stays_stopped_ends_as_any_other() -> None:
    printed = printed_for([(900.0, b"")], sent_at=10_000.0)
    assert "Are you still there?" in printed


def test_a_pseudo_terminal_and_a_pipe_never_send(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else holds what they were given: nobody can say from here what has arrived."""
    source = object.__new__(StandardInput)  # its input is not looked at
    controller, terminal = os.openpty()
    reading, writing = os.pipe()
    for descriptor in (terminal, writing):
        with open(os.dup(descriptor), "w", encoding="utf-8") as output:
            monkeypatch.setattr(sys, "stdout", output)
            output.write("words\n")
            output.flush()
            assert not source.is_sending()
    for descriptor in (controller, terminal, reading, writing):
        os.close(descriptor)
