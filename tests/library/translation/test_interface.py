"""The words of the program go to a translator and come back, and cannot go stale unseen either."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.library.source.draft import Draft
from kiosk.library.source.load import load_tree
from kiosk.library.translation.interface import interface_behind
from kiosk.library.translation.table import COLUMNS, TableError, read_table
from kiosk.library.translation.take_over import TakenOver
from kiosk.library.translation.take_over_interface import interface_rows, take_over_interface
from tests.support.library.spanish_example import as_table, edit

Rows = list[dict[str, str]]


def draft_of(root: Path) -> Draft:
    draft, _ = load_tree(root)
    assert draft is not None
    return draft


def rows_of(root: Path, *, to_do: bool = False) -> Rows:
    rows = interface_rows(draft_of(root), root, "es", to_do=to_do)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def take(root: Path, rows: Rows) -> TakenOver:
    return take_over_interface(read_table(as_table(rows)), draft_of(root), "es", root.resolve())


def warned(root: Path) -> list[str]:
    return [str(problem) for problem in interface_behind(root, draft_of(root).library, "es")]


def with_text(rows: Rows, id_: str, text: str) -> Rows:
    return [row | ({"translation": text} if row["id"].endswith(id_) else {}) for row in rows]


@pytest.fixture
def spanish(untranslated: Path) -> Path:
    """A library whose interface says of each phrase what it translates."""
    take(untranslated, [row | {"state": "done"} for row in rows_of(untranslated)])
    return untranslated


def test_phrases_without_a_hash_are_counted(untranslated: Path) -> None:
    lines = warned(untranslated)
    assert len(lines) == 1
    assert "phrases carry no hash of what they translate" in lines[0]


def test_the_file_is_laid_out_as_the_english_one(spanish: Path) -> None:
    english, other = (
        (spanish / "interface" / f"{c}.toml").read_text("utf-8") for c in ("en", "es")
    )
    assert warned(spanish) == []
    assert len(other.splitlines()) == len(english.splitlines())
    comments = [line for line in english.splitlines() if line.startswith("#")]
    assert [line for line in other.splitlines() if line.startswith("#")] == comments
    assert draft_of(spanish).library.words["es"].say("language.name") == "Español"


def test_a_phrase_that_changes_is_named_and_brought_back(spanish: Path) -> None:
    edit(spanish / "interface" / "en.toml", "Which words suit you now?", "Which words now?")
    assert len(warned(spanish)) == 1
    assert (
        "interface/es.toml: readers.title-again: the text that it translates" in warned(spanish)[0]
    )
    rows = rows_of(spanish, to_do=True)
    assert [row["id"] for row in rows] == ["interface/es/readers.title-again/text"]
    assert take(spanish, rows).left == ("readers.title-again",)
    came = take(spanish, with_text(rows, "readers.title-again/text", "¿Qué palabras ahora?"))
    assert came.written == ("readers.title-again",)
    assert warned(spanish) == []
    words = draft_of(spanish).library.words["es"]
    assert words.say("readers.title-again") == "¿Qué palabras ahora?"


def test_a_first_table_makes_the_file(spanish: Path) -> None:
    rows = rows_of(spanish)
    (spanish / "interface" / "es.toml").unlink()
    assert {row["state"] for row in rows_of(spanish)} == {"new"}
    came = take(spanish, rows)
    assert len(came.written) == len({row["id"].rpartition("/")[0] for row in rows})
    assert warned(spanish) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("topics.count/text", "Hay muchos temas.", '"{count}" is missing'),
        ("topics.count/text", "Hay {count} {temas}.", "is filled in by nothing"),
        ("choice.next/text", "Siguiente página", "does not fit on a narrow button"),
        ("welcome.promise/text", "Tome lactase pills or drops.", "can be read before the cautions"),
    ],
)
def test_phrases_that_do_not_fit_are_refused(spanish: Path, key: str, text: str, says: str) -> None:
    before = (spanish / "interface" / "es.toml").read_bytes()
    with pytest.raises(TableError) as caught:
        take(spanish, with_text(rows_of(spanish), key, text))
    assert says in str(caught.value)
    assert str(caught.value).startswith("Row ")
    assert (spanish / "interface" / "es.toml").read_bytes() == before
