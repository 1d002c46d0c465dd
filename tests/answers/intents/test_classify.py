from __future__ import annotations

import pytest

from kiosk.answers.intents.classify import IntentClassifier, kind_of, nearness
from kiosk.answers.text.words import words


@pytest.mark.parametrize(
    ("language", "question", "kinds"),
    [
        ("en", "what are the signs of gout", {"symptoms"}),
        ("en", "how is gout treated", {"treatment"}),
        ("en", "why do people get gout", {"causes"}),
        ("en", "does gout run in my family", {"inheritance"}),
        ("en", "how many people have gout", {"frequency"}),
        ("en", "what should i do if i forget a dose of it", {"forgotten dose"}),
        ("en", "what are the side effects of it", {"side effects"}),
        ("en", "what is gout", {"information"}),
        ("en", "what can i do about gout", {"treatment"}),
        ("en", "gout", set()),
        ("es", "cuáles son los síntomas de la gota", {"symptoms"}),
        ("es", "cómo se cura la gota", {"treatment"}),
        ("es", "por qué me da la gota", {"causes"}),
        ("es", "qué es la gota", {"information"}),
    ],
)
def test_what_is_asked(language: str, question: str, kinds: set[str]) -> None:
    assert set(IntentClassifier(language).asked(words(question))) == kinds


def test_the_topic_in_the_gap_of_a_pattern_does_not_say_what_is_asked() -> None:
    of = words("why do people with gout get it")
    asked = IntentClassifier("en").asked(of)
    assert of.index("gout") not in frozenset().union(*asked.values())


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Exams and Tests", "tests"),
        ("emergency or overdose", "overdose"),
        ("What is it?", "information"),
        ("storage and disposal", "storage"),
        ("Our garden", "our garden"),
        ("", ""),
    ],
)
def test_the_kind_of_a_section(heading: str, kind: str) -> None:
    assert kind_of(heading, "en") == kind


def test_nearness() -> None:
    assert nearness(("symptoms",), "symptoms") == 1.0
    assert 0 < nearness(("causes",), "genetic changes") < 1
    assert nearness(("causes",), "storage") == nearness((), "causes") == 0.0
