"""Every pair of colours that is drawn is a pair that is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.palette import PAIRS, Palette, contrast, problems
from kiosk.library.pack.build import pack_bytes
from kiosk.library.pack.reader import open_pack
from kiosk.site.content import palettes_for
from kiosk.ui.rows import TextStyle
from kiosk.ui.styles import GROUNDS, styles_of
from tests.support.library.small_tree import Tree
from tests.support.shipped import THEMES, pack, palettes

CHECKED = {(fore, back): ratio for fore, back, ratio in PAIRS}


CODES = {TextStyle.CODE_LIGHT: ("#000000", "#ffffff"), TextStyle.CODE_DARK: ("#ffffff", "#000000")}
"""Codes are black on white in every theme."""


@pytest.mark.parametrize("palette", palettes(), ids=lambda one: one.name)
def test_a_code_is_black_on_white_in_every_theme(palette: Palette) -> None:
    for look, (fore, back) in CODES.items():
        style = styles_of(palette)[look]
        assert style.color is not None
        assert style.bgcolor is not None
        assert (style.color.name, style.bgcolor.name) == (fore, back)
        assert not style.reverse


@pytest.mark.parametrize("look", [look for look in TextStyle if look not in CODES])
def test_a_look_is_drawn_in_a_checked_pair(look: TextStyle) -> None:
    least = 3.0 if look is TextStyle.LINE else 4.5
    assert CHECKED[GROUNDS[look]] >= least


@pytest.mark.parametrize("palette", palettes(), ids=lambda palette: palette.name)
def test_a_shipped_theme_can_be_read(palette: Palette) -> None:
    assert not problems(palette)
    if palette.kind != "terminal":
        for look, (fore, back) in GROUNDS.items():
            least = (
                3.0 if look is TextStyle.LINE else 7.0 if palette.kind == "high-contrast" else 4.5
            )
            assert contrast(palette.colours[fore], palette.colours[back]) >= least


def test_with_the_terminals_own_colours_the_focus_is_told_by_reverse_video() -> None:
    own = next(palette for palette in palettes() if palette.kind == "terminal")
    styles = styles_of(own)
    assert styles[TextStyle.FOCUS].reverse
    assert not styles[TextStyle.TEXT].reverse


def test_few_colours_begin_with_the_terminals_own() -> None:
    assert palettes_for(pack(), None, coloured=False)[0][0].kind == "terminal"
    assert palettes_for(pack(), None, coloured=True)[0][0].name == "clinic-light"


def test_a_theme_that_is_not_there_falls_back_and_says_so() -> None:
    chosen, complaint = palettes_for(pack(), "purple", coloured=True)
    assert chosen[0].name == "clinic-light"
    assert "purple" in complaint
    assert "clinic-dark" in complaint


def test_a_broken_theme_falls_back_by_name_and_says_why(tree: Tree, tmp_path: Path) -> None:
    themes = tmp_path / "themes"
    themes.mkdir()
    for theme in THEMES.glob("*.toml"):
        (themes / theme.name).write_text(theme.read_text())
    broken = (themes / "clinic-dark.toml").read_text().replace('text = "', 'text = "#zzz')
    (themes / "clinic-dark.toml").write_text(broken)
    opened = open_pack(pack_bytes(tree.root, themes))
    chosen, complaint = palettes_for(opened, "clinic-dark", coloured=True)
    assert chosen[0].name == "clinic-light"
    assert "clinic-dark cannot be used" in complaint
    assert "text" in complaint
