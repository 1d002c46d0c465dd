"""A picture of a screen, as a terminal with a font of 8 by 16 pixels would show it."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageDraw
from rich.color import Color, ColorSystem
from rich.style import Style

from kiosk.core.palette import Palette
from kiosk.ui.rows import Row
from kiosk.ui.styles import strip_of, styles_of

WIDE, HIGH = 8, 16
FILLED = {"▀": (0, 0.5), "▄": (0.5, 1), "█": (0, 1)}
"""The part of a cell, from its top, that a sign fills."""
GROUND, INK = (0, 0, 0), (255, 255, 255)
"""What the terminal's own colors are."""


def picture_of(
    rows: Iterable[Row], palette: Palette, columns: int, colors: ColorSystem
) -> Image.Image:
    """Return the picture; letters are drawn as bars, which no code has."""
    styles = styles_of(palette)
    strips = [strip_of(row, styles, columns) for row in rows]
    image = Image.new("RGB", (columns * WIDE, len(strips) * HIGH))
    draw = ImageDraw.Draw(image)
    for y, strip in enumerate(strips):
        x = 0
        for text, style, _ in strip:
            for sign in text:
                _cell(draw, x, y, sign, style or Style(), colors)
                x += 1
    return image


def _cell(
    draw: ImageDraw.ImageDraw, x: int, y: int, sign: str, style: Style, colors: ColorSystem
) -> None:
    ink, ground = _rgb(style.color, INK, colors), _rgb(style.bgcolor, GROUND, colors)
    if style.reverse:
        ink, ground = ground, ink
    left, top = x * WIDE, y * HIGH
    draw.rectangle((left, top, left + WIDE - 1, top + HIGH - 1), fill=ground)
    begin, end = FILLED.get(sign, (0.4, 0.5) if sign.strip() else (0, 0))
    if end:
        draw.rectangle((left, top + begin * HIGH, left + WIDE - 1, top + end * HIGH - 1), fill=ink)


def _rgb(
    color: Color | None, usual: tuple[int, int, int], colors: ColorSystem
) -> tuple[int, int, int]:
    if color is None or color.is_default:
        return usual
    red, green, blue = color.downgrade(colors).get_truecolor()
    return red, green, blue
