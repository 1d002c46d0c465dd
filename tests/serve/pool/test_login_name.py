"""A login name is parsed into options."""

from __future__ import annotations

import pytest

from kiosk.serve.pool.login_name import KnownNames, known_names_in, parse_login_name

KNOWN = KnownNames(
    frozenset({"en", "es"}),
    frozenset({"clinic-dark", "high-contrast"}),
    {"easy": "plain", "health-care": "professional"},
)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("plain", {"presentation": "lines"}),
        ("plain-es", {"presentation": "lines", "language": "es"}),
        ("PLAIN-ES", {"presentation": "lines", "language": "es"}),
        ("easy", {"level": "plain"}),
        ("health-care-es", {"level": "professional", "language": "es"}),
        ("leaky-gut", {"topic": "leaky-gut"}),
        ("leaky-gut-es", {"topic": "leaky-gut", "language": "es"}),
        ("es-leaky-gut", {"topic": "leaky-gut", "language": "es"}),
        ("leaky-gut-high-contrast", {"topic": "leaky-gut", "theme": "high-contrast"}),
        ("education", {"topic": "education"}),
        ("es-en", {"language": "en", "topic": "es"}),
        ("leaky-es-gut", {"language": "es"}),
        ("", {}),
        ("-", {}),
        ("a--b", {}),
        ("../../etc", {}),
        ("es\n", {}),
        ("é", {}),
        ("x" * 65, {}),
    ],
)
def test_a_name_is_taken_apart_by_known_names(name: str, options: dict[str, str]) -> None:
    assert parse_login_name(name, KNOWN) == options


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("education", {}),
        ("education-es", {"language": "es"}),
        ("leaky-gut-es", {"topic": "leaky-gut", "language": "es"}),
    ],
)
def test_of_few_topics_a_name_that_is_none_asks_for_nothing(
    name: str, options: dict[str, str]
) -> None:
    few = known_names_in({"languages": ["en", "es"], "topics": ["leaky-gut"]})
    assert parse_login_name(name, few) == options


@pytest.mark.parametrize(
    "data", [None, 7, [], {"languages": 3, "levels": []}, {"themes": [1], "topics": None}]
)
def test_a_message_that_says_nothing_makes_nothing_known(data: object) -> None:
    assert known_names_in(data) == KnownNames()
