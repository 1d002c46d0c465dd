"""Every problem of a run is told together, and none is told twice."""

from __future__ import annotations

import pytest

from tests.support.library.small_tree import Tree

EVIDENCE = "sore-back/evidence.toml"
START = "sore-back/sections/10-start.toml"
MORE = "sore-back/sections/20-more.toml"
PILLS = "sore-back/sections/80-pills.toml"


def test_ten_mistakes_are_ten_problems(tree: Tree) -> None:
    tree.change("library.toml", "clinic.en", "clinc.en")
    tree.change("readers.toml", 'level = "plain"', 'level = "plane"')
    tree.change("interface/en.toml", "choice.next =", "choice.nxet =")
    tree.change("sore-back/review.toml", "submitted", "under-review")
    tree.change("sore-back/topic.toml", '"Transient."', '"Zinc."')
    tree.change(EVIDENCE, '"guideline"', '"guidline"')
    tree.change("sore-back/cautions.toml", 'everyday-again = "Talk', 'everyday-agian = "Talk')
    tree.change(START, '"A02"', '"A22"')
    tree.change(START, 'plain = "Go', 'same-as.plain = "nothing" # "Go')
    tree.change(PILLS, "25 to 40 mg", "25 to 45 mg")
    problems = [str(problem) for problem in tree.problems()]
    assert len(problems) == 10, "\n".join(problems)


@pytest.mark.parametrize(
    "file",
    [
        "library.toml",
        "readers.toml",
        "interface/en.toml",
        "policy/en.toml",
        "urgent.toml",
        "sore-back/topic.toml",
        "sore-back/evidence.toml",
        "sore-back/cautions.toml",
        "sore-back/review.toml",
        START,
        MORE,
        PILLS,
    ],
)
@pytest.mark.parametrize("how", ["broken", "cut short", "gone"])
def test_a_broken_file_hides_nothing_and_is_one_problem(tree: Tree, file: str, how: str) -> None:
    other = MORE if file != MORE else START
    level = "Two blocks." if other == MORE else "A page says rest heals."
    tree.change(other, f'plain = "{level}"', f'plain = "{level} \\u0007"')
    if how != "gone":
        rest = (tree.root / file).read_text("utf-8") if how == "broken" else ""
        tree.write(file, f'id = "broken\n{rest}')
        words = f"content/{file}: line 1, column 13: not valid TOML"
    else:
        (tree.root / file).unlink()
        words = f"content/{file}: this file is missing"
    problems = [str(problem) for problem in tree.problems()]
    there = file.startswith("sore-back/sections/") and how == "gone"
    assert any("U+0007" in line for line in problems)
    if not there:
        assert any(words in line for line in problems), problems
        assert len(problems) == 2, "\n".join(problems)


def test_a_broken_section_hides_no_dangling_ids(tree: Tree) -> None:
    tree.change(MORE, 'id = "more"', 'id = "more')
    tree.change(START, '["more"]', '["more", "elsewhere"]')
    tree.change(START, '["A02"]', '["A02", "A99"]')
    problems = "\n".join(str(problem) for problem in tree.problems())
    assert 'offers "elsewhere": no such section' in problems
    assert 'rests-on "A99": no such statement' in problems
    assert problems.count("\n") == 2, problems


def test_no_directory(tree: Tree) -> None:
    for path in sorted(tree.root.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    tree.root.rmdir()
    assert "no such directory" in tree.only_problem()


def test_no_sections(tree: Tree) -> None:
    for path in (tree.root / "sore-back/sections").iterdir():
        path.unlink()
    assert "content/sore-back/sections: no section files" in tree.only_problem()


def test_a_topic_that_is_not_there(tree: Tree) -> None:
    tree.change("library.toml", '["sore-back"]', '["sore-back", "sore-knee"]')
    problems = [str(problem) for problem in tree.problems()]
    assert any("content/sore-knee/topic.toml: this file is missing" in line for line in problems)
