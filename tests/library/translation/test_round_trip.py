"""A table comes back as it went, whatever spreadsheet program had it in its hands."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kiosk.library.source.load import load_tree
from kiosk.library.translation.export import rows_of
from kiosk.library.translation.items import source_items, with_texts
from kiosk.library.translation.table import COLUMNS, read_table, write_table
from tests.support.library.spanish_example import (
    SPANISH,
    TOPIC,
    as_table,
    edit,
    exported,
    filled,
    import_table,
)
from tests.support.shipped import CONTENT


def files_of(root: Path) -> dict[str, str]:
    folder = root / TOPIC / "translations"
    return {str(f.relative_to(folder)): f.read_text("utf-8") for f in folder.rglob("*.toml")}


def test_a_table_that_nobody_changed_changes_nothing(tree: Path) -> None:
    before = files_of(tree)
    came = import_table(tree, as_table(exported(tree)))
    assert came.written == ()
    assert files_of(tree) == before


def test_what_is_taken_over_is_what_is_exported_again(tree: Path) -> None:
    for row in exported(tree):
        _, _, item, key = row["id"].split("/", 3)
        assert row["state"] == "done"
        if key in SPANISH[item]:
            assert row["translation"] == SPANISH[item][key]
        assert row["translation"]


def test_each_row_has_the_evidence_the_other_levels_and_what_to_keep(tree: Path) -> None:
    by_id = {row["id"]: row for row in exported(tree)}
    row = by_id[f"{TOPIC}/es/claim what-it-is-signs/plain"]
    assert row["source"].startswith("You may feel sick")
    assert (
        "everyday: You may feel sick, and have gas, diarrhea and a swollen" in row["other levels"]
    )
    assert "professional: Nausea" in row["other levels"]
    assert "S03: Symptoms come 30 minutes to 2 hours" in row["evidence"]
    assert "Source: MedlinePlus" in row["evidence"]
    assert "Figures to keep: 2 hours, 30 minutes." in row["notes"]
    closed = by_id[f"{TOPIC}/es/bottom-line lactase-helps/plain"]
    assert "after the cautions only" in closed["notes"]


def in_excel(table: bytes, *, delimiter: str, encoding: str) -> bytes:
    """Return a table as a program with other habits saves it."""
    rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (";", "utf-8")],
)
def test_other_separators_and_encodings_are_read(
    untranslated: Path, spanish_library: Path, delimiter: str, encoding: str
) -> None:
    table = as_table(filled(exported(untranslated), SPANISH))
    import_table(untranslated, in_excel(table, delimiter=delimiter, encoding=encoding))
    assert files_of(untranslated) == files_of(spanish_library)


@pytest.mark.parametrize("text", ["- Uno\n- Dos", "=2+3", "+1", "@uno", 'Dijo "no".'])
def test_no_program_takes_a_text_for_a_formula(text: str) -> None:
    cells = dict.fromkeys(COLUMNS, "x") | {"translation": text}
    table = write_table([tuple(cells.values())])
    shown = next(csv.reader(io.StringIO(table.decode("utf-8-sig").partition("\n")[2])))
    assert not shown[COLUMNS.index("translation")].startswith(("=", "+", "-", "@"))
    assert read_table(table)[0].translation == text


def test_what_is_stale_stays_so_until_somebody_says_that_it_is_done(tree: Path) -> None:
    edit(tree / TOPIC / "sections" / "10-what-it-is.toml", "is the sugar in milk. Some",
         "is a sugar in milk. Some")  # fmt: skip
    rows = exported(tree)
    came = import_table(tree, as_table(rows))
    assert (came.written, came.left) == ((), ("claim what-it-is-first",))
    rows = [row | {"state": "done"} for row in rows]
    came = import_table(tree, as_table(rows))
    assert (came.written, came.left) == (("claim what-it-is-first",), ())
    assert {row["state"] for row in exported(tree)} == {"done"}


def test_a_dry_run_writes_nothing(untranslated: Path) -> None:
    table = as_table(filled(exported(untranslated), SPANISH))
    came = import_table(untranslated, table, write=False)
    assert len(came.written) == len(SPANISH)
    assert not (untranslated / TOPIC / "translations").exists()


def test_what_the_topic_has_no_more_is_taken_out(tree: Path) -> None:
    file = tree / TOPIC / "sections" / "30-finding-out.toml"
    edit(file, 'id = "allergy"', 'id = "an-allergy"')
    edit(tree / TOPIC / "questions.toml", 'of = "allergy"', 'of = "an-allergy"')
    came = import_table(tree, as_table(exported(tree)))
    assert came.removed == ("claim allergy",)
    assert "claim allergy" not in files_of(tree)["es/sections/30-finding-out.toml"]


def test_no_text_of_the_shipped_topic_is_forgotten() -> None:
    draft, _ = load_tree(CONTENT)
    assert draft is not None
    topic = draft.topics[0].topic
    assert with_texts(topic, lambda *args: dict(args[3])) == topic
    upper = with_texts(topic, lambda *args: {key: text.upper() for key, text in args[3].items()})
    items = source_items(topic)
    said = {text for item in items.values() for text in item.texts.values()}
    assert {t.upper() for t in said} == {
        text for item in source_items(upper).values() for text in item.texts.values()
    }
    rows = list(rows_of(draft.topics[0], "es", None))
    assert len(rows) == sum(len(item.texts) for item in items.values())
    assert len({item.digest for item in items.values()}) == len(items)
