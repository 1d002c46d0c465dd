"""The sheet as PDF, read back by Poppler: its words, its tags, its language, its fonts."""

from __future__ import annotations

import shutil
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.core.take_home.sheet import LineRole
from kiosk.core.take_home.state import SheetKind
from kiosk.core.wording import Level
from kiosk.sheets.pdf import pdf_of
from kiosk.sheets.pdf_page import Paper
from tests.support.sheets.made import full_visit, made_sheet, plain_visit
from tests.support.timing import check_time

needs_poppler = pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="needs poppler-utils")


def told(tool: str, *options: str, data: bytes, folder: Path) -> str:
    file = folder / "sheet.pdf"
    file.write_bytes(data)
    end = ["-"] if tool == "pdftotext" else []
    command = [tool, *options, str(file), *end]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def joined(text: str) -> str:
    return " ".join(text.split())


@needs_poppler
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", list(Paper))
def test_every_word_of_the_hand_out_is_on_paper_in_order(
    tmp_path: Path, paper: Paper, large: bool
) -> None:
    sheet = made_sheet(plain_visit(own="¿Puedo comer pan, señor Núñez? ÁÉÍÓÚÜ"), SheetKind.HANDOUT)
    data = pdf_of(sheet, paper=paper, large=large)
    words = joined(told("pdftotext", "-raw", data=data, folder=tmp_path))
    start = 0
    for line in sheet.lines:
        for word in line.text.split():
            start = words.index(word, start) + len(word)
    assert ("letter" in (info := told("pdfinfo", data=data, folder=tmp_path))) == (
        paper is Paper.LETTER
    )
    assert "Tagged:          yes" in info


@needs_poppler
def test_headings_are_tagged_and_the_language_is_said(tmp_path: Path) -> None:
    sheet = made_sheet(plain_visit(), SheetKind.HANDOUT)
    data = pdf_of(sheet)
    tags = told("pdfinfo", "-struct-text", data=data, folder=tmp_path)
    assert tags.count("H1 (block)") == 1
    assert tags.count("H2 (block)") >= 4
    assert "Figure" not in tags
    assert sheet.title in tags
    assert b"/Lang (en-US)" in data
    assert b"/Outlines" in data


@needs_poppler
def test_points_are_told_as_items_of_lists(tmp_path: Path) -> None:
    sheet = made_sheet(plain_visit(), SheetKind.HANDOUT)
    tags = told("pdfinfo", "-struct-text", data=pdf_of(sheet), folder=tmp_path)
    points = [line.text for line in sheet.lines if line.role is LineRole.POINT]
    items = tags.split("LI (block)")[1:]
    assert len(items) == len(points)
    for item, text in zip(items, points, strict=True):
        assert joined(item).startswith(f'Lbl (block) "•" LBody (block) "{text}"')
    roles = pairwise(line.role for line in sheet.lines)
    begun = sum(role is LineRole.POINT and before is not role for before, role in roles)
    assert tags.count("  L (block)\n") == begun


@needs_poppler
@pytest.mark.parametrize("large", [False, True])
def test_rows_of_a_paragraph_are_told_with_a_space_between(tmp_path: Path, large: bool) -> None:
    sheet = made_sheet(full_visit(), SheetKind.HANDOUT)
    tags = told("pdfinfo", "-struct-text", data=pdf_of(sheet, large=large), folder=tmp_path)
    said = {row.strip() for row in tags.splitlines()}
    long = [line.text for line in sheet.lines if len(line.text) > 100]
    divided = [text for text in long if f'"{text}"' not in said]
    assert len(long) > 50
    assert len(divided) <= 8  # by the end of a page


@needs_poppler
@pytest.mark.parametrize("large", [False, True])
def test_the_diary_is_told_as_one_table_with_the_names_of_its_columns(
    tmp_path: Path, large: bool
) -> None:
    sheet = made_sheet(plain_visit(), SheetKind.DIARY)
    data = pdf_of(sheet, large=large)
    tags = told("pdfinfo", "-struct-text", data=data, folder=tmp_path)
    assert tags.count("Table (block)") == 1
    assert tags.count("/Scope /Column") == len(sheet.columns)
    assert tags.count("TD\n") == len(sheet.days) * sheet.rows * len(sheet.columns)
    assert all(f'"{name}"' in tags for name in (*sheet.columns, *sheet.days, *sheet.daily))


@needs_poppler
@pytest.mark.parametrize("level", list(Level))
def test_no_heading_is_the_last_of_its_page(tmp_path: Path, level: Level) -> None:
    sheet = made_sheet(full_visit(level), SheetKind.HANDOUT)
    headings = {
        line.text
        for line in sheet.lines
        if line.role in (LineRole.HEADING, LineRole.SUBHEADING) or line.text.endswith(":")
    }
    for large in (False, True):
        words = told("pdftotext", data=pdf_of(sheet, large=large), folder=tmp_path)
        rows = [page.split("\n\n") for page in words.split("\f")[:-1]]
        last = [[part for part in page if part.strip()][-2:] for page in rows]
        assert not [part for page in last for part in page if joined(part) in headings]


@needs_poppler
def test_its_fonts_are_in_it(tmp_path: Path) -> None:
    data = pdf_of(made_sheet(plain_visit(), SheetKind.HANDOUT))
    lines = told("pdffonts", data=data, folder=tmp_path).splitlines()[2:]
    assert lines
    assert all("DejaVu" in line and " yes yes yes " in f"{line} " for line in lines)


@needs_poppler
def test_the_diary_has_fourteen_days_on_two_pages(tmp_path: Path) -> None:
    data = pdf_of(made_sheet(plain_visit(), SheetKind.DIARY))
    assert "Pages:           2" in told("pdfinfo", data=data, folder=tmp_path)
    words = joined(told("pdftotext", "-raw", data=data, folder=tmp_path))
    assert all(f"Day {number} " in words for number in range(1, 15))


def test_nobody_is_named_in_the_file() -> None:
    data = pdf_of(made_sheet(plain_visit(own="my secret"), SheetKind.HANDOUT))
    assert b"/Author" not in data
    assert b"my secret" not in data.split(b"stream")[0]


@pytest.mark.timed
def test_the_longest_hand_out_is_made_in_300_ms() -> None:
    sheet = made_sheet(full_visit(), SheetKind.HANDOUT)
    start = time.perf_counter()
    pdf_of(sheet)
    check_time(time.perf_counter() - start, 0.3, "the longest hand-out as PDF")
