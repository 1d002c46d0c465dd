"""Forty mistakes of forty kinds, one in each of forty topics: forty problems, and no other.

Each problem says how to mend it in words of whoever writes the text.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.library.checks.rules import examine
from kiosk.library.problem import Problem
from tests.support.library.small_tree import Tree

START = "sections/10-start.toml"
MORE = "sections/20-more.toml"
PILLS = "sections/80-pills.toml"
TOPIC, EVIDENCE, CAUTIONS = "topic.toml", "evidence.toml", "cautions.toml"

Plant = Callable[[Path], None]


def swap(file: str, old: str, new: str, *others: tuple[str, str]) -> Plant:
    """Return what replaces the first `old` in a file of a topic, and other texts after it."""

    def plant(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        for before, after in ((old, new), *others):
            assert before in text, (file, before)
            text = text.replace(before, after, 1)
        (folder / file).write_text(text, "utf-8")

    return plant


def utf_16(folder: Path) -> None:
    """Save a file as Notepad's "Unicode"."""
    file = folder / START
    file.write_bytes(file.read_text("utf-8").encode("utf-16"))


def notepad_name(folder: Path) -> None:
    """Save a file under the name that Notepad gives it."""
    (folder / START).rename(folder / f"{START}.txt")


def decimal_comma(folder: Path) -> None:
    """Write a number as in many languages, but not in English."""
    swap(EVIDENCE, "Do the exercises.", "Do 0.5% of them.")(folder)
    levels = (("say which", "say 0,5% which"), ("are not", "are 0,5% not"))
    swap(MORE, "not say how", "not say 0,5% how", *levels)(folder)


