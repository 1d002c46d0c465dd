"""Contrast, against values that WCAG's own definition gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.palette import PAIRS, ROLES, Palette, contrast, luminance, problems

DARK = ("background", "bar", "status", "notice", "focus-text")
GREYS = {role: "#000000" if role in DARK else "#ffffff" for role in ROLES}
GOOD = Palette("good", "Good", "dark", GREYS)


@pytest.mark.parametrize(
    ("colour", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#008000", "#ffffff", 5.14),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast(colour: str, other: str, ratio: float) -> None:
    assert contrast(colour, other) == pytest.approx(ratio, abs=0.005)


def test_luminance() -> None:
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#000000") == 0
    assert luminance("#00ff00") == pytest.approx(0.7152)
    assert luminance("#0a0a0a") == pytest.approx(10 / 255 / 12.92)


def test_good() -> None:
    assert problems(GOOD) == ()


@pytest.mark.parametrize(("front", "ground", "ratio"), PAIRS)
def test_each_pair_is_measured(front: str, ground: str, ratio: float) -> None:
    palette = replace(GOOD, colours=GREYS | {front: "#111111", ground: "#0a0a0a"})
    listed = problems(palette)
    assert any(line.startswith(f"{front} on {ground}: contrast") for line in listed)
    assert any(f"at least {ratio}" in line for line in listed)


def test_high_contrast_asks_for_more() -> None:
    colours = GREYS | {"text": "#808080"}  # 5.3 to 1 on black
    assert problems(replace(GOOD, colours=colours)) == ()
    listed = problems(replace(GOOD, kind="high-contrast", colours=colours))
    assert listed == ("text on background: contrast 5.32, at least 7.0",)
    line = GREYS | {"line": "#808080"}
    assert problems(replace(GOOD, kind="high-contrast", colours=line)) == ()


def test_terminal() -> None:
    default = Palette("t", "T", "terminal", dict.fromkeys(ROLES, "default"))
    assert problems(default) == ()
    assert problems(replace(default, colours=default.colours | {"text": "#000000"}))  # type: ignore[operator]
    assert problems(replace(GOOD, colours=GREYS | {"text": "default"}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": "#fff"}, "is not a colour"),
        ({"text": "white"}, "is not a colour"),
        ({"glow": "#ffffff"}, "glow: no such role"),
    ],
)
def test_bad_colours(change: dict[str, str], words: str) -> None:
    listed = problems(replace(GOOD, colours=GREYS | change))
    assert len(listed) == 1
    assert words in listed[0]


def test_missing_role_and_unknown_kind() -> None:
    fewer = {role: colour for role, colour in GREYS.items() if role != "line"}
    assert problems(replace(GOOD, colours=fewer)) == ("line: no colour",)
    assert 'kind "dim"' in problems(replace(GOOD, kind="dim"))[0]
    assert problems(replace(GOOD, kind="light")) == ("background: not light",)
