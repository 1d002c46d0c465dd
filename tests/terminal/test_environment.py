"""How many colors a terminal has, and which variables are obeyed."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from kiosk.terminal.environment import (
    can_colour,
    close_environment,
    colour_system,
    terminfo_colours,
)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NO_COLOR", "COLORTERM", "TERMINFO", "TERMINFO_DIRS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("term", "system"),
    [
        ("xterm-256color", "256"), ("alacritty", "256"), ("xterm-kitty", "256"), ("foot", "256"),
        ("xterm-ghostty", "256"), ("wezterm", "256"), ("foot-extra", "256"),
        ("tmux-direct", "truecolor"),
        ("xterm", "standard"), ("linux", "standard"), ("vt100", "standard"), ("", "standard"),
        ("../../etc/passwd", "standard"), ("kittens", "standard"),
    ],
)  # fmt: skip
def test_a_terminal_has_so_many_colors(
    term: str, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    assert colour_system() == system
    assert can_colour() == (system != "standard")


def entry(colours: int, *, long: bool) -> bytes:
    """A compiled terminfo entry of so many colors; its names make its numbers begin at an odd."""
    names, numbers = b"a|made up\0", [-1] * 13 + [colours]
    head = struct.pack("<6H", 0o1036 if long else 0o432, len(names), 1, len(numbers), 0, 0)
    form = f"<{len(numbers)}{'i' if long else 'h'}"
    return head + names + b"\1" + b"\0" * ((len(names) + 1) % 2) + struct.pack(form, *numbers)


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("folder", ["n", "6e"])
def test_terminfo_is_asked_where_it_is_there(
    long: bool, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMINFO", str(tmp_path))
    monkeypatch.setenv("TERM", "new")
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "new").write_bytes(entry(256, long=long))
    assert terminfo_colours("new") == 256
    assert colour_system() == "256"
    (tmp_path / folder / "new").write_bytes(entry(256, long=long)[:20])
    assert terminfo_colours("new") == 0


@pytest.mark.parametrize(("value", "coloured"), [(None, True), ("", True), ("1", False)])
def test_an_empty_no_color_asks_for_nothing(
    value: str | None, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.setenv("TERM", "xterm-256color")
    if value is not None:
        monkeypatch.setenv("NO_COLOR", value)
    assert can_colour() == coloured
    close_environment()
    assert ("NO_COLOR" in os.environ) == (not coloured)
