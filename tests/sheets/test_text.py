"""A sheet as plain text: no word is cut off, and each blank can be written on."""

from __future__ import annotations

import pytest

from kiosk.core.cells import width_of
from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine
from kiosk.core.take_home.state import SheetKind
from kiosk.sheets.text import BLANK, LEAST_BLANK, WIDTH, text_of

LONG = " ".join(f"Wort{n}" for n in range(30))
WIDE = "".join(chr(0x4E00 + n) for n in range(100))
NAMES = ["Seen by, and date:", LONG, LONG[: WIDTH - 10], WIDE, ""]


def sheet(**parts: object) -> Sheet:
    return Sheet(SheetKind.DIARY, "en", "A title", **{"lines": (), **parts})  # type: ignore[arg-type]


def without_blanks(text: str) -> list[str]:
    return text.replace("_", " ").split()


def written(text: str) -> str:
    """The words, in order; the rows of a script without spaces are one word."""
    return "".join(without_blanks(text))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [WIDTH, 30])
def test_a_line_to_write_on_has_every_word_and_room(name: str, width: int) -> None:
    text = text_of(sheet(lines=(SheetLine(LineRole.ROOM, name),)), width)
    assert "".join(name.split()) in written(text)
    assert all(width_of(row) <= width for row in text.splitlines())
    assert text.splitlines()[-1].count("_") >= LEAST_BLANK


@pytest.mark.parametrize("name", NAMES[:-1])
@pytest.mark.parametrize("width", [WIDTH, 30])
def test_a_diary_has_every_word_of_its_columns_and_days(name: str, width: int) -> None:
    diary = sheet(days=(name,), columns=(name, "b"), daily=("sleep", name), rows=2)
    text = text_of(diary, width)
    assert written(text).count("".join(name.split())) == 4  # the day, its note, a column twice
    assert all(width_of(row) <= width for row in text.splitlines())
    assert sum(row.count("_") >= LEAST_BLANK for row in text.splitlines()) == 4


def test_short_names_have_their_blanks_in_the_same_row() -> None:
    diary = sheet(days=("Day 1",), columns=("Taken",), daily=("Sleep", "Stress"), rows=1)
    assert text_of(diary).splitlines()[2:] == [
        "",
        "Day 1  Sleep: _____  Stress: _____",
        f"Taken: {BLANK}",
    ]
