"""Codes on the screen, read back by a real decoder from a picture of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.color import ColorSystem

from kiosk.core.page import Block, BlockKind, Page, PageKind
from kiosk.core.palette import Palette
from kiosk.ui.layout import draw
from kiosk.ui.view import PageView
from tests.support.shipped import palettes
from tests.support.ui.picture import picture_of
from tests.support.ui.taking import TakingDriver

pytestmark = pytest.mark.slow

pyzbar = pytest.importorskip(
    "pyzbar.pyzbar",
    reason="THIS MACHINE LACKS pyzbar, or the library that it loads (apt install libzbar0)",
    exc_type=ImportError,  # what pyzbar raises without that library
)

ADDRESS = "https://elm.example/leaky-gut"
SHORT = "HTTPS://ELM.ORG/G"
THEMES = [*palettes()]


def decoded(reading: PageView, palette: Palette, colors: ColorSystem) -> list[str]:
    picture = picture_of(reading.frame.rows, palette, reading.size[0], colors)
    found = pyzbar.decode(picture.resize((picture.width * 2, picture.height * 2)))
    return [one.data.decode() for one in found]


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (132, 50)])
@pytest.mark.parametrize("palette", THEMES, ids=lambda palette: palette.name)
def test_an_address_is_read_off_the_screen_in_every_theme(
    palette: Palette, size: tuple[int, int]
) -> None:
    driver = TakingDriver(size, address=ADDRESS)
    driver.to_codes()
    assert decoded(driver.reading, palette, ColorSystem.TRUECOLOR) == [ADDRESS]


@pytest.mark.parametrize("palette", THEMES, ids=lambda palette: palette.name)
def test_an_address_is_read_off_a_linux_console(palette: Palette) -> None:
    driver = TakingDriver((80, 24), address=SHORT, halves=False)
    driver.to_codes()
    assert "▀" not in driver.shown
    assert "▄" not in driver.shown
    assert decoded(driver.reading, palette, ColorSystem.STANDARD) == [SHORT]


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
def test_the_words_of_the_page_are_read_code_by_code(size: tuple[int, int]) -> None:
    driver = TakingDriver(size)
    driver.to_codes(own="Can I eat bread? ¿Y qué más?")
    block = next(b for b in driver.reading.page.blocks if b.mood is BlockKind.CODE)
    told, codes = "", 0
    while True:
        (text,) = decoded(driver.reading, THEMES[0], ColorSystem.TRUECOLOR)
        codes += 1
        number, _, part = text.partition(" ")
        assert number.startswith(f"{codes}/")
        told += f"{part} "
        if not driver.reading.unread:
            break
        driver.reading.press("n")
    assert told.split() == block.text.split()
    assert "Can I eat bread? ¿Y qué más?" in told


def test_where_no_code_fits_its_address_is_shown_as_words() -> None:
    driver = TakingDriver((40, 15), address=ADDRESS, halves=False)
    driver.to_codes()
    assert "too small" in " ".join(driver.shown.split())
    while driver.reading.unread:
        driver.reading.scroll_page(1)
    assert ADDRESS in driver.shown


def test_back_leads_from_a_code_to_what_can_be_taken_along() -> None:
    driver = TakingDriver((40, 15))
    driver.to_codes()
    assert driver.is_at(PageKind.CODES)
    driver.reading.back()
    assert driver.is_at(PageKind.TAKE)


def test_a_page_with_codes_is_drawn_once_for_each_key() -> None:
    driver = TakingDriver((80, 24))
    driver.to_codes()
    page: Page = driver.reading.page
    longer = replace(page, blocks=(Block(BlockKind.CODE, "word " * 500),))
    layout = draw(longer, driver.reading.items, (80, 24), "back", 10**6, "", driver.port.say)
    assert layout.length > 10


def test_a_tall_window_draws_no_half_blocks_where_the_terminal_has_none() -> None:
    driver = TakingDriver((80, 45), address=f"https://elm.example/{'a' * 130}", halves=False)
    driver.to_codes()
    assert driver.is_at(PageKind.CODES)
    assert "▀" not in driver.shown
    assert "▄" not in driver.shown
