"""An idiom, a denial or a hotline in a sentence silences no danger that stands beside it."""

from __future__ import annotations

import pytest

from tests.support.answers.alarms import detector


@pytest.mark.parametrize(
    "typed",
    [
        "i am suicidal at 17 now", "i feel suicidal at 60 now what can i eat",
        "me quiero morir de tanta pena desde que murio mi hijo", "me quiero matar de la pena",
        "suicide prevention number", "what is the suicide hotline number please",
        "suicide hotline please i want to die", "give me the suicide hotline, i am not safe",
        "i called the suicide hotline and i still have the gun", "necesito la línea de suicidio",
        "me muero de ganas de acabar con todo esta noche", "i wrote my thesis and i am suicidal",
        "i do not want to hurt myself, i swallowed all her heart pills",
    ],
)  # fmt: skip
def test_who_may_want_to_die_is_detected(typed: str) -> None:
    assert detector().find(typed) == "self-harm"


@pytest.mark.parametrize(
    ("typed", "alarm"),
    [
        ("i never want to hurt anyone, i took 40 tylenol", "overdose"),
        ("i never want to hurt anyone but i drank bleach", "poisoning"),
        ("me muero de la pena y me tomé todo el frasco", "overdose"),
    ],
)
def test_a_clause_is_checked_beside_another(typed: str, alarm: str) -> None:
    assert detector().find(typed) == alarm


@pytest.mark.parametrize(
    "typed",
    [
        "me muero de risa con este programa", "me quiero morir de vergüenza",
        "dying of laughter at this", "i dont want to hurt anyone im just hungry",
        "had a stroke in 2015, can i eat bran", "no chest pain, no blood, just gas",
        "suicide squad was a bad movie", "the vikings choked again",
    ],
)  # fmt: skip
def test_an_idiom_alone_keeps_still(typed: str) -> None:
    assert not detector().find(typed)
