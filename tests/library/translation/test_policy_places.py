"""A translated part of the policy without a hash is not shown in the place of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.wording import Level
from kiosk.library.source.draft import Draft
from kiosk.library.source.load import load_tree
from kiosk.library.translation.library_items import library_behind
from kiosk.library.translation.table import COLUMNS, read_table
from kiosk.library.translation.take_over_library import library_rows, take_over_library
from tests.support.library.spanish_example import as_table

NEW = """[[part]]
title = "Our house"
plain = "We care."
everyday = "We care."
professional = "We care."

"""


def draft_of(root: Path) -> Draft:
    draft, _ = load_tree(root)
    assert draft is not None
    return draft


def take(root: Path, part: str) -> None:
    """Translate the title of one part as "Otro", and say of all others that they are done."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in library_rows(draft_of(root), "es")]
    rows = [row for row in rows if part in row["id"]]
    said = [
        row | {"state": "done"} | ({"translation": "Otro"} if "/title" in row["id"] else {})
        for row in rows
    ]
    draft = draft_of(root)
    take_over_library(read_table(as_table(said)), draft, "es", root.resolve())


def policy(root: Path) -> dict[str, str]:
    parts = draft_of(root).library.policies["es"].parts
    return {part.title: part.wording.at(Level.PLAIN) for part in parts}


@pytest.fixture
def last_unmarked(untranslated: Path) -> Path:
    """A library whose policy has a hash in each part but its last, which is called "Último"."""
    take(untranslated, "/policy ")
    file = untranslated / "policy" / "es.toml"
    head, part, last = file.read_text("utf-8").rpartition("[[part]]\n")
    lines = [line for line in last.splitlines() if not line.startswith("of = ")]
    text = "\n".join(lines).replace('"Otro"', '"Último"')
    file.write_text(f"{head}{part}{text}\n", "utf-8")
    return untranslated


def test_a_part_without_a_hash_keeps_its_place_where_one_comes_before(last_unmarked: Path) -> None:
    file = last_unmarked / "policy" / "en.toml"
    file.write_text(file.read_text("utf-8").replace("[[part]]", f"{NEW}[[part]]", 1), "utf-8")
    shown = list(policy(last_unmarked))
    assert shown[0] == "Our house (English)"
    assert shown[-1] == "Último"


def test_a_part_without_a_hash_is_not_shown_where_its_source_is_unknown(
    last_unmarked: Path,
) -> None:
    file = last_unmarked / "policy" / "en.toml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.rindex("[[part]]")] + NEW + NEW.replace("care", "help"), "utf-8")
    shown = policy(last_unmarked)
    assert "Último" not in shown
    assert "Our house (English)" in shown
    warned = [str(problem) for problem in library_behind(draft_of(last_unmarked), "es")]
    assert any("no hash says which text it is of" in line for line in warned)
    take(last_unmarked, "/policy part 1/")
    assert "Último" in (last_unmarked / "policy" / "es.toml").read_text("utf-8")
