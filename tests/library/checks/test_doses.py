"""Amounts of food are no doses; products gate themselves; one figure has many wordings."""

from __future__ import annotations

import shutil

import pytest

from kiosk.core.evidence import OURS
from kiosk.library.checks.figures import figures
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.products import substance
from tests.support.library.small_tree import Tree

START = "sore-back/sections/10-start.toml"
PILLS = "sore-back/sections/80-pills.toml"
TOPIC = "sore-back/topic.toml"
UNITS = """
mg mgs g gs mcg mcgs ug ugs \u00b5g \u03bcg IU I.U. IUs units FCC HUT USP CFU CFUs grams
gramme milligrams microgramme million billions tablet pills capsules caplets softgel gummies
gummy lozenges drops
sachets scoop ampoules chewables milliliters
"""
WALK = ("Go for a walk.", "Walking helped", "Ambulation helped")


def say_at_all_levels(tree: Tree, sentence: str) -> None:
    """Put a sentence before the words of the claim "walk", at every level."""
    for words in WALK:
        tree.change(START, f'= "{words}', f'= "{sentence} {words}')


@pytest.mark.parametrize(
    "text",
    [
        "Most people can have 12 g of lactose at once.",
        "A cup of milk has about 12 grams of milk sugar.",
        "Hard cheese has less than 1 g of lactose in 100 g.",
        "twelve grams",
        "One cup (240 ml) of milk.",
        "For the test you drink 25-50 g of lactose. The test takes 3 hours.",
        "We take part of the milk away. It has 12 g.",
    ],
)
def test_an_amount_of_food_is_no_dose(text: str) -> None:
    assert GatedTermMatcher([]).find(text) == ""


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Take two lactase pills (2 tablets) with your first bite.", "two lactase pills"),
        ("Have 2 tablets with milk.", "2 tablets"),
        ("Half a tablet is enough.", "Half a tablet"),
        ("You may see 9000 FCC units on a label.", "9000 FCC units"),
        ("The label says 9,000 FCC.", "9,000 FCC"),
        ("Take 12 g of it each day.", "12 g"),
        ("Take it with food. 12 g is enough.", "12 g"),
        ("The usual dose is twelve grams.", "twelve grams"),
        ("It is taken three times a day, 5 g each.", "5 g"),
        ("1000 mg of calcium", "1000 mg"),
        ("15 micrograms", "15 micrograms"),
    ],
)
def test_a_dose_is_gated_however_it_is_written(text: str, dose: str) -> None:
    found = GatedTermMatcher([]).find(text)
    assert found.partition(", beside ")[0] == (f'an amount, "{dose}"' if dose else "")


def test_grams_say_beside_which_word_they_are_a_dose() -> None:
    assert GatedTermMatcher([]).find("The usual dose is 12 g.").endswith(', beside "dose"')
    assert GatedTermMatcher([]).find("It has 12 mg.") == 'an amount, "12 mg"'


def test_an_author_may_say_that_small_amounts_are_of_food() -> None:
    assert GatedTermMatcher([]).find("You need 1000 mg of calcium a day.", food=True) == ""
    assert GatedTermMatcher([]).find("Have 2 tablets.", food=True) == 'an amount, "2 tablets"'


def test_a_food_amount_needs_a_reason(tree: Tree) -> None:
    say_at_all_levels(tree, "Bones need 50% of 1000 mg of calcium.")
    tree.change(
        "sore-back/evidence.toml",
        '"Walking helped',
        '"Bones need 1000 mg of calcium. Walking helped',
    )
    problems = "\n".join(str(problem) for problem in tree.problems())
    assert 'an amount, "1000 mg" can be read' in problems
    assert '"food-amount = true"' in problems
    tree.change(START, 'id = "walk"', 'id = "walk"\nfood-amount = true')
    assert 'claim "walk": "food-amount = true" and' in "\n".join(map(str, tree.problems()))
    tree.change(START, "food-amount = true", 'food-amount = true\nfood-amount-because = "Food."')
    assert tree.problems() == []


def test_products_gate_their_own_names(tree: Tree) -> None:
    tree.change(TOPIC, 'gated-terms = ["zinc", "aloe vera", "guar", "L-glutamine"]', "")
    tree.change(START, '= "Go for a walk.', '= "Zinc is sold. Go for a walk.')
    assert 'gated term "Zinc" can be read before the cautions' in tree.only_problem()


def test_products_gate_their_other_names(tree: Tree) -> None:
    tree.change(PILLS, "[[product]]\n", '[[product]]\nother-names = ["Galzin"]\n')
    tree.change(START, '= "Go for a walk.', '= "Galzin is sold. Go for a walk.')
    assert 'gated term "Galzin" can be read before the cautions' in tree.only_problem()


def test_a_product_needs_a_safety_note(tree: Tree) -> None:
    tree.change(PILLS, "[[product.note]]", "[[product.claim]]")
    problems = "\n".join(map(str, tree.problems()))
    assert 'product "zinc": no safety note' in problems


