"""What is drawn reaches the terminal; what could command it does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.terminal.output import bare, filtered

KNOWN = re.compile(
    r"(?:\x1b\[(?:[\d;]*m|\d+;\d+H|H|[23]?J|2K|\?(?:7|25|1000|1002|1006|1049|2004|2026)[hl])|[\r\n]|[^\x00-\x1f\x7f-\x9f])*"
)


@pytest.mark.parametrize(
    "drawn",
    [
        "Plain words, “quoted”, 日本, é │ ─ ► • ░ █",
        "\x1b[1;38;2;10;20;30;48;2;1;2;3mtext\x1b[0m\r\n",
        "\x1b[12;40H\x1b[H\x1b[2J\x1b[J\x1b[2K",
        "\x1b[?1002h\x1b[?2004h\x1b[?1049h\x1b[?1000h\x1b[?1006h\x1b[?25l\x1b[?7l\x1b[?2026h",
    ],
)
def test_what_is_drawn_goes_through(drawn: str) -> None:
    assert filtered(drawn) == drawn


@pytest.mark.parametrize(
    ("drawn", "left"),
    [
        ("a\x1b]52;c;c2VjcmV0\x07b", "ab"),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("a\x1b[?2026$pb\x1b[6n\x1b[c\x1b[>4;1m", "ab"),
        ("a\x1b[?1003h\x1b[?1004h\x1b[>25u\x1b[21tb", "ab"),
        ("a\x1bcb\x1b7\x1b(0", "ab"),
        ("a\x9b2Jb\x00\x07\x08\x0e\x7f\x85", "a2Jb"),
        ("a\u202eb\u200b\ufeff\u2066\ud800", "ab"),
        ("a\x1b", "a"),
        ("a\x1b[", "a"),
    ],
)
def test_what_is_not_drawing_is_dropped(drawn: str, left: str) -> None:
    assert filtered(drawn) == left


@given(
    st.text(alphabet=st.sampled_from("\x1b[]?;0123456789mHJhlPq\\\x07\x9b\x00aé\n"), max_size=60)
)
def test_whatever_is_drawn_only_the_list_comes_out(drawn: str) -> None:
    once = filtered(drawn)
    assert KNOWN.fullmatch(once), (drawn, once)


def test_ascii_is_a_character_for_a_character() -> None:
    drawn = "\x1b[1m┌─┐ ► é ñ ¿Qué? … 5 µg ≈ 日\x1b[0m"
    cleaned = bare(drawn)
    assert cleaned == "\x1b[1m+-+ > e n ?Que? . 5 ug ? ?\x1b[0m"
    assert len(cleaned) == len(drawn)