MISTAKES: dict[str, tuple[Plant, tuple[str, ...]]] = {
    # --- typing
    "a quotation mark forgotten": (
        swap(START, '2 weeks."\neveryday', "2 weeks.\neveryday"),
        ("without its closing quotation mark", 'Write " at its end'),
    ),
    "quotes inside a text": (
        swap(START, "Go for a walk", 'Go for a "nice" walk'),
        ("a quotation mark inside a text ends it", "single marks"),
    ),
    "curly quotes around a text": (
        swap(START, 'plain = "A page says rest heals."', "plain = “A page says rest heals.”"),
        ("curly quote", "Write the straight one"),
    ),
    "UTF-16": (utf_16, ("is UTF-16", "Save the file as UTF-8")),
    ".toml.txt": (notepad_name, ('10-start.toml.txt: is not read', 'Name it "10-start.toml"')),
    "a table given twice": (
        swap(START, "[[claim]]", "[claim]", ("[[claim]]", "[claim]")),
        ('the table "claim" is given twice', "Write [[claim]]"),
    ),
    "[[claim]] forgotten between two": (
        swap(START, '\n[[claim]]\nid = "bed"', '\nid = "bed"'),
        ('"id" is given twice', "[[claim]] missing"),
    ),
    "a comma forgotten in a list": (
        swap(TOPIC, '"zinc", "aloe', '"zinc" "aloe'), ("a list lacks a comma",),
    ),
    "a text without quotes": (
        swap(START, 'id = "walk"', "id = walk"), ("a text without quotation marks", 'Write "..."'),
    ),
    "a colon for =": (swap(START, 'id = "walk"', 'id: "walk"'), ("a colon", "Write =")),
    "True for true": (swap(START, "key = true", "key = True"), ('Write "true" in small letters',)),
    "Enter pressed inside a text": (
        swap(MORE, '"It does not say how."', '"It does not\nsay how."'),
        ("a text of several lines stands between",),
    ),
    "a backslash": (swap(MORE, "say how.", "say how \\ why."), ("Write two for one",)),
    "a key misspelt": (
        swap(START, "professional = \"Rest is", "profesional = \"Rest is"),
        ('unknown key "profesional"', 'Did you mean "professional"?'),
    ),
    "a level forgotten": (
        swap(START, 'everyday = "A page says that rest heals backs."\n', ""),
        ('no wording for level "everyday"',),
    ),
    "true for a list": (
        swap(START, "key = true", "key = true\nnew-screen = true"), ('such as ["plain"]',),
    ),
    "a date in quotes": (
        swap(TOPIC, "2026-11-21", '"2026-11-21"'), ("must be a date without quotes",),
    ),
    "a word that is not one of the choices": (
        swap(EVIDENCE, '"guideline"', '"consensus"'), ('strand "consensus" is not one of',),
    ),
    # --- ids and references
    "an id that does not exist": (
        swap(START, '["A02"]', '["A22"]'), ('rests-on "A22": no such statement',),
    ),
    "an id given twice": (swap(START, 'id = "bed"', 'id = "walk"'), ('the id "walk" is taken',)),
    "a number that nothing explains": (
        swap(EVIDENCE, "reference = 3", "reference = 9"),
        ('reference "A-9": no such reference', 'cited-as = ["A-9"]'),
    ),
    "a section that nobody reaches": (swap(START, 'offers = ["more"]', ""), ("unreachable",)),
    "a statement that nothing uses": (
        swap(EVIDENCE, "[[reference]]",
             '[[statement]]\nid = "A09"\nsays = "Sit."\nstrand = "document"\n\n[[reference]]'),
        ("no claim, gap, caution or note rests on it",),
    ),
    # --- figures
    "figures that differ between levels": (
        swap(START, "in 2 weeks", "in 3 weeks"), ("the figures differ between levels",),
    ),
    "a figure that no source has": (
        swap(MORE, "say how.", "say how. See 9.", ("ones.", "ones. See 9."),
             ("listed.", "listed. See 9.")),
        ("9: no such figure in A03",),
    ),
    "a decimal comma": (decimal_comma, ("a comma in a number", 'Write "0.5%"')),
    # --- the gate
    "a product's name in the open": (
        swap(START, "= \"Go for", "= \"Zinc. Go for"), ('gated term "zinc"', "before the cautions"),
    ),
    "a dose in the open": (
        swap(START, "= \"Go for a walk.", "= \"Have a few tablets. Go for a walk."),
        ('an amount, "a few tablets"', "food-amount"),
    ),
    "a product without a safety note": (
        swap(PILLS, "[[product.note]]", "[[product.claim]]"),
        ("no safety note", "[[product.note]]"),
    ),
    "a claim about a product in the open": (
        swap(START, '["A02"]', '["A02", "A05"]'), ("rests on supplement statement A05",),
    ),
    "supplement = true forgotten": (
        swap(EVIDENCE, 'source = "A public page"\nsupplement = true', 'source = "A public page"'),
        ('gated term "zinc"', 'add "supplement = true"'),
    ),
    "a closed section whose title names a product": (
        swap(PILLS, '{ plain = "Pills"', '{ plain = "Zinc pills"'),
        ("title", "The title of a section can be read before its cautions"),
    ),
    "a food amount without a reason": (
        swap(START, "key = true", "key = true\nfood-amount = true"), ("a reason, go together",),
    ),
    # --- words
    "a sentence that is too long": (
        swap(MORE, "It does not say how.", f"It does not say how {'so ' * 20}well."),
        ("a sentence of 26 words, at most 20",),
    ),
    "a section that is too hard": (
        swap(MORE, '"Do both."', '"Osteoarthropathy necessitates rehabilitation possibilities."'),
        ("reads at grade", "Its longest words: rehabilitation"),
    ),
    "other words that are the same": (
        swap(CAUTIONS, 'plain-again = "Talk to us first. We know of no sure help."',
             'plain-again = "Ask us first. Nothing is sure to work."'),
        ('"plain-again" says the same as "plain"', "in other words"),
    ),
    "stars of Markdown": (swap(START, "Go for", "**Go** for"), ("stars would be shown as typed",)),
    "an emoji": (swap(START, "Go for", "\U0001f95b Go for"), ("U+1F95B", "Take it out")),
    "a date in the future": (swap(TOPIC, "2026-11-21", "2131-11-21"), ("in the future",)),
    "a verdict forgotten": (
        swap(START, "verdict = {", "# verdict = {"),
        ("no verdict, and checking found A02 reversed",),
    ),
}  # fmt: skip


@pytest.fixture
def planted(tree: Tree) -> dict[str, list[Problem]]:
    """Plant each mistake in a topic of its own; return the problems by topic."""
    names = {f"topic-{number:02}": name for number, name in enumerate(MISTAKES, start=1)}
    for topic, name in names.items():
        folder = tree.root / topic
        shutil.copytree(tree.root / "sore-back", folder)
        swap(TOPIC, '"sore-back"', f'"{topic}"')(folder)
        MISTAKES[name][0](folder)
    listed = ", ".join(f'"{topic}"' for topic in names)
    tree.change("library.toml", '["sore-back"]', f"[{listed}]")
    by_mistake: dict[str, list[Problem]] = {name: [] for name in MISTAKES}
    for problem in examine(tree.root)[1]:
        by_mistake[names[problem.file.split("/")[1]]].append(problem)
    return by_mistake


def test_forty_mistakes_are_forty_problems_and_each_says_how_to_mend_it(
    planted: dict[str, list[Problem]],
) -> None:
    assert len(MISTAKES) == 40
    wrong = {
        name: [str(problem) for problem in problems]
        for name, problems in planted.items()
        if len(problems) != 1 or not all(words in str(problems[0]) for words in MISTAKES[name][1])
    }
    assert not wrong, "\n".join(f"{name}: {told}" for name, told in wrong.items())
