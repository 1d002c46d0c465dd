"""The net under every question: a tree without it is refused, and each mistake in it is named."""

from __future__ import annotations

import pytest

from kiosk.core.alarms import AlarmRule, AlarmRules, WordPattern
from kiosk.core.wording import Level
from kiosk.library.pack.build import pack_bytes
from kiosk.library.pack.reader import open_pack
from kiosk.library.problem import ContentError
from tests.support.library.small_tree import Mistake, Tree

URGENT = "urgent.toml"
SIGN = '{ all = ["legs", "numb"], within = 5 }'

MISTAKES: dict[str, Mistake] = {
    "list that is not there": (
        URGENT, '["legs", "numb"]', '["legs", "nubm"]',
        ('urgent.toml: alarm "numb-legs": "nubm": no such list', 'Did you mean "numb"?'),
    ),
    "list of only-with that is not there": (
        URGENT, "sign = [", 'only-with = ["nubm"]\nsign = [',
        ('alarm "numb-legs": only-with: "nubm": no such list', 'Did you mean "numb"?'),
    ),
    "unknown key": (URGENT, "within", "whithin", ('"whithin"', 'Did you mean "within"?')),
    "id given twice": (
        URGENT, "[words.legs]",
        '[[alarm]]\nid = "numb-legs"\nsource = "none"\nphrases.en = ["no legs"]\n'
        'say.en = { plain = "{call}", everyday = "{call}", professional = "{call}" }\n[words.legs]',
        ('alarm "numb-legs": this id is given twice',),
    ),
    "list that no sign uses": (URGENT, "", '\n[words.arm]\nen = ["arm"]\n', ('words "arm"',)),
    "word in both lists of a sign": (
        URGENT, '"tingl*"]', '"legs"]', ('"legs" and "numb" both hold "legs"',),
    ),
    "sign of both kinds": (
        URGENT, "within = 5", 'within = 5, then = ["legs", "numb"]', ('"all" or "then"',),
    ),
    "sign too wide": (URGENT, "within = 5", "within = 50", ("within", "30")),
    "alarm that nothing rings": (
        URGENT, "[words.legs]",
        '[[alarm]]\nid = "hush"\nsource = "none"\n'
        'say.en = { plain = "{call}", everyday = "{call}", professional = "{call}" }\n[words.legs]',
        ('alarm "hush": neither a sign nor a phrase',),
    ),
    "no one to call": (URGENT, "Tell us now. {call}", "Tell us now.", ("say.en.plain", "{call}")),
    "number in a text without one": (
        URGENT, 'plain = "Get help."', 'plain = "{number}"', ("call-unnumbered.en.plain",),
    ),
    "no number": (URGENT, 'plain = "Call {number}."', 'plain = "Call."', ("call.en.plain",)),
    "missing level": (URGENT, 'plain = "Tell us now. {call}"\n', "", ('level "plain"',)),
    "word with a sign in it": (URGENT, '"both feet"', '"both-feet"', ('en: "both-feet"',)),
    "short stem": (URGENT, '"tingl*"', '"tin*"', ('words "numb"', '"tin*": a stem has at least 4')),
    "one quiet word": (URGENT, '"leg day"', '"numb"', ('quiet: "numb": one word alone',)),
    "quiet phrase in an alarm's own": (
        URGENT, '"leg day"', '"my legs"', ('would silence "cannot|cant feel my legs"',),
    ),
    "two ordinary words": (URGENT, '"number"', '"a number"', ('ordinary: en: "a number"',)),
    "language that is not listed": (
        URGENT, 'en = ["leg day"]', 'es = ["dia de pierna"]', ('quiet: "es" is not in "langu',),
    ),
    "language without words": (
        URGENT, 'say.en]\nplain', 'say.es]\nplain', ('alarm "numb-legs": no "say.en"',),
    ),
    "hard words": (
        URGENT, "Tell us now. {call}", "Tell " + "us " * 22 + "now. {call}", ("of 24 words",),
    ),
    "gated words": (URGENT, "Tell us now.", "Take zinc.", ('gated term "zinc"', "numb-legs")),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_problem(tree: Tree, name: str) -> None:
    tree.assert_one_problem(MISTAKES[name])


def test_a_tree_without_alarms_is_refused(tree: Tree) -> None:
    (tree.root / URGENT).unlink()
    assert tree.only_problem() == "content/urgent.toml: this file is missing"
    with pytest.raises(ContentError, match=r"urgent\.toml: this file is missing"):
        pack_bytes(tree.root, None)


def test_a_language_of_the_library_needs_its_alarms(tree: Tree) -> None:
    tree.change("library.toml", '["en"]', '["en", "es"]')
    problems = "\n".join(str(problem) for problem in tree.problems())
    for what in ('no "call.es"', 'no "call-unnumbered.es"', 'alarm "numb-legs": no "say.es"'):
        assert f"content/urgent.toml: {what}" in problems


def test_what_the_pack_holds(tree: Tree) -> None:
    with open_pack(pack_bytes(tree.root, None)) as opened:
        rules, library = opened.alarm_rules(), opened.library()
    assert rules == AlarmRules(
        words={"legs": ("leg", "legs", "both feet"), "numb": ("numb", "tingl*")},
        alarms=(
            AlarmRule(
                "numb-legs", (WordPattern(5, ("legs", "numb")),), ("cannot|cant feel my legs",)
            ),
        ),
        quiet=("leg day",),
        ordinary=("number",),
        joined=("my",),
    )
    assert library.alarm_words("numb-legs", "en", Level.PLAIN) == "Tell us now. Get help."
