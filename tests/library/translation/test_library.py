"""What is shown outside of topics cannot go stale unseen: the policy, readers, alarms."""

from __future__ import annotations

import shutil
from difflib import ndiff
from pathlib import Path

import pytest

from kiosk.core.wording import Level
from kiosk.library.source.draft import Draft
from kiosk.library.source.load import load_tree
from kiosk.library.translation.library_items import (
    library_behind,
    library_languages,
    library_state,
)
from kiosk.library.translation.state import ItemState
from kiosk.library.translation.table import COLUMNS, TableError, read_table
from kiosk.library.translation.take_over import TakenOver
from kiosk.library.translation.take_over_library import library_rows, take_over_library
from kiosk.library.translation.write import WriteError
from tests.support.library.spanish_example import as_table, edit
from tests.support.shipped import CONTENT

Rows = list[dict[str, str]]
PART = 'title = "Money"'
FILES = ("policy/es.toml", "readers.toml", "urgent.toml")
CHOKING = "Choking can be serious. Tell our staff now."


def draft_of(root: Path) -> Draft:
    draft, _ = load_tree(root)
    assert draft is not None
    return draft


def rows_of(root: Path, *, to_do: bool = False) -> Rows:
    rows = library_rows(draft_of(root), "es", to_do=to_do)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def take(root: Path, rows: Rows) -> TakenOver:
    return take_over_library(read_table(as_table(rows)), draft_of(root), "es", root.resolve())


def warned(root: Path) -> list[str]:
    return [str(problem) for problem in library_behind(draft_of(root), "es")]


def with_text(rows: Rows, id_: str, text: str) -> Rows:
    return [row | ({"translation": text} if row["id"].endswith(id_) else {}) for row in rows]


def policy(root: Path) -> dict[str, str]:
    parts = draft_of(root).library.policies["es"].parts
    return {part.title: part.wording.at(Level.PLAIN) for part in parts}


@pytest.fixture
def unmarked(untranslated: Path) -> Path:
    """A library in two languages without any hash outside of its topic."""
    file = untranslated / "urgent.toml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("of = ")), "utf-8")
    return untranslated


