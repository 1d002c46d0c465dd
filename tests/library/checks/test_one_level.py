"""Topics in one level of words, topics in two languages, and terms gated in every topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.content import Topic
from kiosk.core.wording import ReadabilityScale
from kiosk.library.checks.rules import examine
from kiosk.library.readability.formulas import measure
from kiosk.library.readability.syllables_es import syllables
from tests.support.importers.health_topics import write_bilingual_library
from tests.support.library.small_tree import Tree

HARD = "Cervicalgia necessitates comprehensive multidisciplinary evaluation. " * 3
FILES = {
    "topic.toml": """
id = "neck"
updated = 2026-11-21
one-level = true
question = { text = "Neck pain" }
summary = { text = "Your neck may hurt." }
steps = ["one"]
preview = "a"
groups = ["Bones"]
other-names = ["Cervicalgia"]
""",
    "review.toml": 'status = "submitted"\n',
    "cautions.toml": "",
    "sections/10-one.toml": f"""
id = "one"
title = {{ text = "One" }}

[[claim]]
id = "a"
rests-on = ["A01"]
text = "{HARD.strip()}"
""",
    "evidence.toml": """
[[document]]
id = "A"
title = "A page on necks"

[[statement]]
id = "A01"
says = "Necks hurt."
strand = "document"
""",
}


@pytest.fixture
def two(tmp_path: Path) -> Tree:
    """A library in two languages, with a topic in one level beside one that has all."""
    tree = write_bilingual_library(tmp_path / "content")
    tree.change("library.toml", '["sore-back"]', '["sore-back", "neck"]')
    for name, text in FILES.items():
        tree.write(f"neck/{name}", text)
    return tree


def topics(tree: Tree) -> dict[tuple[str, str], Topic]:
    draft, problems = examine(tree.root)
    assert draft is not None
    assert [str(problem) for problem in problems] == []
    return {(topic.topic.id, topic.topic.language): topic.topic for topic in draft.topics}


def test_one_level_is_measured_and_excused_from_the_levels(two: Tree) -> None:
    neck = topics(two)["neck", "en"]
    assert neck.one_level
    assert neck.scale is ReadabilityScale.GRADE
    assert neck.grade > 15
    claim = neck.sections[0].claims[0].wording
    assert claim.plain == claim.everyday == claim.professional == HARD.strip()
    assert (neck.groups, neck.other_names) == (("Bones",), ("Cervicalgia",))
    assert not topics(two)["sore-back", "en"].one_level


MISTAKES = {
    "text beside a level": (
        "neck/sections/10-one.toml",
        'title = { text = "One" }',
        'title = { text = "One", plain = "Two" }',
        '"text" words every level, and "plain" one',
    ),
    "levels that differ": (
        "neck/sections/10-one.toml",
        'title = { text = "One" }',
        'title = { plain = "One", everyday = "One", professional = "Uno" }',
        "title: the levels differ, and topic.toml says one-level",
    ),
    "text where there are levels": (
        "sore-back/sections/20-more.toml",
        'title = { plain = "More", everyday = "More", professional = "Further details" }',
        'title = { text = "More" }',
        '"title.text" words every level, and topic.toml does not say one-level = true',
    ),
    "an amount": ("neck/topic.toml", "may hurt", "took 40 mg", 'an amount, "40 mg"'),
    "another topic's gated term": (
        "neck/topic.toml", '["Cervicalgia"]', '["Zinc neck"]', 'other-names: gated term "zinc"',
    ),
    "a term in a statement": (
        "neck/evidence.toml", "Necks hurt.", "Zinc.", 'gated term "zinc" can be read before',
    ),
    "a figure of its own": (
        "neck/sections/10-one.toml", "Cervicalgia", "40 of Cervicalgia", "no such figure in A01",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_the_other_rules_hold(name: str, two: Tree) -> None:
    file, old, new, words = MISTAKES[name]
    two.change(file, old, new)
    assert words in two.only_problem()


def test_a_figure_of_a_statement_beside_the_one_that_is_quoted_is_missed(two: Tree) -> None:
    section, evidence = "neck/sections/10-one.toml", "neck/evidence.toml"
    two.change(section, HARD.strip(), "Of 40 necks, two hurt.")
    two.change(evidence, "Necks hurt.", "Of 40 necks, two hurt.")
    assert two.problems() == []
    two.change(section, '["A01"]', '["A01", "A02"]')
    other = '[[statement]]\nid = "A02"\nsays = "50 do not."\nstrand = "document"\n'
    two.write(evidence, (two.root / evidence).read_text("utf-8") + other)
    assert '"A02": 50: told by no text' in two.only_problem()
    two.change(section, "two hurt.", "two hurt. 50 do not. 60 may.")
    assert "60: no such figure in A01, A02" in two.only_problem()


def test_gated_in_its_own_topic_a_term_is_not_gated_in_another(two: Tree) -> None:
    two.change("neck/topic.toml", "Your neck", "The guar neck")
    assert two.problems() == []
    two.change("sore-back/topic.toml", '["zinc", "cinc"]', '["zinc", "guar"]')
    assert 'gated term "guar" can be read before' in two.only_problem()


def add_spanish(tree: Tree, *, evidence: bool) -> None:
    for name, text in FILES.items():
        if name != "evidence.toml" or evidence:
            tree.write(f"neck/es/{name}", text)
    tree.change("neck/es/topic.toml", "Neck pain", "Dolor de cuello")
    tree.change("neck/es/sections/10-one.toml", HARD.strip(), "El cuello duele. Va a pasar.")


@pytest.mark.parametrize("evidence", [True, False], ids=["evidence of its own", "a shared one"])
def test_a_topic_in_two_languages(two: Tree, evidence: bool) -> None:
    add_spanish(two, evidence=evidence)
    if evidence:
        two.change("neck/es/evidence.toml", "Necks hurt.", "Los cuellos duelen.")
    by_language = topics(two)
    assert [key for key in by_language if key[0] == "neck"] == [("neck", "en"), ("neck", "es")]
    spanish = by_language["neck", "es"]
    assert (spanish.scale, spanish.question.plain) == (ReadabilityScale.EASE, "Dolor de cuello")
    assert 80 < spanish.grade <= 100
    assert spanish.statements[0].says == ("Los cuellos duelen." if evidence else "Necks hurt.")


def test_each_language_is_checked_by_itself(two: Tree) -> None:
    add_spanish(two, evidence=True)
    two.change("neck/es/sections/10-one.toml", "El cuello duele", "Tome zinc")
    assert two.only_problem().startswith('content/neck/es/sections/10-one.toml: claim "a"')
    two.change("neck/es/sections/10-one.toml", "Tome zinc", "El cuello duele")
    two.change("neck/es/topic.toml", 'preview = "a"', 'preview = "b"')
    assert 'content/neck/es/topic.toml: preview "b": no such claim' in two.only_problem()


def test_the_mistakes_of_one_language_do_not_hide_those_of_the_other(two: Tree) -> None:
    add_spanish(two, evidence=True)
    two.write("neck/es/sections/10-one.toml", "id = ")
    two.change("neck/sections/10-one.toml", "A01", "A09")
    problems = "\n".join(str(problem) for problem in two.problems())
    assert 'content/neck/sections/10-one.toml: claim "a": rests-on "A09"' in problems
    assert "content/neck/es/sections/10-one.toml" in problems


def test_a_topic_in_the_second_language_alone(two: Tree) -> None:
    add_spanish(two, evidence=True)
    for path in sorted((two.root / "neck").glob("*")):
        if path.is_file():
            path.unlink()
    (two.root / "neck/sections/10-one.toml").unlink()
    assert [key for key in topics(two) if key[0] == "neck"] == [("neck", "es")]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("casa", 2), ("aéreo", 4), ("país", 2), ("ciudad", 2), ("cuello", 2), ("queso", 2),
        ("guitarra", 3), ("pingüino", 3), ("muy", 1), ("y", 1), ("ahora", 3), ("leer", 2),
        ("enfermedad", 4), ("corazón", 3), ("medicamentos", 5), ("día", 2), ("50%", 7),
        ("estudio", 3), ("yo", 1), ("reír", 2),
    ],
)  # fmt: skip
def test_spanish_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_ease_by_hand() -> None:
    """2 sentences, 7 words, 10 syllables: El cue-llo due-le. Se va a pa-sar."""
    measured = measure("El cuello duele. Se va a pasar.", language="es")
    assert (measured.sentences, measured.words, measured.syllables) == (2, 7, 10)
    assert measured.ease == pytest.approx(206.835 - 62.3 * 10 / 7 - 3.5)
