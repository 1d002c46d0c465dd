"""take-home.toml: one mistake, one problem; and nothing gated in the open."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.library.checks.rules import examine
from tests.support.library.small_tree import Mistake, Tree

FILE = "sore-back/take-home.toml"
TAKE_HOME = """
printed = ["walk", "bed"]
diary = "more"

[[good-question]]
id = "good-walk"
rests-on = ["A01"]
plain = "Can I walk?"
everyday = "Can I walk?"
professional = "Is walking advised?"

[[check]]
id = "check-walk"
rests-on = ["A01"]
plain = "Your friend has a sore back. What do you say?"
everyday = "Your friend has a sore back. What do you say?"
professional = "A patient has a sore back. What is the answer?"
again.plain = "Walking helps."
again.everyday = "Walking helps."
again.professional = "Walking helps."

[[check.answer]]
right = true
plain = "Go for a walk."
everyday = "Go for a walk."
professional = "Walking is advised."

[[check.answer]]
plain = "Stay in bed."
everyday = "Stay in bed."
professional = "Bed rest is advised."

[[check]]
id = "check-pills"
about-section = "pills"
rests-on = ["A01"]
plain = "Your friend takes zinc. What do you say?"
everyday = "Your friend takes zinc. What do you say?"
professional = "A patient takes zinc. What is the answer?"
again.plain = "Ask first."
again.everyday = "Ask first."
again.professional = "Ask first."

[[check.answer]]
right = true
plain = "Ask first."
everyday = "Ask first."
professional = "Ask first."

[[check.answer]]
plain = "Take more."
everyday = "Take more."
professional = "Take more."
"""

MISTAKES: dict[str, Mistake] = {
    "printed claim that is not there": (
        FILE, '"bed"]', '"bde"]', ('printed "bde": no such claim',),
    ),
    "printed claim of a gated section": (
        FILE, '"bed"]', '"zinc-amount"]', ('printed "zinc-amount" stands in a gated section',),
    ),
    "diary that is not there": (
        FILE, 'diary = "more"', 'diary = "moer"', ('diary "moer": no such section',),
    ),
    "two right answers": (
        FILE, 'plain = "Stay in bed."', 'right = true\nplain = "Stay in bed."',
        ('check "check-walk": 2 right answers, not one',),
    ),
    "no right answer": (
        FILE, 'right = true\nplain = "Go for a walk."', 'plain = "Go for a walk."',
        ('check "check-walk": 0 right answers, not one',),
    ),
    "the same answer twice": (
        FILE, 'plain = "Stay in bed."', 'plain = "Go for a walk."',
        ('level "plain": two answers are the same',),
    ),
    "missing level": (
        FILE, 'again.everyday = "Walking helps."\n', "", ('no wording for level "everyday"',),
    ),
    "gated term in an open question": (
        FILE, 'plain = "Can I walk?"', 'plain = "Can I take zinc?"',
        ('good-question "good-walk"', 'gated term "zinc" can be read before the cautions'),
    ),
    "gated term in an open answer": (
        FILE, 'plain = "Stay in bed."', 'plain = "Take zinc."', ('gated term "zinc"',),
    ),
    "statement that is not there": (
        FILE, 'id = "good-walk"\nrests-on = ["A01"]', 'id = "good-walk"\nrests-on = ["A91"]',
        ('rests-on "A91": no such statement',),
    ),
    "section that is not there": (
        FILE, 'about-section = "pills"', 'about-section = "start"',
        ('check "check-pills"', 'gated term "zinc"'),
    ),
    "unknown key": (FILE, 'diary = "more"', 'dairy = "more"', ('unknown key "dairy"',)),
    "id taken": (
        FILE, 'id = "check-pills"', 'id = "check-walk"', ('the id "check-walk" is taken',),
    ),
    "long sentence": (
        FILE, 'plain = "Can I walk?"', f'plain = "{"So " * 24}?"', ("24 words, at most 20",),
    ),
    "control character": (FILE, '"Can I walk?"', '"Can I \\u0007 walk?"', ("U+0007",)),
}  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    made = Tree(tmp_path / "content")
    made.write(FILE, TAKE_HOME)
    return made


def test_a_topic_may_have_it(tree: Tree) -> None:
    assert [str(problem) for problem in tree.problems()] == []
    draft = examine(tree.root)[0]
    assert draft is not None
    texts = draft.topics[0].topic.take_home
    assert texts.printed == ("walk", "bed")
    assert [question.section for question in texts.checks] == ["", "pills"]


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_one_mistake_is_one_problem(tree: Tree, mistake: Mistake) -> None:
    tree.assert_one_problem(mistake)
