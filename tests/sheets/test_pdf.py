"""The sheet as PDF, read back by Poppler: its words, its tags, its language, its fonts."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from kiosk.core.take_home.sheet import SheetKind
from kiosk.sheets.pdf import Paper, pdf_of
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
