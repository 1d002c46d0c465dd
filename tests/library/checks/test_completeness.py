"""What a topic lacks: questions, its authors, a "not" at one of its levels."""

from __future__ import annotations

import pytest

from tests.support.library.small_tree import Tree

START = "sore-back/sections/10-start.toml"
EASY, EVERYDAY, MEDICAL = "Go for a walk. ", "Walking helped", "Ambulation helped"


def test_a_topic_that_does_not_say_who_wrote_it_is_refused(tree: Tree) -> None:
    (tree.root / "sore-back/policy.toml").unlink()
    assert "sore-back/policy.toml: this file is missing" in tree.only_problem()


def test_a_topic_that_does_not_say_how_people_ask_is_refused(tree: Tree) -> None:
    (tree.root / "sore-back/questions.toml").unlink()
    assert "sore-back/questions.toml: no [[asked]]" in tree.only_problem()


@pytest.mark.parametrize("name", ["policy.toml", "questions.toml"])
def test_a_file_that_cannot_be_read_is_not_called_missing_too(tree: Tree, name: str) -> None:
    tree.add(f"sore-back/{name}", "\nno toml")
    assert "not valid TOML" in tree.only_problem()


def test_a_key_misspelt_in_questions_is_not_called_a_lack_of_questions(tree: Tree) -> None:
    tree.change("sore-back/questions.toml", "of = ", "off = ")
    problems = "\n".join(map(str, tree.problems()))
    assert "off" in problems
    assert "no [[asked]]" not in problems


@pytest.mark.parametrize("word", ["gastroenterologist", "inflammation", "endoscopy", "colitis"])
def test_a_hard_word_is_no_name_that_grades_leave_out(tree: Tree, word: str) -> None:
    tree.change("sore-back/topic.toml", '["Curcuma longa"]', f'["Curcuma longa", "{word}"]')
    assert f'names: "{word}" is a word, not a name' in tree.only_problem()


@pytest.mark.parametrize("name", ["Dr. Inflammation", "psyllium", "tetracycline", "lactose"])
def test_names_of_people_and_substances_are_left_out(tree: Tree, name: str) -> None:
    tree.change("sore-back/topic.toml", '["Curcuma longa"]', f'["Curcuma longa", "{name}"]')
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("easy", "medical"),
    [
        ("Do not walk. ", "Ambulation helped"),
        ("You may walk. ", "Ambulation is contraindicated. Rest helped"),
        ("Go for a walk. ", "They must never walk. Rest helped"),
        ("If it hurts, don\u2019t walk. ", "Ambulation helped"),
        ("You may walk. ", "Patients should not walk. Rest helped"),
    ],
)
def test_what_one_level_forbids_no_other_may_allow(tree: Tree, easy: str, medical: str) -> None:
    tree.change(START, EASY, easy)
    tree.change(START, MEDICAL, medical)
    assert "Is it the same advice?" in tree.only_problem()


@pytest.mark.parametrize(
    ("easy", "medical"),
    [
        ("You do not have to walk. ", "Ambulation is optional. It helped"),
        ("Shoes do not help. ", "Footwear is of doubtful value. Walking helped"),
        ("Do not walk. ", "Ambulation is to be avoided. Rest helped"),
        ("Never walk alone. ", "Ambulation without company is inadvisable. It helped"),
        ("You don't need to walk. ", "Ambulation is optional. It helped"),
    ],
)
def test_what_forbids_nothing_and_other_words_for_not_pass(
    tree: Tree, easy: str, medical: str
) -> None:
    tree.change(START, EASY, easy)
    tree.change(START, EVERYDAY, easy + EVERYDAY)
    tree.change(START, MEDICAL, medical)
    assert list(map(str, tree.problems())) == []
