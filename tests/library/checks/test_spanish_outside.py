"""Doses and figures in Spanish are problems outside of topics, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.library.checks.rules import examine
from tests.support.library.spanish_example import edit, write_library

DOSE = "Tome dos tabletas."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_library(tmp_path_factory.mktemp("spanish") / "content")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("urgent.toml", "Atragantarse puede ser grave.", DOSE),
        ("policy/es.toml", "There are no ads here.", DOSE),
        ("readers.toml", 'note.es = "medical words"', f'note.es = "{DOSE}"'),
        ("library.toml", "Esta clínica", DOSE),
        ("interface/es.toml", "Español", DOSE),
    ],
)
def test_a_dose_in_spanish_outside_of_topics_is_a_problem(
    library: Path, file: str, old: str, new: str
) -> None:
    before = (library / file).read_text("utf-8")
    try:
        assert examine(library)[1] == []
        edit(library / file, old, new)
        problems = [str(problem) for problem in examine(library)[1]]
    finally:
        (library / file).write_text(before, "utf-8")
    assert any(f"content/{file}" in line and "two tablets" in line for line in problems), problems


def test_figures_in_spanish_words_are_compared_between_levels(library: Path) -> None:
    file = library / "urgent.toml"
    before = file.read_text("utf-8")
    try:
        for said in ("dos horas", "tres horas"):
            edit(file, "Atragantarse puede ser grave.", f"Atragantarse {said} es grave.")
        problems = [str(problem) for problem in examine(library)[1]]
    finally:
        file.write_text(before, "utf-8")
    assert any("say.es: the figures differ between levels" in line for line in problems), problems