@pytest.fixture(scope="module")
def whole_library(english_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("whole") / "content"
    shutil.copytree(english_library, root)
    rows = [row | {"state": "done"} for row in rows_of(root)]
    take(root, with_text(rows, "policy part 9/title", "Dinero"))
    return root


@pytest.fixture
def spanish(whole_library: Path, tmp_path: Path) -> Path:
    """A library of which each text outside of its topic says what it translates."""
    shutil.copytree(whole_library, tmp_path / "content")
    return tmp_path / "content"


def test_texts_without_a_hash_are_counted_and_shown_as_written(unmarked: Path) -> None:
    edit(unmarked / "policy" / "en.toml", PART, 'title = "Who pays"')
    lines = warned(unmarked)
    assert [line.partition(":")[0] for line in lines] == [f"content/{name}" for name in FILES]
    assert all('no hash of what "es" translates' in line for line in lines)
    assert "Money" in policy(unmarked)


def test_a_text_without_a_hash_is_shown_as_written(spanish: Path) -> None:
    for name, key in (("policy/es.toml", "of"), ("readers.toml", "of.es")):
        lines = (spanish / name).read_text("utf-8").splitlines(keepends=True)
        last = max(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
        (spanish / name).write_text("".join(lines[:last] + lines[last + 1 :]), "utf-8")
    edit(spanish / "policy" / "en.toml", "If you find a mistake", "If you see a mistake")
    edit(spanish / "readers.toml", 'note.en = "medical words"', 'note.en = "words of medicine"')
    assert "If you find a mistake" in policy(spanish)
    assert draft_of(spanish).library.readers[3].note["es"] == "medical words"


def test_a_policy_of_its_own_is_shown_whole_and_in_its_order(spanish: Path) -> None:
    said = 'plain = "Hola."\neveryday = "Hola."\nprofessional = "Hola."\n'
    parts = "".join(f'\n[[part]]\ntitle = "{n}"\n{said}' for n in ("Uno", "Dos"))
    (spanish / "policy" / "es.toml").write_text(f'title = "Normas"\n{parts}', "utf-8")
    assert policy(spanish) == {"Uno": "Hola.", "Dos": "Hola."}


def test_importing_adds_hashes_and_keeps_every_other_line(unmarked: Path) -> None:
    before = {name: (unmarked / name).read_text("utf-8") for name in FILES}
    came = take(unmarked, [row | {"state": "done"} for row in rows_of(unmarked)])
    assert len(came.written) == len(library_state(draft_of(unmarked), "es").items)
    assert warned(unmarked) == []
    for name, text in before.items():
        after = (unmarked / name).read_text("utf-8")
        changed = [line for line in ndiff(text.splitlines(), after.splitlines()) if line[0] in "-+"]
        moved = {line[2:] for line in changed if line[0] == "-"}
        added = {line[2:] for line in changed if line[0] == "+"} - moved
        assert all(line.startswith(("of = ", "of.es = ")) for line in added), name
        assert sorted(text.splitlines()) == sorted(
            line for line in after.splitlines() if not line.startswith(("of = ", "of.es = "))
        )


def test_a_part_of_the_policy_that_changes_is_shown_in_english_until_it_comes_back(
    spanish: Path,
) -> None:
    edit(spanish / "policy" / "en.toml", "There are no ads here.", "You see no ads here.")
    lines = warned(spanish)
    assert len(lines) == 1
    assert 'policy/es.toml: item "policy part 9": the text that it translates' in lines[0]
    shown = policy(spanish)
    assert "Dinero" not in shown
    assert shown["Money (English)"].startswith("(English: cambió, y falta traducirlo.) You see no")
    rows = rows_of(spanish, to_do=True)
    assert {row["state"] for row in rows} == {"stale"}
    assert [row["translation"] for row in rows if row["id"].endswith("title")] == ["Dinero"]
    assert take(spanish, rows).left == ("policy part 9",)
    came = take(spanish, with_text(rows, "policy part 9/plain", "No hay anuncios."))
    assert came.written == ("policy part 9",)
    assert warned(spanish) == []
    assert policy(spanish)["Dinero"] == "No hay anuncios."


def test_a_part_put_before_others_leaves_their_translations_valid(spanish: Path) -> None:
    new = '[[part]]\ntitle = "Our house"\nplain = "We care."\neveryday = "We care."\n'
    text = (spanish / "policy" / "en.toml").read_text("utf-8")
    first = text.index("[[part]]")
    new += 'professional = "We care."\n\n'
    (spanish / "policy" / "en.toml").write_text(text[:first] + new + text[first:], "utf-8")
    lines = warned(spanish)
    assert len(lines) == 1
    assert 'item "policy part 1": not translated: "Our house"' in lines[0]
    shown = policy(spanish)
    assert next(iter(shown)) == "Our house (English)"
    assert shown["Our house (English)"] == "(English: sin traducir todavía.) We care."
    assert "Dinero" in shown
    take(spanish, with_text(rows_of(spanish, to_do=True), "", "Cuidamos."))
    assert warned(spanish) == []
    assert next(iter(policy(spanish))) == "Cuidamos."


def test_a_part_that_is_taken_out_is_shown_no_more_and_named(spanish: Path) -> None:
    text = (spanish / "policy" / "en.toml").read_text("utf-8")
    start = text.index("[[part]]\n" + PART)
    end = text.index("[[part]]", start + 1)
    (spanish / "policy" / "en.toml").write_text(text[:start] + text[end:], "utf-8")
    assert "Dinero" not in policy(spanish)
    assert [line for line in warned(spanish) if 'policy part "Dinero": translates nothing' in line]


def test_a_readers_label_that_changes_is_shown_in_english(spanish: Path) -> None:
    edit(spanish / "readers.toml", 'note.en = "medical words"', 'note.en = "words of medicine"')
    assert len(warned(spanish)) == 1
    assert 'readers.toml: item "reader health-care": the text that it' in warned(spanish)[0]
    reader = draft_of(spanish).library.readers[3]
    assert reader.label["es"] == "I work or study in health care. (English)"
    assert reader.note["es"] == "words of medicine"
    rows = rows_of(spanish, to_do=True)
    take(spanish, with_text(rows, "reader health-care/note", "palabras médicas"))
    assert warned(spanish) == []
    reader = draft_of(spanish).library.readers[3]
    assert reader.label["es"] == "I work or study in health care."
    assert reader.note["es"] == "palabras médicas"


def test_an_alarm_that_changes_is_still_said_in_spanish_and_is_named(spanish: Path) -> None:
    edit(spanish / "urgent.toml", CHOKING, "Choking is serious. Tell our staff now.")
    edit(spanish / "urgent.toml", "Away from the clinic, call {number}.", "Or call {number}.")
    lines = warned(spanish)
    assert [line.partition('item "')[2].partition('"')[0] for line in lines] == [
        "call", "alarm choking",
    ]  # fmt: skip
    assert all("it is still said as it is" in line for line in lines)
    alarm = draft_of(spanish).library.alarms[0]
    assert alarm.say["es"].at(Level.PLAIN).startswith("Atragantarse puede ser grave.")
    assert "Fuera de la clínica, llame al {number}." in alarm.say["es"].at(Level.PLAIN)
    rows = [row | {"state": "done"} for row in rows_of(spanish, to_do=True)]
    assert take(spanish, rows).written == ("call", "alarm choking")
    assert warned(spanish) == []


def test_an_alarm_in_no_spanish_gets_a_table_of_its_own(spanish: Path) -> None:
    rows = [row for row in rows_of(spanish) if "/alarm choking/" in row["id"]]
    text = (spanish / "urgent.toml").read_text("utf-8")
    start = text.index("[alarm.say.es]")
    end = text.index("[[alarm]]", start)
    (spanish / "urgent.toml").write_text(text[:start] + text[end:], "utf-8")
    assert library_state(draft_of(spanish), "es").states["alarm choking"] is ItemState.NEW
    take(spanish, rows)
    assert warned(spanish) == []
    assert draft_of(spanish).library.alarms[0].say["es"].at(Level.PLAIN).startswith("Atragantarse")


def test_a_policy_that_is_not_there_is_made(spanish: Path) -> None:
    rows = [row for row in rows_of(spanish) if "/policy " in row["id"]]
    (spanish / "policy" / "es.toml").unlink()
    assert library_state(draft_of(spanish), "es").count(ItemState.NEW) == 11
    take(spanish, rows)
    assert warned(spanish) == []
    assert "Dinero" in policy(spanish)


@pytest.mark.parametrize(
    ("id_", "text", "says"),
    [
        ("alarm choking/plain", "Atragantarse puede ser grave.", "the program fills in {call}"),
        ("call/plain", "Fuera de la clínica, llame.", "the program fills in {number}"),
        ("policy part 9/plain", "No hay 3 anuncios.", "the figures differ"),
        ("policy part 9/plain", "Tome lactase pills or drops.", "can be read before the cautions"),
        ("reader easy/label", "Tome lactase pills or drops.", "can be read before the cautions"),
    ],
)
def test_texts_that_do_not_fit_are_refused(spanish: Path, id_: str, text: str, says: str) -> None:
    before = [(spanish / name).read_bytes() for name in FILES]
    with pytest.raises(TableError) as caught:
        take(spanish, with_text(rows_of(spanish), id_, text))
    assert says in str(caught.value)
    assert [(spanish / name).read_bytes() for name in FILES] == before


def test_a_file_that_is_laid_out_otherwise_is_left_alone(spanish: Path) -> None:
    text = (spanish / "readers.toml").read_text("utf-8")
    text = text.replace("note.es", '"note".es').replace("note.en", '"note".en')
    (spanish / "readers.toml").write_text(text, "utf-8")
    rows = with_text(rows_of(spanish), "reader health-care/note", "palabras médicas")
    with pytest.raises(WriteError, match="is not laid out"):
        take(spanish, rows)
    assert (spanish / "readers.toml").read_text("utf-8") == text


def test_alarms_are_looked_at_in_their_languages_where_the_library_has_one() -> None:
    shipped = draft_of(CONTENT)
    assert shipped.library.languages == ("en",)
    assert library_languages(shipped) == ["es"]
    state = library_state(shipped, "es")
    assert state.items.keys() >= {"call", "call-unnumbered", "alarm choking"}
    assert list(library_behind(shipped, "es")) == []
    assert state.count(ItemState.DONE) == len(state.items)
