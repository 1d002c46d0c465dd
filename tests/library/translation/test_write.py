"""Files of a translation are changed item by item; every other line stays as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from kiosk.library.translation.items import SourceItem
from kiosk.library.translation.write import NewTranslation, WriteError, changed, write_files

FILE = '''# Ours.
names = ["Lactobacillus"]  # a name

# About the first.
[[item]]
# asked Dr. M. about this word
id = "claim first"
of = "000000000000"
plain = "Uno."

# About the second.
[[item]]
id = "claim second"
of = "000000000000"
note = "hard"
plain = """
[[item]]
Dos."""
# the end
'''


def item(id_: str) -> SourceItem:
    return SourceItem(id_, "", False, {"plain": "x", "title.plain": "y"}, (), "abcdefabcdef")


def new(id_: str, text: str = "Nuevo.", note: str = "") -> NewTranslation:
    return NewTranslation(item(id_), {"plain": text, "title.plain": "Título"}, note)


def test_comments_and_other_items_stay() -> None:
    made = changed(FILE, {"claim first": new("claim first")}, Path("x"))
    for line in ("# Ours.", "# a name", "# About the first.", "# asked Dr. M. about this word",
                 "# About the second.", "# the end", 'note = "hard"'):  # fmt: skip
        assert line in made
    first, second = tomli.loads(made)["item"]
    assert first == {
        "id": "claim first", "of": "abcdefabcdef", "plain": "Nuevo.", "title": {"plain": "Título"},
    }  # fmt: skip
    assert second == tomli.loads(FILE)["item"][1]


def test_an_item_is_added_at_the_end_and_one_taken_out() -> None:
    made = changed(FILE, {"claim third": new("claim third"), "claim first": None}, Path("x"))
    assert [entry["id"] for entry in tomli.loads(made)["item"]] == ["claim second", "claim third"]
    assert "# About the second." in made


@pytest.mark.parametrize(
    "text",
    ['Dijo "no".', "C:\\temp", "a\nb", 'a\n"""b', 'a\nb"', "a\nb\\", "é ñ ¿", "- a\n- b", "a\n\nb"],
)
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    made = changed("", {"claim first": new("claim first", text)}, Path("x"))
    assert tomli.loads(made)["item"][0]["plain"] == text


def test_a_file_that_would_lose_something_is_not_changed() -> None:
    odd = FILE.replace("[[item]]\n# asked", "[[ 'item' ]]\n# asked", 1)
    with pytest.raises(WriteError, match="Change it by hand"):
        changed(odd, {"claim first": new("claim first")}, Path("x"))
    with pytest.raises(WriteError, match="Mend it first"):
        changed("id = ", {"claim first": new("claim first")}, Path("x"))


def test_no_file_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    bad.write_text("id = ", "utf-8")
    changes = {"claim first": new("claim first")}
    with pytest.raises(WriteError):
        write_files({good: changes, bad: changes}, {good: "# new\n"})
    assert not good.exists()