def test_an_enzyme_of_the_body_is_not_the_product_of_that_name() -> None:
    assert substance("Lactase tablets or drops") == "Lactase"
    assert substance("Zinc") == ""
    gated = GatedTermMatcher(["Lactase tablets"], as_products=["Lactase"])
    for text in ("Your gut makes lactase.", "Lactase breaks milk sugar. Take small cups of milk."):
        assert gated.find(text) == "", text
    for text in ("Try lactase pills.", "Some people take lactase.", "You can buy lactase."):
        assert gated.find(text) == '"Lactase" as something to buy or take', text
    assert gated.find("A lactase-tablets brand") == 'gated term "Lactase tablets"'


@pytest.fixture
def two(tree: Tree) -> Tree:
    """A second topic beside the first, which gates zinc in both."""
    shutil.copytree(tree.root / "sore-back", tree.root / "sore-knee")
    tree.change("library.toml", '["sore-back"]', '["sore-back", "sore-knee"]')
    tree.change("sore-knee/topic.toml", '"sore-back"', '"sore-knee"')
    tree.change(TOPIC, "gated-terms = [", 'gated-everywhere = ["ginger"]\ngated-terms = [')
    tree.change("sore-knee/topic.toml", '"It will pass."', '"Some eat ginger for it."')
    return tree


def test_a_term_of_another_topic_is_named_with_it(two: Tree) -> None:
    problem = two.only_problem()
    assert 'gated term "ginger" can be read before the cautions of topic "sore-back"' in problem
    assert "[[allowed]]" in problem


def test_a_term_of_another_topic_may_be_allowed_with_a_reason_but_no_amount_of_it(
    two: Tree,
) -> None:
    two.add("sore-knee/topic.toml", '\n[[allowed]]\nterm = "ginger"\nbecause = "A food here."\n')
    assert two.problems() == []
    two.change("sore-knee/topic.toml", "Some eat ginger", "Eat 5 g of ginger")
    problems = "\n".join(map(str, two.problems()))
    assert 'an amount, "5 g", beside "ginger" of topic "sore-back"' in problems


def test_what_a_topic_gates_itself_cannot_be_allowed(two: Tree) -> None:
    two.change("sore-knee/topic.toml", "Some eat ginger for it.", "It will pass.")
    two.add("sore-knee/topic.toml", '\n[[allowed]]\nterm = "zinc"\nbecause = "We like it."\n')
    assert 'allowed "zinc": this topic gates it itself' in two.only_problem()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("two thirds of people", "2 in 3 people"),
        ("two-thirds of people", "two out of three people"),
        ("half of adults", "50% of adults"),
        ("one quarter of them", "25% of them"),
        ("2\u20133 hours", "2-3 hours"),
        ("for 2 h", "for 2 hours"),
        ("30 min \u2013 2 h", "half an hour to two hours"),
        ("a dozen", "12"),
        ("the 2nd time", "the second time"),
    ],
)
def test_natural_wordings_of_one_figure_are_the_same(text: str, same: str) -> None:
    assert figures(text) == figures(same)


def test_two_thirds_is_not_two() -> None:
    assert ("2", "") not in figures("two thirds of people")


def test_one_cup_and_1_cup_are_the_same(tree: Tree) -> None:
    tree.change(START, '= "Go for a walk.', '= "Have 1 cup. Go for a walk.')
    tree.change(START, '= "Walking helped', '= "Have one cup. Walking helped')
    tree.change(START, '= "Ambulation helped', '= "A cup. Ambulation helped')
    tree.change("sore-back/evidence.toml", '"Walking helped', '"Have one cup. Walking helped')
    assert tree.problems() == []
    tree.change(START, "Have 1 cup", "Have 3 cups")
    assert "the figures differ between levels" in tree.only_problem()


def test_a_reference_of_the_author_is_no_find_of_ours(tree: Tree) -> None:
    tree.change("sore-back/evidence.toml", 'certainty = "identified"', f'certainty = "{OURS}"')
    assert tree.problems() == []


@pytest.mark.parametrize(
    "unit",
    UNITS.split(),
)
def test_every_unit_ends_a_dose(unit: str) -> None:
    assert GatedTermMatcher([]).find(f"Take 5 {unit} now.").startswith("an amount, ")


def test_one_amount_of_food_is_one_message_at_the_claim(tree: Tree) -> None:
    tree.change(START, '= "Go for a walk.', '= "You need 1,000 mg of calcium. Go for a walk.')
    for words in WALK[1:]:
        tree.change(START, f'= "{words}', f'= "You need 1000 mg of calcium. {words}')
    tree.change("sore-back/evidence.toml", 'says = "', 'says = "You need 1000 mg of calcium. ')
    (problem,) = [slip for slip in tree.problems() if "an amount" in slip.message]
    assert problem.where == 'claim "walk"'
    assert "1000 mg" in problem.message
    assert "food-amount = true" in problem.hint
