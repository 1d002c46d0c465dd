"""A translation outside of topics that is changed by hand still says what its source says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.library.checks.rules import examine
from kiosk.library.source.load import load_tree
from kiosk.library.translation.table import COLUMNS, read_table
from kiosk.library.translation.take_over_library import library_rows, take_over_library
from tests.support.library.spanish_example import as_table, edit


@pytest.fixture
def spanish(untranslated: Path) -> Path:
    """A library of which each text outside of its topic says what it translates."""
    draft, _ = load_tree(untranslated)
    assert draft is not None
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in library_rows(draft, "es")]
    table = as_table([row | {"state": "done"} for row in rows])
    take_over_library(read_table(table), draft, "es", untranslated.resolve())
    return untranslated


@pytest.mark.parametrize(
    ("file", "old", "new", "item"),
    [
        ("policy/es.toml", "There are no ads here.", "No hay 3 anuncios.", "policy part 9"),
        ("readers.toml", 'note.es = "medical words"', 'note.es = "7 palabras"',
         "reader health-care"),
        ("urgent.toml", "Atragantarse puede ser grave.", "Atragantarse 3 veces es grave.",
         "alarm choking"),
    ],
)  # fmt: skip
def test_a_figure_that_the_source_does_not_have_is_a_problem(
    spanish: Path, file: str, old: str, new: str, item: str
) -> None:
    assert examine(spanish)[1] == []
    text = (spanish / file).read_text("utf-8")
    (spanish / file).write_text(text.replace(old, new), "utf-8")
    problems = [str(problem) for problem in examine(spanish)[1]]
    wanted = f'content/{file}: item "{item}"'
    assert any(wanted in line and "the figures differ" in line for line in problems), problems


def test_a_translation_of_another_text_is_not_compared(spanish: Path) -> None:
    edit(spanish / "policy" / "en.toml", "There are no ads here.", "There are 2 ads here.")
    problems = [str(problem) for problem in examine(spanish)[1]]
    assert not any("the source has" in line for line in problems)
