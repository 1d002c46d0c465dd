"""Each warning on style is given for a bad text and not for a good one."""

from __future__ import annotations

import json

import pytest

from kiosk.library.checks import style
from kiosk.library.source.load import load_tree
from tests.support.library.small_tree import Tree

LEVELS = ("plain", "everyday", "professional")
Texts = str | tuple[str, str, str]


def section(title: str, texts: Texts) -> str:
    """Return a section file with one claim, worded the same at each level if it is one text."""
    by_level = dict(zip(LEVELS, (texts,) * 3 if isinstance(texts, str) else texts, strict=True))
    lines = ['id = "start"', *(f"title.{level} = {json.dumps(title)}" for level in LEVELS)]
    lines += ['offers = ["more"]', "[[claim]]", 'id = "walk"', 'rests-on = ["A01"]', "key = true"]
    lines += [f"{level} = {json.dumps(text)}" for level, text in by_level.items()]
    return "\n".join(lines)


# rule, title, a good text, a bad text, words that the warning on the bad one contains
TEXTS: dict[str, tuple[style.TopicRule, str, Texts, Texts, tuple[str, ...]]] = {
    "two attributions": (
        style.attributions, "Walk", "One page says that walking helps.",
        "One page says: the second page says that walking helps.",
        ('level "plain and everyday"', "names its source 2 times", '"the second page says"'),
    ),
    "according to": (
        style.attributions, "Walk", "According to a guideline, walking helps.",
        "According to a study, the guideline states that walking helps.", ('"According to"',),
    ),
    "a title that nothing speaks of": (
        style.titles, "Walking", "Walk a little. Rest when it hurts.", "Rest when your back hurts.",
        ('level "plain": no sentence under "Walking" has a word of it',),
    ),
    "a pronoun first": (
        style.pronouns, "Walk", "Walking is good. It helps.", "It helps to walk.",
        ('begins with "It"', "Say what it is"),
    ),
    "this without a noun": (
        style.pronouns, "Walk", "This walk helps.", "This helps you to walk.", ('"This"',),
    ),
    "a hard word at plain": (
        style.hard_words, "Walk", "Walk for your diagnosis (the name of what you have).",
        "Walk for your diagnosis.", ('hard word "diagnosis"', "start (plain)"),
    ),
    "a hard word at everyday": (
        style.hard_words, "Walk", "An endoscopy is a look inside with a camera.",
        "Walk before your endoscopy.", ('hard word "endoscopy"', "start (everyday)"),
    ),
    "a hard word before what it is": (
        style.hard_words, "Walk", "Walk with loperamide, a medicine that slows you.",
        "Walk with loperamide, or rest.", ('hard word "loperamide"', "start (plain)"),
    ),
    "two hard words before brackets": (
        style.hard_words, "Walk", "Walk with ulcerative colitis (a sore bowel).",
        "Walk with ulcerative colitis.", ('hard word "ulcerative"', "start (plain)"),
    ),
    "the words of an abbreviation": (
        style.hard_words, "Walk", "Walk with IBS (irritable bowel syndrome).",
        "Walk with an irritable bowel.", ('hard word "irritable"', "start (plain)"),
    ),
    "advice at one level": (
        style.advice, "Walk", ("Talk to us. Walk.", "Walk, and ask us.", "Ambulate."),
        ("Ask us. Walk.", "Walking is good, and we can help.", "Ambulate."),
        ('advises "ask" at plain, not at everyday',),
    ),
    "advice after should, and what one drinks": (
        style.advice, "Walk",
        ("Ask us. Walk.", "Walkers should ask us what you eat and drink.", "Ambulate."),
        ("Walk.", "Walkers should ask us.", "Ambulate."),
        ('advises "ask" at everyday, not at plain',),
    ),
    "a population at some levels": (
        style.populations, "Walk",
        ("Is your child sore? Walk.", "Children can walk.", "Paediatric patients ambulate."),
        ("Walk.", "Children can walk.", "Pediatric patients ambulate."),
        ('speaks of "children" at everyday and professional, not at plain',),
    ),
    "an age at some levels": (
        style.populations, "Walk", "Women over 50 walk.",
        ("Women walk.", "Women over 50.", "Women over 50."),
        ('speaks of "older people" at everyday and professional, not at plain',),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_a_bad_text_is_warned_of_and_a_good_one_is_not(tree: Tree, case: str) -> None:
    rule, title, good, bad, words = TEXTS[case]
    assert not warned(tree, rule, section(title, good))
    warnings = warned(tree, rule, section(title, bad))
    assert warnings
    for word in words:
        assert word in warnings[0]


def warned(tree: Tree, rule: style.TopicRule, text: str) -> list[str]:
    """Return the warnings of one rule on the first section."""
    tree.write("sore-back/sections/10-start.toml", text)
    draft, _ = load_tree(tree.root)
    assert draft
    warnings = [str(warning) for warning in rule(draft.topics[0])]
    return [warning for warning in warnings if "10-start.toml" in warning]


def test_a_section_with_nothing_under_its_heading_is_warned_of(tree: Tree) -> None:
    title = ["[title]", *(f'{level} = "Walk"' for level in LEVELS)]
    empty = "\n".join(['id = "start"', *title])
    [warning] = warned(tree, style.empty_headings, empty)
    assert warning.endswith("a heading with nothing under it")
    assert not warned(tree, style.empty_headings, section("Walk", "Walk."))


def test_every_rule_has_a_test_and_topics_in_one_level_are_left_alone(tree: Tree) -> None:
    assert {case[0] for case in TEXTS.values()} | {style.empty_headings} == set(style.STYLE_RULES)
    draft, _ = load_tree(tree.root)
    assert draft
    assert style.topic_warnings(draft.topics[0])
    tree.change("sore-back/topic.toml", "steps =", "one-level = true\nsteps =")
    draft, _ = load_tree(tree.root)
    assert draft
    assert not style.topic_warnings(draft.topics[0])


def test_the_name_of_the_topic_is_no_hard_word(tree: Tree) -> None:
    named = section("Walk", "Walk with an intolerance.")
    assert warned(tree, style.hard_words, named)
    tree.change("sore-back/topic.toml", "Why is it sore?", "Is it an intolerance?")
    assert not warned(tree, style.hard_words, named)
