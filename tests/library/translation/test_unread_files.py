"""A table is not taken over into files that cannot be read: they would be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.library.source.load import load_tree
from kiosk.library.translation.table import COLUMNS, TableError, read_table
from kiosk.library.translation.take_over_library import library_rows, take_over_library
from tests.support.library.spanish_example import as_table


def take(root: Path, id_: str) -> None:
    """Export, in the library as it was, and import, in the library as it is, one changed item."""
    draft, _ = load_tree(root)
    assert draft is not None
    rows = [dict(zip(COLUMNS, r, strict=True)) for r in library_rows(draft, "es")]
    changed = [
        row | {"translation": "Dinero"} if row["id"].endswith("title") else row | {"state": "done"}
        for row in rows
        if id_ in row["id"]
    ]
    for row in changed:
        row["translation"] = row["translation"] or row["source"]
    assert changed
    take_over_library(read_table(as_table(changed)), draft, "es", root.resolve())


@pytest.mark.parametrize(
    "content",
    [b'title = "Normas\n', b'title = "Normas"\n\n[[part]]\ntitel = "x"\n', b'title = "\xff"\n'],
    ids=["a typo", "a part that is refused", "no UTF-8"],
)
def test_a_policy_that_cannot_be_read_is_not_written_over(
    untranslated: Path, content: bytes
) -> None:
    file = untranslated / "policy" / "es.toml"
    file.write_bytes(content)
    with pytest.raises(TableError, match=r"policy/es\.toml cannot be read whole") as caught:
        take(untranslated, "/policy part 9/")
    assert len(caught.value.reasons) == 1
    assert file.read_bytes() == content


def test_a_part_is_not_lost_because_its_source_cannot_be_read(untranslated: Path) -> None:
    source, file = untranslated / "policy" / "en.toml", untranslated / "policy" / "es.toml"
    text = source.read_text("utf-8")
    source.write_text(text.replace('title = "Money"', 'titel = "Money"'), "utf-8")
    before = file.read_bytes()
    with pytest.raises(TableError, match=r"policy/en\.toml: part 9: unknown"):
        take(untranslated, "/policy part 1/")
    assert file.read_bytes() == before


def test_a_directory_in_the_place_of_a_file_is_named(untranslated: Path) -> None:
    file = untranslated / "policy" / "es.toml"
    file.unlink()
    file.mkdir()
    with pytest.raises(TableError, match=r"policy/es\.toml cannot be read whole"):
        take(untranslated, "/policy part 9/")


@pytest.mark.parametrize("is_folder", [False, True])
def test_another_file_that_cannot_be_read_is_named(untranslated: Path, is_folder: bool) -> None:
    other = untranslated / "glossary.toml"
    other.unlink(missing_ok=True)
    if is_folder:
        other.mkdir()
    else:
        other.write_bytes(b"\xff\xfe")
    with pytest.raises(KioskError, match=r"glossary\.toml"):
        take(untranslated, "/policy part 9/")
