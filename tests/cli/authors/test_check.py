"""Output of `kiosk check`."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from kiosk.cli.authors.check import check
from kiosk.library.checks.spelling import missing_dictionary
from tests.support.library.small_tree import Tree

ROOT = Path(__file__).parents[3]


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


def test_a_topic_is_checked_alone_by_its_folder(tree: Tree) -> None:
    tree.change("library.toml", "clinic.en", "clinic.em")
    tree.change("sore-back/review.toml", '"submitted"', '"sent"')
    out = io.StringIO()
    assert check(tree.root / "sore-back", None, out) == 1
    problems = [line for line in out.getvalue().splitlines() if line.startswith("content/")]
    assert problems == [
        'content/sore-back/review.toml: status "sent" is not one of "submitted", "under-review", '
        '"approved"'
    ]


def test_a_topic_alone_borrows_the_library_around_it(tree: Tree, tmp_path: Path) -> None:
    alone = tmp_path / "drafts" / "sore-back"
    shutil.copytree(tree.root / "sore-back", alone)
    assert check(alone, None, io.StringIO()) == 0


def test_titles_of_a_topic_are_asked_as_questions(tree: Tree) -> None:
    tree.change("sore-back/sections/10-start.toml", 'plain = "Start here"', 'plain = "Will it?"')
    out = io.StringIO()
    check(tree.root / "sore-back", None, out)
    assert 'asked as a question, "Will it?" finds nothing' in out.getvalue()


def _other_names(tree: Tree, names: str) -> list[str]:
    tree.change("sore-back/topic.toml", "steps =", f"other-names = {names}\nsteps =")
    out = io.StringIO()
    assert check(tree.root / "sore-back", None, out) == 0, out.getvalue()
    return [line for line in out.getvalue().splitlines() if "other-names" in line]


def test_other_names_of_a_topic_are_asked_as_questions(tree: Tree) -> None:
    [warned] = _other_names(tree, '["lumbago", "going for a walk"]')
    assert 'other-names: asked as a question, "What is lumbago?" finds nothing.' in warned
    assert 'Add to questions.toml: [[asked]] of = "walk" with en = ["What is lumbago?"].' in warned
    tree.add("sore-back/questions.toml", '[[asked]]\nof = "walk"\nen = ["What is lumbago?"]\n')
    out = io.StringIO()
    assert check(tree.root / "sore-back", None, out) == 0
    assert "lumbago" not in out.getvalue()


def test_another_name_with_a_product_in_it_is_not_asked(tree: Tree) -> None:
    tree.change("sore-back/topic.toml", "steps =", 'gated-as-product = ["plaster"]\nsteps =')
    assert _other_names(tree, '["plaster sickness"]') == []


def test_problems_as_json_name_file_line_item_and_cure(tree: Tree) -> None:
    tree.change("sore-back/sections/10-start.toml", '["A02"]', '["A22"]')
    out = io.StringIO()
    assert check(tree.root, None, out, "json") == 1
    (problem,) = json.loads(out.getvalue())["problems"]
    assert problem == {
        "file": "content/sore-back/sections/10-start.toml",
        "line": 15,
        "item": 'claim "bed"',
        "message": 'rests-on "A22": no such statement',
        "hint": 'Did you mean "A02"?',
    }


def test_problems_as_remarks_for_github(tree: Tree) -> None:
    tree.change("sore-back/sections/10-start.toml", '["A02"]', '["A22"]')
    out = io.StringIO()
    assert check(tree.root, None, out, "github") == 1
    errors = [line for line in out.getvalue().splitlines() if line.startswith("::error ")]
    assert len(errors) == 1
    assert '10-start.toml,line=15::claim "bed": rests-on' in errors[0]


def test_a_topic_that_nobody_lists_is_warned_of(tree: Tree) -> None:
    shutil.copytree(tree.root / "sore-back", tree.root / "sore-knee")
    out = io.StringIO()
    check(tree.root, None, out)
    assert 'topics: "sore-knee" is not listed' in out.getvalue()


def test_exceptions_of_an_author_are_shown_to_the_reviewer(tree: Tree) -> None:
    reason = 'food-amount = true\nfood-amount-because = "Bread weighs so much."\n'
    tree.change("sore-back/sections/10-start.toml", "key = true\n", f"key = true\n{reason}")
    out = io.StringIO()
    check(tree.root, None, out)
    assert 'claim "walk": amounts of food: Bread weighs so much.' in out.getvalue()


def test_a_misspelt_word_is_refused_where_a_dictionary_is_installed(tree: Tree) -> None:
    tree.change("sore-back/sections/10-start.toml", "Go for a walk.", "Go for a wlak.")
    out = io.StringIO()
    missing = missing_dictionary("en")
    assert check(tree.root, None, out) == (0 if missing else 1)
    expected = missing or '"wlak" is in no dictionary. Did you mean '
    assert expected in out.getvalue()


def test_a_unit_a_day_is_no_misspelt_word(tree: Tree) -> None:
    tree.change("sore-back/sections/80-pills.toml", "25-40 mg daily is", "25-40 mg/day is")
    out = io.StringIO()
    assert check(tree.root, None, out) == 0, out.getvalue()
    assert "in no dictionary" not in out.getvalue()


@pytest.mark.skipif(bool(missing_dictionary("en")), reason=missing_dictionary("en"))
def test_a_right_word_that_no_dictionary_has_is_listed_by_its_author(tree: Tree) -> None:
    tree.change("sore-back/sections/10-start.toml", "Go for a walk.", "Go for a wlak.")
    tree.change("sore-back/topic.toml", "steps = ", 'spelled = ["wlak"]\nsteps = ')
    out = io.StringIO()
    assert check(tree.root, None, out) == 0
    assert "dictionary" not in out.getvalue()


def test_without_dictionaries_it_is_said_that_spelling_was_not_checked(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    out = io.StringIO()
    check(tree.root, None, out)
    assert "Spelling was not checked. To have it checked:\n  apt install hunspell" in out.getvalue()
    lines = out.getvalue().splitlines()
    assert max(len(line) for line in lines if not line.startswith("warning: ")) <= 80


def _asked(tree: Tree, of: str, phrase: str) -> str:
    """The warnings on one way to ask for an item."""
    with (tree.root / "sore-back" / "questions.toml").open("a") as file:
        file.write(f'[[asked]]\nof = "{of}"\nen = ["{phrase}"]\n')
    out = io.StringIO()
    assert check(tree.root / "sore-back", None, out) == 0, out.getvalue()
    return "\n".join(line for line in out.getvalue().splitlines() if f'asked "{of}"' in line)


def test_phrases_that_find_their_item_are_not_warned_of(tree: Tree) -> None:
    assert _asked(tree, "bed", "should i stay in bed") == ""


def test_a_phrase_of_an_open_item_that_is_heard_as_one_of_products_is_named(tree: Tree) -> None:
    warned = _asked(tree, "bed", "is bed on the list")
    assert 'en: "is bed on the list" is taken for one about products' in warned


def test_a_phrase_of_a_product_is_locked_and_then_answered_by_it(tree: Tree) -> None:
    assert _asked(tree, "zinc-amount", "how much zinc") == ""


def test_a_phrase_of_a_product_that_open_text_answers_is_named(tree: Tree) -> None:
    warned = _asked(tree, "zinc-amount", "should i go for a walk")
    assert 'finds "walk" in "start", in place of "The cautions come first"' in warned
