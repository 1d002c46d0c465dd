"""One mistake in the files, one problem: its file, its item, the words that an author needs."""

from __future__ import annotations

import pytest

from tests.support.library.small_tree import Mistake, Tree

START = "sore-back/sections/10-start.toml"
MORE = "sore-back/sections/20-more.toml"
PILLS = "sore-back/sections/80-pills.toml"
TOPIC = "sore-back/topic.toml"
EVIDENCE = "sore-back/evidence.toml"
CAUTIONS = "sore-back/cautions.toml"

WALK = 'plain = "Go for a walk. It helped about 50% of people in 2 weeks."'
NOT_SO = """\
verdict = { plain = "It does not.", everyday = "It does not.", professional = "Not so." }"""
UNUSED = '\n[[statement]]\nid = "A07"\nsays = "Sit."\nstrand = "document"\n'

# file, what is there, what the author writes instead, words that the one problem must contain
MISTAKES: dict[str, Mistake] = {
    # --- the shape of the files
    "unknown key": (
        START, 'rests-on = ["A01"]', 'rest-on = ["A01"]',
        ('claim "walk": unknown key "rest-on"', 'Did you mean "rests-on"?'),
    ),
    "unknown key, of a gated section": (
        PILLS, "requires =", "require =", ('unknown key "require"', '"requires"?'),
    ),
    "unknown key of the file": (
        TOPIC, "names =", "nams =", ('unknown key "nams"', 'Did you mean "names"?'),
    ),
    "unknown key beside the right one": (
        START, WALK, f'{WALK}\nplian = "Go."', ('unknown key "plian"', '"plain"?'),
    ),
    "missing level": (
        START, WALK, "", ('claim "walk": no wording for level "plain"',),
    ),
    "missing level of a title": (
        MORE, 'plain = "More", ', "", ('title: no wording for level "plain"',),
    ),
    "missing level of a second wording": (
        CAUTIONS, 'everyday-again = "Talk to us first. No help is proven."', "",
        ('caution "ask-first": no wording for level "everyday-again"',),
    ),
    "empty level": (START, WALK, 'plain = " "', ('claim "walk": plain: is empty',)),
    "same as a level that is not there": (
        START, WALK, 'same-as.plain = "simple"', ('same-as "simple": no such wording',),
    ),
    "no id": (START, 'id = "bed"', "", ('claim 2: no "id"',)),
    "no title": (
        MORE, 'title = { plain = "More", everyday = "More", professional = "Further details" }',
        "", ('no "title"',),
    ),
    "id that is none": (START, 'id = "bed"', 'id = "Bed rest"', ('"Bed rest" is not an id',)),
    "statement id that is none": (
        EVIDENCE, 'id = "A06"', 'id = "a6"', ('id "a6" is not the id of a statement',),
    ),
    "rests on nothing": (
        START, '["A02"]', "[]", ('claim "bed": rests-on: must name at least one',),
    ),
    "text where a list belongs": (
        START, 'rests-on = ["A02"]', 'rests-on = "A02"', ("rests-on: must be a list",),
    ),
    "text where tables belong": (
        MORE, 'id = "more"', 'id = "more"\nproduct = "none"', ("product: must be a list",),
    ),
    "number where text belongs": (
        START, '"A page says rest heals."', "5", ('claim "bed": plain: must be text',),
    ),
    "text where true or false belongs": (
        START, "key = true", 'key = "yes"', ("key: must be true or false",),
    ),
    "word that is none of those allowed": (
        EVIDENCE, '"guideline"', '"guidline"',
        ('statement "A05"', 'strand "guidline" is not one of', 'Did you mean "guideline"?'),
    ),
    "level that is none": (
        START, "key = true", 'new-screen = ["plane"]', ('"plane"', 'Did you mean "plain"?'),
    ),
    "empty requires": (
        PILLS, 'requires = ["ask-first"]', "requires = []",
        ("requires: must name at least one",),
    ),
    "seven offers": (
        START, '["more"]', str(["more"] * 7).replace("'", '"'), ("offers: at most 6",),
    ),
    "no steps": (TOPIC, 'steps = ["start"]', "steps = []", ("steps: must name at least one",)),
    "date in quotes": (TOPIC, "2026-11-21", '"2026-11-21"', ("updated: must be a date",)),
    "id of another directory": (
        TOPIC, 'id = "sore-back"', 'id = "back"',
        ('"back" differs from the name of the directory',),
    ),
    "format of the future": ("library.toml", "format = 1", "format = 2", ('format "2"',)),
    "a second language": (
        "library.toml", "", 'languages_ = ["en"]', ('unknown key "languages_"',),
    ),
    "level of a reader": (
        "readers.toml", 'level = "plain"', 'level = "plane"',
        ('readers.toml: reader "easy"', '"plane"', 'Did you mean "plain"?'),
    ),
    "label in another language": (
        "readers.toml", 'label.en = "I care', 'label.eng = "I care',
        ('reader "carer"', "label.en"),
    ),
    "policy without a level": (
        "policy/en.toml", 'everyday = "We write this."\n', "",
        ('part "Who writes": no wording for level "everyday"',),
    ),
    # --- review
    "under review by nobody": (
        "sore-back/review.toml", "submitted", "under-review", ('"under-review" needs "who"',),
    ),
    # --- ids
    "dangling statement": (
        START, '"A02"', '"A2"', ('rests-on "A2": no such statement. Did you mean "A02"?',),
    ),
    "dangling statement of the right form": (
        START, '"A02"', '"A20"',
        ('claim "bed": rests-on "A20": no such statement. Did you mean "A02"?',),
    ),
    "dangling offer": (
        START, '["more"]', '["mroe"]', ('offers "mroe": no such section. Did you mean "more"?',),
    ),
    "dangling caution": (
        PILLS, '["ask-first"]', '["ask-frist"]',
        ('requires "ask-frist": no such caution. Did you mean "ask-first"?',),
    ),
    "dangling step": (
        TOPIC, '["start"]', '["strat"]', ('steps "strat": no such section. Did you mean "start"?',),
    ),
    "dangling preview": (
        TOPIC, 'preview = "walk"', 'preview = "wlak"', ('preview "wlak": no such claim',),
    ),
    "dangling disagreement": (
        MORE, 'id = "rest"', 'id = "rset"',
        ('disagreement "rset": id "rset": no such disagreement. Did you mean "rest"?',),
    ),
    "dangling both-true": (
        MORE, 'id = "pace"', 'id = "paec"', ('no such both-true. Did you mean "pace"?',),
    ),
    "dangling side in the evidence": (
        EVIDENCE, 'other = ["A06"]', 'other = ["A66"]',
        ('disagreement "rest": other "A66": no such statement. Did you mean "A06"?',),
    ),
    "dangling reference": (
        EVIDENCE, "reference = 2", "reference = 22",
        ('statement "A02": reference "A-22": no such reference. Did you mean "A-2"?',),
    ),
    "statement of no document": (
        EVIDENCE, 'source = "A public page"', "",
        ('there is no document "C", and no "source" is given in C01',),
    ),
    "no document at all": (
        EVIDENCE, '[[document]]\nid = "A"', '[[document]]\nid = "B"',
        ('there is no document "A", and no "source" is given in A01, A02',),
    ),
    "document id that is none": (
        EVIDENCE, '[[document]]\nid = "A"', '[[document]]\nid = "AB"', ('"AB" is not the id',),
    ),
    "duplicate claim": (
        START, 'id = "bed"', 'id = "which"', ('taken: claim "which" in content/sore-back/',),
    ),
    "duplicate statement": (
        EVIDENCE, "", UNUSED.replace("A07", "A06"), ('the id "A06" is taken',),
    ),
    "duplicate of the evidence": (
        EVIDENCE, "",
        '\n[[both-true]]\nid = "rest"\nabout = "x"\nstatements = ["A01"]\nbecause = "x"\n',
        ('the id "rest" is taken: disagreement "rest"',),
    ),
    "duplicate reader": ("readers.toml", '"carer"', '"easy"', ('the id "easy" is taken',)),
    "offers a claim": (START, '["more"]', '["more", "walk"]', ('"walk": no such section',)),
    "offers itself": (
        MORE, "\n[[picture]]", 'offers = ["more"]\n[[picture]]', ("this section itself",),
    ),
    "duplicate topic": (
        "library.toml", '["sore-back"]', '["sore-back", "sore-back"]', ("listed twice",),
    ),
    "duplicate caution and picture": (
        MORE, 'id = "spine"', 'id = "ask-first"', ('the id "ask-first" is taken',),
    ),
    # --- the way
    "unreachable": (START, 'offers = ["more"]', "", ("20-more.toml: unreachable",)),
    "gated step": (
        TOPIC, '["start"]', '["start", "pills"]', ('"pills" requires cautions',),
    ),
    "offers a gated section": (
        START, '["more"]', '["more", "pills"]', ('offers "pills", which is a gated section',),
    ),
    "offers a step": (MORE, "\n[[picture]]", 'offers = ["start"]\n[[picture]]', ("a step",)),
    "preview behind the gate": (
        TOPIC, 'preview = "walk"', 'preview = "zinc-amount"',
        ('preview "zinc-amount" stands in a gated section',),
    ),
    "preview that a verdict belongs to": (
        TOPIC, 'preview = "walk"', 'preview = "bed"',
        ('preview "bed" is urgent or has a verdict or warnings',),
    ),
    "preview that is an urgent sign": (
        START, 'id = "walk"\n', 'id = "walk"\nurgent = "now"\n',
        ('preview "walk" is urgent or has a verdict or warnings',),
    ),
    "preview that warnings belong to": (
        TOPIC, "", '\n[[warned]]\nterms = ["stilts"]\nstatements = ["A01"]\n',
        ('preview "walk" is urgent or has a verdict or warnings',),
    ),
    # --- the evidence
    "statement that nothing tells": (
        EVIDENCE, "", UNUSED, ('evidence.toml: statement "A07"', "no claim"),
    ),
    "no verdict": (
        START, NOT_SO, "", ('claim "bed": no verdict', "A02 reversed"),
    ),
    "caution on what is reversed": (
        CAUTIONS, '["A04"]', '["A04", "A02"]', ("a caution cannot show a verdict",),
    ),
    "gap where nothing is missing": (
        EVIDENCE, 'missing = "the exercises"', "", ('gap "which": nothing is "missing" in A03',),
    ),
    # --- the words of the program
    "phrase that is missing": (
        "interface/en.toml", 'choice.next = "Words"', "", ('no words for "choice.next"',),
    ),
    "phrase that is unknown": (
        "interface/en.toml", "choice.next =", "choice.nxet =",
        ('unknown phrase "choice.nxet". Did you mean "choice.next"?',),
    ),
    "filling that is missing": (
        "interface/en.toml", "{minutes}", "some", ("welcome.length", '"{minutes}" is missing'),
    ),
    "filling that is unknown": (
        "interface/en.toml", "{minutes}", "{minuets}",
        ('"{minuets}" is filled in by nothing. Did you mean "minutes"?',),
    ),
    "filling at one level": (
        "interface/en.toml", 'welcome.length = "Words {minutes}"',
        'welcome.length = { plain = "{minutes}", everyday = "{minutes}", professional = "x" }',
        ('welcome.length: level "professional": "{minutes}" is missing',),
    ),
    "phrase too many": (
        "interface/en.toml", "", 'choice.nxet = "x"\n', ('"choice.nxet"', '"choice.next"?'),
    ),
    "half a brace": ("interface/en.toml", "{minutes}", "{minutes} {", ("a brace without",)),
    "phrase that is a number": (
        "interface/en.toml", 'choice.next = "Words"', "choice.next = 5", ("choice.next",),
    ),
    "phrase without a level": (
        "interface/en.toml", 'choice.next = "Words"', 'choice.next = { plain = "x" }',
        ("choice.next", 'no wording for level "everyday" and "professional"'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_problem(tree: Tree, name: str) -> None:
    tree.assert_one_problem(MISTAKES[name])


def test_the_tree_has_no_problems(tree: Tree) -> None:
    assert tree.problems() == []
