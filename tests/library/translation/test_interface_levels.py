"""A phrase of the program may have levels in its translation alone; no file is half read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.wording import Wording
from kiosk.errors import KioskError
from kiosk.library.source.draft import Draft
from kiosk.library.source.load import load_tree
from kiosk.library.translation.table import COLUMNS, read_table
from kiosk.library.translation.take_over import TakenOver
from kiosk.library.translation.take_over_interface import interface_rows, take_over_interface
from tests.support.library.spanish_example import as_table, edit

KEY = "readers.title-again"
ENGLISH = 'title-again = "Which words suit you now?"'
SPANISH = 'title-again = { plain = "¿Y ahora?", everyday = "¿Qué palabras?", professional = "¿?" }'

Rows = list[dict[str, str]]


def draft_of(root: Path) -> Draft:
    draft, _ = load_tree(root)
    assert draft is not None
    return draft


def rows_of(root: Path, draft: Draft | None = None) -> Rows:
    rows = interface_rows(draft or draft_of(root), root, "es")
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def take(root: Path, rows: Rows, draft: Draft | None = None) -> TakenOver:
    table = read_table(as_table(rows))
    return take_over_interface(table, draft or draft_of(root), "es", root.resolve())


def own_row(rows: Rows) -> dict[str, str]:
    return next(row for row in rows if row["id"] == f"interface/es/{KEY}/text")


@pytest.fixture
def levelled(untranslated: Path) -> Path:
    """A library with a phrase in one text in English, and in three in Spanish."""
    edit(untranslated / "interface" / "es.toml", ENGLISH, SPANISH)
    assert ENGLISH in (untranslated / "interface" / "en.toml").read_text("utf-8")
    return untranslated


def wording_of(root: Path) -> object:
    return draft_of(root).library.words["es"].phrases[KEY]


def test_a_phrase_with_levels_in_its_translation_alone_is_not_empty_in_the_table(
    levelled: Path,
) -> None:
    row = own_row(rows_of(levelled))
    assert row["translation"] == "¿Qué palabras?"
    assert "plain: ¿Y ahora? / everyday: ¿Qué palabras? / professional: ¿?" in row["notes"]


def test_levels_stay_where_the_translator_says_that_they_are_right(levelled: Path) -> None:
    came = take(levelled, [own_row(rows_of(levelled)) | {"state": "done"}])
    assert came.written == (KEY,)
    assert wording_of(levelled) == Wording("¿Y ahora?", "¿Qué palabras?", "¿?")
    assert own_row(rows_of(levelled))["state"] == "done"


def test_levels_stay_where_other_phrases_are_written(levelled: Path) -> None:
    rows = [row | {"state": "done"} for row in rows_of(levelled) if KEY not in row["id"]]
    assert KEY not in take(levelled, rows).written
    assert wording_of(levelled) == Wording("¿Y ahora?", "¿Qué palabras?", "¿?")


def test_a_new_text_in_the_table_replaces_the_levels(levelled: Path) -> None:
    row = own_row(rows_of(levelled)) | {"translation": "¿Cuáles ahora?", "state": "done"}
    assert take(levelled, [row]).written == (KEY,)
    assert wording_of(levelled) == "¿Cuáles ahora?"


@pytest.mark.parametrize(
    ("language", "state"),
    [("en", "missing"), *((code, state) for code in ("en", "es") for state in ("folder", "bytes"))],
)
def test_a_file_that_cannot_be_read_is_named(untranslated: Path, language: str, state: str) -> None:
    draft = draft_of(untranslated)
    rows = [row | {"state": "done"} for row in rows_of(untranslated)]
    file = untranslated.resolve() / "interface" / f"{language}.toml"
    file.unlink()
    if state == "folder":
        file.mkdir()
    elif state == "bytes":
        file.write_bytes(b'name = "\xff"\n')
    with pytest.raises(KioskError) as caught:
        rows_of(untranslated.resolve(), draft)
    assert str(file) in str(caught.value)
    with pytest.raises(KioskError) as caught:
        take(untranslated, rows, draft)
    assert str(file) in str(caught.value)
