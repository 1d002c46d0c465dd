"""questions.toml: one mistake, one problem; and nothing gated in an open phrase."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.fast_dataclass import replace
from kiosk.library.checks.questions import safety_notes
from kiosk.library.checks.rules import examine
from tests.support.library.small_tree import Mistake, Tree
from tests.support.shipped import CONTENT

FILE = "sore-back/questions.toml"
QUESTIONS = """
[[question]]
id = "does-walking-help"
plain = "Does walking help?"
everyday = "Does walking help?"
professional = "Is ambulation of benefit?"
answers = ["walk", "rest", "zinc-limit"]

[[asked]]
of = "walk"
en = ["should i go for a walk", "is walking ok"]
es = ["debo caminar", "es bueno caminar"]

[[asked]]
of = "zinc-amount"
en = ["how much zinc"]
es = ["cuánto zinc tomo"]

[[asked]]
of = "which"
en = ["which exercises"]

[[asked]]
of = "pace"
en = ["how fast"]

[[word]]
means = "walk"
en = ["stroll"]
es = ["caminar", "paseo"]

[[word]]
means = "zinc"
es = ["cinc"]
"""

MISTAKES: dict[str, Mistake] = {
    "answer that is not there": (
        FILE, '"rest", ', '"rset", ',
        ('question "does-walking-help": answers "rset": no such claim', 'Did you mean "rest"?'),
    ),
    "phrase of nothing": (
        FILE, 'of = "walk"', 'of = "wlak"',
        ('asked "wlak": of "wlak": no such claim', 'Did you mean "walk"?'),
    ),
    "unknown key": (FILE, "means =", "mean =", ('unknown key "mean"', '"means"?')),
    "unknown language": (FILE, 'en = ["how fast"]', 'fr = ["vite"]', ('unknown key "fr"',)),
    "four answers": (
        FILE, '"rest", ', '"rest", "bed", ', ("answers: at most 3",),
    ),
    "missing level": (
        FILE, 'everyday = "Does walking help?"', "", ('no wording for level "everyday"',),
    ),
    "gated term in a question": (
        FILE, 'plain = "Does walking help?"', 'plain = "Does zinc help?"',
        ('question "does-walking-help"', 'gated term "zinc" can be read before the cautions'),
    ),
    "gated term in an open phrase": (
        FILE, '"is walking ok"', '"is zinc better"',
        ('asked "walk": en: "is zinc better": gated term "zinc"', "behind cautions"),
    ),
    "gated term in an open phrase, in Spanish": (
        FILE, '"debo caminar"', '"o mejor aloe vera"', ('es: "o mejor aloe vera"', "aloe vera"),
    ),
    "another name of a gated term in an open phrase": (
        FILE, '"debo caminar"', '"o mejor tomo cinc"', ('es: "o mejor tomo cinc"', "cinc"),
    ),
    "gated term as another name of an open word": (
        FILE, '"stroll"', '"zinc walk"', ('word "walk": en: "zinc walk": gated term "zinc"',),
    ),
    "the same phrase for two": (
        FILE, '"how fast"', '"Is walking OK?"', ('"Is walking OK?" asks for "walk", too',),
    ),
    "question id taken": (
        FILE, "[[asked]]",
        '[[question]]\nid = "does-walking-help"\nplain = "So?"\neveryday = "So?"\n'
        'professional = "So?"\nanswers = ["walk"]\n\n[[asked]]',
        ('the id "does-walking-help" is taken',),
    ),
    "long sentence in plain words": (
        FILE, 'plain = "Does walking help?"', f'plain = "{"So " * 24}?"', ("24 words, at most 20",),
    ),
    "control character": (FILE, '"how fast"', '"how \\u0007 fast"', ("U+0007",)),
}  # fmt: skip


@pytest.fixture
def asked(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path / "content")
    tree.write(FILE, QUESTIONS)
    return tree


def test_a_topic_has_questions_and_is_refused_without(asked: Tree) -> None:
    assert [str(problem) for problem in asked.problems()] == []
    draft = examine(asked.root)[0]
    assert draft is not None
    (often,) = draft.topics[0].topic.questions
    assert (often.id, often.answers) == ("does-walking-help", ("walk", "rest", "zinc-limit"))
    assert draft.topics[0].asked[0].phrases["es"] == ("debo caminar", "es bueno caminar")
    (asked.root / FILE).unlink()
    assert "sore-back/questions.toml: no [[asked]]" in asked.only_problem()


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_one_mistake_is_one_problem(asked: Tree, mistake: Mistake) -> None:
    asked.assert_one_problem(mistake)


@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        (("zinc-amount", "glutamine-amount"), 1),
        (("walk-daily", "zinc-amount", "probiotics-action"), 1),
        (("zinc-amount", "zinc-action"), 0),
        (("zinc-bottom-line", "glutamine-bottom-line", "probiotics-bottom-line"), 0),
    ],
)
def test_a_suggested_question_is_answered_by_claims_of_one_product(
    answers: tuple[str, ...], problems: int
) -> None:
    draft = examine(CONTENT)[0]
    assert draft is not None
    (topic,) = (topic for topic in draft.topics if topic.topic.id == "leaky-gut")
    question = replace(topic.topic.questions[0], answers=answers)
    one = replace(topic, topic=replace(topic.topic, questions=(question,)))
    assert len(list(safety_notes(one))) == problems


@pytest.mark.parametrize(("bare_products", "problems"), [(2, 0), (1, 1), (0, 1)])
def test_claims_of_two_products_answer_a_question_only_if_neither_has_notes(
    bare_products: int, problems: int
) -> None:
    draft = examine(CONTENT)[0]
    assert draft is not None
    (topic,) = (topic for topic in draft.topics if topic.topic.id == "leaky-gut")
    bare = ("zinc", "glutamine")[:bare_products]
    sections = tuple(
        replace(
            section,
            products=tuple(
                replace(one, notes=()) if one.id in bare else one for one in section.products
            ),
        )
        for section in topic.topic.sections
    )
    question = replace(topic.topic.questions[0], answers=("zinc-amount", "glutamine-amount"))
    changed = replace(topic.topic, sections=sections, questions=(question,))
    assert len(list(safety_notes(replace(topic, topic=changed)))) == problems
