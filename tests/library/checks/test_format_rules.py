"""Rules on urgent signs, tables, glossary, doors, verdicts: one mistake, one problem."""

from __future__ import annotations

import pytest

from tests.support.library.small_tree import Mistake, Tree

START, MORE = "sore-back/sections/10-start.toml", "sore-back/sections/20-more.toml"
PILLS, TOPIC = "sore-back/sections/80-pills.toml", "sore-back/topic.toml"
EVIDENCE, GLOSSARY = "sore-back/evidence.toml", "glossary.toml"
DOOR = "sore-back/sections/30-door.toml"

FORMAT = {
    START: """
[[urgent]]
id = "numb"
when = "now"
title = { plain = "Get help now", everyday = "Get help now", professional = "Urgent" }
rests-on = ["A01"]
plain = "Call {emergency}."
everyday = "Call {emergency}."
professional = "Call {emergency}."

[[table]]
id = "walks"
title = "Walks"
levels = ["professional"]
columns = ["What", "How"]

[[table.row]]
rests-on = ["A01"]
cells = ["Walking", "About 50% within 2 weeks, study of 2020"]

[[picture]]
id = "legs"
after = "walk"
art = "││"
words = { plain = "Legs.", everyday = "Legs.", professional = "Legs." }
""",
    DOOR: """
id = "door"
title = { plain = "Pills?", everyday = "Pills?", professional = "Supplements" }
opens = "pills"

[[claim]]
id = "which-pills"
rests-on = ["C06"]
explains = ["spine-word"]
plain = "Ask us about willow."
everyday = "Ask us about willow."
professional = "Consult about willow."

[[claim]]
id = "which-case"
urgent = "soon"
rests-on = ["C07"]
columns = { plain = "Case | To do", everyday = "Case | To do", professional = "Case | To do" }
plain = "- Pills: Ask."
everyday = "- Pills: Ask."
professional = "- Pills: to be asked."
""",
    GLOSSARY: """
[[word]]
id = "spine-word"
term = ["spine"]
plain = "Spine: the bones of the back."
""",
}

SAFETY = """
[[statement]]
id = "C06"
says = "Ask first."
strand = "editorial"
source = "Backs. 2021."

[[statement]]
id = "C07"
says = "Ask about pills."
strand = "editorial"
source = "Backs. 2021."
"""
OLD = """
[[statement]]
id = "C05"
says = "Rest is out of date."
strand = "guideline"
source = "Backs. 2021."
verified = "open text"

[[supersedes]]
statement = "A01"
by = ["C05"]
note = "Newer."
"""

