"""Text is measured, wrapped and cut in cells."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.cells import cut, padded, width_of, wrap

WORDS = st.lists(st.text("abc-'.,", min_size=1, max_size=8), max_size=30)
ANY = st.text(st.sampled_from("ab -人参，。👩é\u0301가나ｶﾞ"), max_size=80)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("人参", 4), ("e\u0301", 1), ("👩", 2), ("ｶ", 1), ("─►é", 3), ("가", 2), ("", 0)],
)
def test_a_text_has_a_width(text: str, width: int) -> None:
    assert width_of(text) == width


@given(WORDS, st.integers(8, 40))
def test_what_is_narrow_is_wrapped_as_ever(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert wrap(text, width) == textwrap.wrap(text, width, break_on_hyphens=False)


@given(ANY, st.integers(2, 40))
def test_no_line_is_wider_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


@given(ANY, st.integers(0, 40))
def test_what_is_cut_fits_and_is_padded_to_its_width(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width
    assert width_of(padded(cut(text, width), width)) == width
    assert text.startswith(cut(text, width))


def test_wide_text_is_broken_between_its_characters_and_a_comma_begins_no_line() -> None:
    assert wrap("不要买黄连素片，或板蓝根。", 8) == ["不要买黄", "连素片，", "或板蓝", "根。"]
    assert wrap("see 人参 now", 6) == ["see 人", "参 now"]
