"""Palettes: colors for each role on the screen, and the contrast that they must have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kiosk.fast_dataclass import dataclass

ROLES: Final = (
    "background",
    "text",
    "muted",
    "title",
    "line",
    "bar",
    "bar-text",
    "status",
    "status-text",
    "focus",
    "focus-text",
    "caution",
    "notice",
    "notice-text",
)
"""The roles that have a colour. A role with a `-text` counterpart is the background of that."""

TEXT_RATIO = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
MARK_RATIO = 3.0
"""WCAG 2.2, success criterion 1.4.11: what must be told from its ground, but not read."""
HIGH_CONTRAST_RATIO = 7.0
"""WCAG 2.2, success criterion 1.4.6: text of a high-contrast palette."""

PAIRS: Final = (
    ("text", "background", TEXT_RATIO),
    ("muted", "background", TEXT_RATIO),
    ("title", "background", TEXT_RATIO),
    ("caution", "background", TEXT_RATIO),
    ("background", "caution", TEXT_RATIO),
    ("bar-text", "bar", TEXT_RATIO),
    ("status-text", "status", TEXT_RATIO),
    ("focus-text", "focus", TEXT_RATIO),
    ("notice-text", "notice", TEXT_RATIO),
    ("line", "background", MARK_RATIO),
    ("focus", "background", MARK_RATIO),
)
"""Pairs of roles, the first drawn on the second, with the least contrast between the two."""

KINDS: Final = ("light", "dark", "high-contrast", "terminal")
TERMINAL_COLOUR = "default"
"""The colour that the visitor's terminal has of its own."""

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@dataclass(frozen=True)
class Palette:
    """A palette: a named set of colors, one for each role, such as text or background."""

    name: str
    title: str
    """The title that a visitor is shown; the program's words come first where they have one for
    it."""
    kind: str
    """`light`, `dark`, `high-contrast` or `terminal`."""
    colours: Mapping[str, str]
    """`#rrggbb` by role; in a terminal palette `default`."""


def luminance(colour: str) -> float:
    """The relative luminance of a color `#rrggbb`, from 0, black, to 1, white (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str) -> float:
    """The contrast ratio of two colors `#rrggbb`, from 1, none, to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def problems(palette: Palette) -> tuple[str, ...]:
    """Return the reasons why a palette cannot be used, one text each, such as too little contrast;
    empty if there are none.
    """
    unusable = [*_kind(palette), *_colours(palette)]
    if not unusable and palette.kind != "terminal":
        unusable = [*_contrasts(palette), *_ground(palette)]
    return tuple(unusable)


def _kind(palette: Palette) -> Iterator[str]:
    if palette.kind not in KINDS:
        yield f'kind "{palette.kind}" is not one of {", ".join(KINDS)}'


def _colours(palette: Palette) -> Iterator[str]:
    for role in ROLES:
        colour = palette.colours.get(role)
        if colour is None:
            yield f"{role}: no colour"
        elif palette.kind == "terminal" and colour != TERMINAL_COLOUR:
            yield f'{role}: "{colour}", but a terminal palette has only "{TERMINAL_COLOUR}"'
        elif palette.kind != "terminal" and not _HEX.fullmatch(colour):
            yield f'{role}: "{colour}" is not a colour such as "#1a2b3c"'
    for role in palette.colours:
        if role not in ROLES:
            yield f"{role}: no such role"


def _contrasts(palette: Palette) -> Iterator[str]:
    for front, ground, ratio in PAIRS:
        least = ratio
        if palette.kind == "high-contrast" and ratio == TEXT_RATIO:
            least = HIGH_CONTRAST_RATIO
        measured = contrast(palette.colours[front], palette.colours[ground])
        if measured < least:
            yield f"{front} on {ground}: contrast {measured:.2f}, at least {least}"


def _ground(palette: Palette) -> Iterator[str]:
    is_light = luminance(palette.colours["background"]) > 0.5
    if palette.kind in ("light", "dark") and is_light != (palette.kind == "light"):
        yield f"background: not {palette.kind}"