MISTAKES: dict[str, Mistake] = {
    "what was read of a source, in other words": (
        EVIDENCE, 'id = "C06"', 'id = "C06"\nverified = "from the internet"',
        ("from the internet", "does not begin with", "from memory, not looked up"),
    ),
    "not confirmed without a verdict": (
        EVIDENCE, 'id = "C06"', 'id = "C06"\nchecked = "not-confirmed"', ("no verdict", "C06"),
    ),
    "gated term in urgent signs": (START, "Call {emergency}.", "Take zinc.", ('"zinc"', "numb")),
    "gated term in a cell": (START, '"Walking"', '"Walking, zinc"', ('table "walks"', '"zinc"')),
    "amount in a table": (START, '"Walks"', '"40 mg"', ('table "walks"', "amount")),
    "gated term in a column": (START, '"What"', '"Zinc"', ('table "walks"', '"zinc"')),
    "gated term in the glossary": (GLOSSARY, "the bones", "zinc, bones", ("spine-word", '"zinc"')),
    "gated term in a picture": (START, '"Legs."', '"Zinc."', ('picture "legs"', '"zinc"')),
    "a point for one column": (DOOR, '"- Pills: Ask."', '"- Pills."', ("which-case", "columns")),
    "a colon in brackets": (
        DOOR, '"- Pills: Ask."', '"- Pills (willow: bark): Ask."', ("which-case", "columns"),
    ),
    "one name for two columns": (
        DOOR, 'plain = "Case | To do"', 'plain = "Case"', ('"plain": names no two columns',),
    ),
    "columns without a point": (
        DOOR, 'plain = "- Pills: Ask."', 'plain = "Pills: ask."', ("has columns, and no points",),
    ),
    "columns with a verdict": (
        DOOR, 'urgent = "soon"',
        'verdict = { plain = "No.", everyday = "No.", professional = "No." }',
        ("which-case", "columns", "verdict"),
    ),
    "another urgency": (DOOR, 'urgent = "soon"', 'urgent = "later"', ("which-case", "urgent")),
    "too few cells": (START, '"Walking", ', "", ("row 1 has 1 cells for 2 columns",)),
    "figure that no source has": (START, "of 2020", "of 2019", ("2019", "no such figure in A01")),
    "supplement statement in a row": (
        START, 'rests-on = ["A01"]\ncells', 'rests-on = ["A01", "A05"]\ncells',
        ("supplement statement A05",),
    ),
    "picture after a claim elsewhere": (
        START, 'after = "walk"', 'after = "which-pills"', ("not in this section",),
    ),
    "picture after nothing": (START, 'after = "walk"', 'after = "wal"', ('Did you mean "walk"',)),
    "word that is not in the glossary": (
        DOOR, '"spine-word"', '"spine-wrd"', ('no such word. Did you mean "spine-word"',),
    ),
    "a door to an open section": (DOOR, '"pills"', '"more"', ("requires no cautions",)),
    "a door that nobody passes": (
        TOPIC, 'steps = ["start", "door"]', 'steps = ["start"]', ("is no step",),
    ),
    "choice without a choice": (
        START, 'offers = ["more"]',
        'offers = ["more"]\nchoose = { plain = "Which?", everyday = "Which?", professional = "?" }',
        ("choose: a question",),
    ),
    "named without its warnings": (
        TOPIC, "", '[[warned]]\nterms = ["willow"]\nstatements = ["A04"]\n',
        ('claim "which-pills": names willow and rests not on its warnings A04',),
    ),
    "long everyday caution": (
        "sore-back/cautions.toml", "Ask us first. Nothing is proven to work.", "Ask us. " * 31,
        ('level "everyday": 62 words, at most 60',),
    ),
}  # fmt: skip


@pytest.fixture
def whole(tree: Tree) -> Tree:
    for name, text in FORMAT.items():
        (tree.add if name == START else tree.write)(name, text)
    tree.change(TOPIC, 'steps = ["start"]', 'steps = ["start", "door"]')
    tree.add(EVIDENCE, SAFETY)
    return tree


def test_the_tree_with_every_kind_of_block_has_no_problem(whole: Tree) -> None:
    assert not [str(problem) for problem in whole.problems()]


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_problem(whole: Tree, name: str) -> None:
    if name == "a door that nobody passes":
        whole.change(START, 'offers = ["more"]', 'offers = ["more", "door"]')
    whole.assert_one_problem(MISTAKES[name])


def test_a_superseded_statement_is_told_with_what_superseded_it(whole: Tree) -> None:
    whole.add(EVIDENCE, OLD)
    lines = [str(problem) for problem in whole.problems()]
    assert lines
    assert all("rests on A01, which is superseded" in line for line in lines)
    text = (whole.root / START).read_text().replace('["A01"]', '["A01", "C05"]')
    whole.write(START, text)
    left = [
        problem
        for problem in whole.problems()
        if not problem.where.startswith(("disagree", "both-true"))
    ]
    assert not left


def test_statements_from_elsewhere_need_not_be_used(whole: Tree) -> None:
    whole.add(EVIDENCE, OLD.split("[[supersedes]]")[0])
    assert not [str(problem) for problem in whole.problems()]
