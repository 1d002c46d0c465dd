"""What is found at once in all texts of a topic leaves out none that a look at each would find."""

from __future__ import annotations

import pytest

from kiosk.core.text import fold
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.checks.text_pool import TextPool
from kiosk.library.source.evidence_texts import open_evidence
from kiosk.library.source.load import load_tree
from kiosk.library.source.texts import table_pieces, topic_pieces
from tests.support.shipped import CONTENT

TERMS = [
    "zinc",
    "aloe vera",
    "pro-biotic",
    "L-glutamine",
    "cinc",
    "s\u00e1bila",
    "tea",
    "biotin plus",
]
TEXTS = [
    "Take 12 g of it each day.", "Have 2 tablets.", "5\u00a0\u339c now", "ten grams",
    "3 i.u. a day",
    "Z i n c is here", "A\u030aloe vera", "probiotics", "No word of it", "S\u00c1BILA",
    "teas", "a tea", "bi otin plus", "b iotin-plus", "steady", "ends in zi",
    "nc begins", "12 g", "a few pills", "zinc\u2019s", "500 \u00b5g", "9000 FCC units", "", "g",
]  # fmt: skip


def test_each_text_in_which_something_is_found_is_a_suspect() -> None:
    gated = GatedTermMatcher(TERMS, as_products=["lactase"])
    texts = [*TEXTS, "Buy lactase here.", "Your gut makes lactase."]
    suspects = gated.suspects(TextPool(texts))
    assert {text for text in texts if gated.find(text)} <= suspects
    assert "No word of it" not in suspects


def test_a_term_that_only_two_texts_make_together_is_in_neither() -> None:
    assert GatedTermMatcher(["zinc"]).suspects(TextPool(["ends in zi", "nc begins"])) == set()


@pytest.mark.slow
def test_no_text_of_the_shipped_topic_is_missed() -> None:
    draft, _ = load_tree(CONTENT)
    assert draft is not None
    topic = draft.topics[0]
    pieces = (*topic_pieces(topic), *table_pieces(topic), *open_evidence(topic))
    texts = {text for piece in pieces for text in piece.texts()}
    gated = GatedTermMatcher(topic.gated_terms)
    found = {text for text in texts if gated.find(text)}
    assert len(found) > 100
    assert found <= gated.suspects(TextPool(texts))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("S\u00c1BILA", "sabila"), ("qu\u00e9 \u2014 \u00bfno?", "que no"), ("\u2019tis", "tis"),
        ("A\u0301rbol", "arbol"), ("\u00e9\u00df", "ess"), ("NI\u00d1O\u2026", "nino"),
    ],
)  # fmt: skip
def test_signs_of_books_and_of_spanish_fold_as_before(text: str, folded: str) -> None:
    assert fold(text) == folded
