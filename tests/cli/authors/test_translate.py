"""`kiosk translate` as an author types it: a table goes out and comes back, and stale is named."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.library.source.load import no_such
from tests.support.library.spanish_example import SPANISH, TOPIC, edit, write_library

Run = Callable[..., str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_library(tmp_path / "content")


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object, status: int = 0, name: str = "translate") -> str:
        content = ["--content", str(root)] if name == "translate" else []
        assert main([name, *map(str, arguments), *content]) == status
        said = capsys.readouterr()
        return said.out + said.err

    return command


def fill(table: Path) -> None:
    """Write the translation into an exported table, as a spreadsheet program saves it."""
    with table.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        _, _, item, key = row["id"].split("/", 3)
        row["translation"] = SPANISH[item].get(key, "")
    with table.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_a_table_goes_out_and_comes_back(run: Run, root: Path, tmp_path: Path) -> None:
    assert "No topic has a translation." in run("status")
    table = tmp_path / "table.csv"
    assert f"{table}: 86 texts." in run("export", TOPIC, "es", "-o", table)
    fill(table)
    assert f"{TOPIC} (es): 25 items would be written." in run("import", table, "--dry-run")
    said = run("import", table)
    assert f"{TOPIC} (es): 25 items written." in said
    assert f"{TOPIC}/translations/es/cautions.toml" in said
    assert run("status", TOPIC) == f"{TOPIC} (es): 25 of 25 items translated.\n"
    assert "is there already" in run("export", TOPIC, "es", "-o", table, status=1)
    rest = tmp_path / "rest.csv"
    assert f"{rest}: 0 texts." in run("export", TOPIC, "es", "-o", rest, "--to-do")

    edit(root / TOPIC / "sections" / "30-finding-out.toml", "A doctor can test", "Doctors can test")
    stale = "claim the-tests: stale: its source has changed"
    assert stale in run("status", TOPIC)
    warned = run(root, name="check")
    assert 'translations/es/sections/30-finding-out.toml: item "claim the-tests"' in warned
    assert "24 of 25 items translated (1 stale)" in warned
    assert "INFLESZ" in warned
    (root / TOPIC / "translations" / "es").rename(root / TOPIC / "translations" / "sp")
    lost = f'{TOPIC}/translations/sp: nobody sees it: "sp" is not among the languages'
    assert lost in run(root, name="check")


def test_what_is_outside_of_topics_goes_out_and_comes_back(
    run: Run, root: Path, tmp_path: Path
) -> None:
    said = run("status", "library")
    assert "library (es): 39 of 54 items translated." in said
    assert "  reader easy: no hash of what it translates" in said
    assert "content/readers.toml: 4 texts carry no hash" in run(root, name="check")
    edit(root / "urgent.toml", "Choking can be serious.", "Choking is serious.")
    assert "  alarm choking: stale: its source has changed" in run("status", "library")
    assert 'content/urgent.toml: item "alarm choking": the text' in run(root, name="check")
    table = tmp_path / "table.csv"
    run("export", "library", "es", "-o", table, "--to-do")
    text = table.read_text("utf-8").replace(",stale,", ",done,")
    table.write_text(text, "utf-8")
    assert "library (es): 16 items written." in run("import", table)
    assert run("status", "library") == "library (es): 54 of 54 items translated.\n"
    assert 'The library has no "fr" yet' in run("export", "library", "fr", status=1)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "no-topic", "es"), 'There is no topic "no-topic"'),
        (("export", "example-topc", "es"), 'Did you mean "example-topic"?'),
        (("export", TOPIC, "en"), 'The topic is written in "en" itself'),
        (("import", "no-such-file.csv"), "There is no file no-such-file.csv"),
        (("status", "nothing"), 'There is no topic "nothing"'),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], says: str) -> None:
    assert says in run(*arguments, status=1)


@pytest.mark.parametrize("language", ["..", "../x", "ES", "es\\x", ""])
def test_a_language_is_no_path(root: Path, language: str) -> None:
    with pytest.raises(SystemExit):
        main(["translate", "export", TOPIC, language, "--content", str(root)])


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        (["example-topic/../topic/question.plain"], "is not as it was exported"),
        (["what-is-it"], "is not as it was exported"),
        (["example-topic/es/topic/group-1", "other/es/topic/group-1"], "several topics"),
        (["example-topic/en/topic/group-1"], "its own language"),
        (["nothing/es/topic/group-1"], 'There is no topic "nothing"'),
    ],
)
def test_a_table_of_something_else_is_refused(
    run: Run, tmp_path: Path, ids: list[str], says: str
) -> None:
    table = tmp_path / "table.csv"
    rows = "".join(f"{id_},0123456789ab,new,Hola\n" for id_ in ids)
    table.write_text(f"id,of,state,translation\n{rows}", "utf-8")
    said = run("import", table, status=1)
    assert says in said
    assert "Traceback" not in said


def test_a_proof_shows_what_each_item_translates(run: Run, root: Path, tmp_path: Path) -> None:
    table, proof = tmp_path / "table.csv", tmp_path / "proof.txt"
    run("export", TOPIC, "es", "-o", table)
    fill(table)
    run("import", table)
    run(root / TOPIC, "-o", proof, "--language", "es", name="proof")
    text = " ".join(proof.read_text("utf-8").split())
    assert "La lactosa es el azúcar de la leche." in text
    assert "Translation: done." in text
    assert "en, plain: Lactose is the sugar in milk." in text


def test_a_directory_that_is_removed_while_it_is_read_is_named(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kiosk.cli.authors.translate.load_tree", lambda directory: (None, [no_such(directory)])
    )
    assert "no such directory" in run("status", status=1)
