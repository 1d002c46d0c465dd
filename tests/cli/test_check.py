"""Output of `kiosk check`."""

from __future__ import annotations

import io
from pathlib import Path

from kiosk.cli.check import check
from tests.support.library.small_tree import Tree

ROOT = Path(__file__).parents[2]


def test_a_tree_without_problems(tree: Tree) -> None:
    out = io.StringIO()
    assert check(tree.root, ROOT / "themes", out) == 0
    lines = out.getvalue().splitlines()
    assert "6 of 6 statements of the documents used" in lines
    assert lines[-1].startswith("0 problems")
    assert max(len(line) for line in lines if not line.startswith("warning: ")) <= 80
    for section in ("start", "more", "pills", "cautions"):
        assert any(line.startswith(f"{section} ") for line in lines)
    assert any("Curcuma longa 0" in line for line in lines)


def test_problems_and_their_number(tree: Tree) -> None:
    tree.change("library.toml", "clinic.en", "clinic.em")
    tree.change("sore-back/review.toml", "submitted", "under-review")
    out = io.StringIO()
    assert check(tree.root, None, out) == 1
    lines = out.getvalue().splitlines()
    assert len([line for line in lines if line.startswith("content/")]) == 2
    assert lines[-1].startswith("2 problems")


def test_warnings_follow_the_problems_and_leave_the_exit_status_alone(tree: Tree) -> None:
    tree.change("sore-back/sections/10-start.toml", "Go for a walk.", "It helps to walk.")
    out = io.StringIO()
    assert check(tree.root, None, out) == 0
    lines = out.getvalue().splitlines()
    warnings = [line for line in lines if line.startswith("warning: content/")]
    assert any('claim "walk": level "plain": begins with "It"' in line for line in warnings)
    assert lines[-1] == f"0 problems, {len(warnings)} warnings"


def test_a_bad_theme_is_a_problem(tree: Tree, tmp_path: Path) -> None:
    themes = tmp_path / "themes"
    themes.mkdir()
    (themes / "x.toml").write_text("name = 5")
    out = io.StringIO()
    assert check(tree.root, themes, out) == 1
    assert "themes/x.toml: name: must be text" in out.getvalue()


def test_no_directory(tmp_path: Path) -> None:
    out = io.StringIO()
    assert check(tmp_path / "none", None, out) == 1
    assert "no such directory" in out.getvalue()
    assert out.getvalue().endswith("1 problem\n")
