"""A new topic checks clean but for the words to write, alone and in a library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.authoring.markdown import read_markdown
from kiosk.authoring.new_topic import (
    NotWritten,
    list_topic,
    topic_files,
    write_library,
    write_topic,
)
from kiosk.cli.main import main
from kiosk.library.checks.rules import examine
from tests.support.shipped import CONTENT

TODAY = date(2026, 11, 26)
TEXT = """\
# Milk sugar

## What is it?

Your gut makes **too little** of one [enzyme](http://example.org).
So milk sugar stays in the gut.

- gas
- cramps

This is common.

## What can I eat?
Try hard cheese "first".
"""


def problems_of(directory: Path) -> list[str]:
    return [str(problem) for problem in examine(directory)[1]]


@pytest.mark.parametrize("one_level", [False, True], ids=["three levels", "one level"])
def test_a_new_topic_has_no_problems_but_words_to_write(tmp_path: Path, one_level: bool) -> None:
    write_topic(tmp_path, "gout", topic_files("gout", TODAY, one_level=one_level))
    write_library(tmp_path, "gout", CONTENT)
    problems = problems_of(tmp_path)
    assert len(problems) >= 15
    assert [line for line in problems if "still to write" not in line] == []


@pytest.mark.parametrize("one_level", [False, True], ids=["three levels", "one level"])
def test_written_over_it_has_no_problem_at_all(tmp_path: Path, one_level: bool) -> None:
    files = topic_files("gout", TODAY, one_level=one_level)
    write_topic(tmp_path, "gout", {name: t.replace("TODO ", "") for name, t in files.items()})
    write_library(tmp_path, "gout", CONTENT)
    assert [line for line in problems_of(tmp_path) if "reads at grade" not in line] == []


def test_markdown_becomes_steps_and_claims(tmp_path: Path) -> None:
    outline = read_markdown(TEXT, "milk")
    assert [section.title for section in outline.sections] == ["What is it?", "What can I eat?"]
    assert outline.sections[0].blocks == (
        "Your gut makes too little of one enzyme. So milk sugar stays in the gut.\n- gas\n- cramps",
        "This is common.",
    )
    write_topic(tmp_path, "milk", topic_files("milk", TODAY, outline=outline))
    write_library(tmp_path, "milk", CONTENT)
    problems = problems_of(tmp_path)
    assert any('claim "what-can-i-eat-1": still to write: "Try hard cheese' in p for p in problems)
    assert [line for line in problems if "still to write" not in line] == []


def test_a_second_topic_is_listed_and_an_existing_one_is_left_alone(tmp_path: Path) -> None:
    write_topic(tmp_path, "gout", topic_files("gout", TODAY))
    write_library(tmp_path, "gout", CONTENT)
    assert list_topic(tmp_path, "milk")
    assert 'topics = ["milk", "gout"]' in (tmp_path / "library.toml").read_text("utf-8")
    with pytest.raises(NotWritten, match="exists already"):
        write_topic(tmp_path, "gout", {})


def test_the_command_begins_a_library_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "topic", "gout"]) == 0
    assert "kiosk check my-content/gout" in capsys.readouterr().out
    assert (tmp_path / "my-content/interface/en.toml").exists()
    assert main(["new", "topic", "gout"]) == 1
    assert "exists already" in capsys.readouterr().err


def test_the_command_says_what_an_id_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["new", "topic", "Lactose Intolerance"])
    assert "is no id. Try lactose-intolerance." in capsys.readouterr().err


def test_the_program_of_a_new_library_speaks_of_products(tmp_path: Path) -> None:
    write_library(tmp_path, "gout", CONTENT)
    words = (tmp_path / "interface" / "en.toml").read_text("utf-8")
    assert "supplement" not in words.lower()
    assert 'without = "Go on without products"' in words
    assert 'length-more = "Products take about {minutes} more minutes' in words


def test_the_lesson_names_the_files_that_are_written() -> None:
    guide = (CONTENT.parent / "docs" / "authoring.md").read_text("utf-8")
    example = CONTENT.parent / "docs" / "example-topic"
    files = set(topic_files("gout", TODAY))
    assert "take-home.toml" in files
    for name in files:
        assert f"`{Path(name).name}`" in guide, name
        if not name.endswith("30-what-helps.toml"):
            assert (example / name).exists(), name


def test_the_last_page_says_what_the_guide_warns_of() -> None:
    guide = " ".join((CONTENT.parent / "docs" / "authoring.md").read_text("utf-8").split())
    sentence = (
        "Blood in your stool or vomit, black stool, very bad pain or another danger sign? "
        "Tell our staff right now."
    )
    assert sentence in guide
    assert sentence in (CONTENT / "interface" / "en.toml").read_text("utf-8")
