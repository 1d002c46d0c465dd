"""A theme is loaded, or it failed and says why; the shipped ones are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.library.themes import FailedTheme, LoadedTheme, load_themes

SHIPPED = Path(__file__).parents[2] / "themes"
LIGHT = (SHIPPED / "clinic-light.toml").read_text()


def test_shipped_themes() -> None:
    themes = load_themes(SHIPPED)
    assert all(isinstance(theme, LoadedTheme) for theme in themes), themes
    kinds = {theme.palette.kind for theme in themes if isinstance(theme, LoadedTheme)}
    assert kinds == {"light", "dark", "high-contrast", "terminal"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('text = "#1f2a33"', 'text = "#eeeeee"', "text on background: contrast"),
        ('text = "#1f2a33"', "", "text: no colour"),
        ('text = "#1f2a33"', 'text = "ink"', 'text: "ink" is not a colour'),
        ('text = "#1f2a33"', "text = 5", "colours.text: must be text"),
        ("muted =", "mutde =", "mutde: no such role"),
        ('kind = "light"', 'kind = "lihgt"', 'Did you mean "light"?'),
        ('kind = "light"', 'kind = "dark"', "background: not dark"),
        ('title = "Light"', 'titel = "Light"', 'unknown key "titel". Did you mean "title"?'),
        ('"Light"', '"Li\\u202eght"', "U+202E"),
        ('name = "clinic-light"', 'name = "other"', 'name "other" is not the name of the file'),
        ("[colours]", "[colours", "not valid TOML"),
    ],
)
def test_a_bad_theme_keeps_its_cause(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in LIGHT
    (tmp_path / "clinic-light.toml").write_text(LIGHT.replace(old, new, 1))
    (tmp_path / "terminal.toml").write_text((SHIPPED / "terminal.toml").read_text())
    bad, good = load_themes(tmp_path)
    assert isinstance(bad, FailedTheme)
    assert isinstance(good, LoadedTheme)
    assert words in "\n".join(map(str, bad.causes))


def test_no_directory(tmp_path: Path) -> None:
    assert load_themes(None) == ()
    assert load_themes(tmp_path / "none") == ()
