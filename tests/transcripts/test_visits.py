"""Each visit in `visits/` is told again, word for word."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from tests.support.transcripts import VISITS, tell, typed_in

FILES = sorted(VISITS.glob("*.txt"))
WITHHELD = ("zinc", "glutamine", "25 to 40 milligrams", "probiotic")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_visit_is_told_as_it_was(file: Path) -> None:
    was = file.read_text()
    now = tell(typed_in(was))
    changed = "\n".join(difflib.unified_diff(was.split("\n"), now.split("\n"), lineterm="", n=1))
    assert now == was, f"if this is meant: python -m tests.support.transcripts\n{changed}"


def test_there_are_ten_visits_and_they_differ() -> None:
    assert len({tuple(typed_in(file.read_text())) for file in FILES}) >= 10


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_transcript_is_plain_text(file: Path) -> None:
    text = file.read_text()
    assert all(c == "\n" or c.isprintable() for c in text)
    rows = text.split("\n")
    assert max(map(len, rows)) <= 76
    assert not [row for row in rows if row != row.rstrip()]
    printed = [row for row in rows if row and not row.startswith(">")]
    assert not [row for row in printed if not re.search(r"\w", row)]


def test_supplements_come_only_after_all_cautions() -> None:
    for file in FILES:
        printed = "\n".join(
            line for line in file.read_text().split("\n") if not line.startswith(">")
        ).casefold()
        opened = printed.find("you have read all the cautions")
        before = printed if opened < 0 else printed[:opened]
        assert not [word for word in WITHHELD if word in before], file.name
    whole = " ".join((VISITS / "reader-easy.txt").read_text().casefold().split())
    assert all(word in whole for word in WITHHELD)
