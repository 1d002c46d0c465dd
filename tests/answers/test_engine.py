"""The order of work, several topics, languages, and that nothing is kept."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from kiosk.answers.items import GatedTerm, IndexedItem
from kiosk.core.question import Answer, AnswerKind, Question
from kiosk.core.wording import Level
from tests.support.answers.asking import Rings, ask, items, made
from tests.support.shipped import shelf

KNEE = IndexedItem("knee", "care", "ice", "en", False, False,
                   ("Care",), ("Ice eases a sore knee.",),
            {"en": ("what helps a sore knee",), "es": ("qué ayuda a la rodilla",)})  # fmt: skip
BACK = replace(KNEE, topic="back", item="heat", text=("Heat eases a sore back.",),
               asked={"en": ("what helps a sore back", "what eases it")})  # fmt: skip
PILL = IndexedItem("knee", "pills", "dose", "en", False, True, ("Pills",), ("Take zinc salts.",),
            {"en": ("which salts", "what calms a creaky knee")})  # fmt: skip
ZINC = GatedTerm("knee", "zinc")
GUT = IndexedItem("milk", "gut", "helper", "en", False, False, ("Gut",),
                  ("Your gut makes a helper called lactase.",),
                  {"en": ("why does milk upset me",)})  # fmt: skip
DROPS = IndexedItem("milk", "drops", "helps", "en", False, True, ("Lactase drops",),
                    ("They help.",), {"en": ("does lactaid work",)})  # fmt: skip


def test_urgent_is_asked_first_even_of_what_is_locked() -> None:
    engine = made([KNEE, PILL], gated=[ZINC], alarms=Rings("blood"))
    answer = ask(engine, "blood after zinc", topic="knee")
    assert (answer.behaviour, answer.alarm) == (AnswerKind.URGENT, "made")
    assert ask(engine, "blood", topic=None).behaviour is AnswerKind.URGENT


def test_what_is_typed_to_look_for_a_topic_is_checked_by_the_shipped_nets() -> None:
    written = Question("quiero dormir y no despertar", "en", Level.PLAIN)
    assert shelf().alarm(written) == Answer(AnswerKind.URGENT, "es", alarm="self-harm")
    assert shelf().alarm(replace(written, text="fiber for a sore knee")) is None


def test_what_stands_nearest_behind_the_cautions_is_locked_by_its_kind_alone() -> None:
    engine = made([KNEE, PILL], gated=[ZINC])
    assert ask(engine, "what calms a creaky knee", topic="knee").locked is None
    answer = ask(engine, "which zinc calms a creaky knee", topic="knee")
    assert (answer.behaviour, answer.locked) == (AnswerKind.LOCKED, ("knee", "pills"))
    opened = ask(engine, "what calms a creaky knee", ("knee", "pills"), topic="knee")
    assert items(opened)[0] == "dose"
    assert items(ask(engine, "what helps a sore knee", topic="knee")) == ["ice"]


BRAND = ["does lactaid work", "lactaid", "should i buy lactaid", "are lactaids any good"]


@pytest.mark.parametrize("question", BRAND)
def test_a_brand_is_no_misspelling_of_an_open_word(question: str) -> None:
    engine = made([GUT, DROPS])
    answer = ask(engine, question, topic="milk")
    assert (answer.behaviour, answer.locked) == (AnswerKind.LOCKED, ("milk", "drops"))
    other = ask(engine, question.replace("lactaid", "florastor"), topic="milk")
    assert answer == other, "a brand that the library does not have is answered alike"
    assert items(ask(engine, question, ("milk", "drops"), topic="milk")) == ["helps"]


def test_what_somebody_would_buy_and_no_list_has_is_a_product() -> None:
    engine = made([GUT, DROPS])
    for name in ("lacteeze", "xyzzolin"):
        assert ask(engine, f"should i buy {name}", topic="milk").locked == ("milk", "drops")
    assert ask(engine, "should i buy milk", topic="milk").locked is None


def test_an_open_word_and_its_misspelling_are_answered() -> None:
    engine = made([GUT, DROPS])
    for word in ("lactase", "lactese"):
        assert items(ask(engine, f"what is {word}", topic="milk")) == ["helper"]


def test_a_gated_word_of_another_topic_is_locked_too() -> None:
    engine = made([KNEE, BACK, PILL], gated=[ZINC])
    answer = ask(engine, "zinc for my back", topic="back")
    assert (answer.behaviour, answer.locked) == (AnswerKind.LOCKED, ("knee", "pills"))


def test_the_topic_in_view_comes_first_and_others_may_answer() -> None:
    knee_too = replace(KNEE, asked={"en": ("what eases it",)})
    engine = made([knee_too, BACK])
    assert items(ask(engine, "what eases it", topic="back"))[0] == "heat"
    assert items(ask(engine, "what eases it", topic="knee"))[0] == "ice"
    assert items(ask(engine, "what eases a sore knee", topic="back"))[0] == "ice"


def test_an_item_is_told_in_the_language_of_the_page_where_it_has_it() -> None:
    spanish = replace(
        KNEE, language="es", title=("Cuidado",), text=("El hielo alivia la rodilla.",)
    )
    only_english = ask(made([KNEE]), "qué ayuda a la rodilla", topic="knee")
    assert (only_english.language, only_english.passages[0].language) == ("es", "en")
    both = made([KNEE, spanish])
    assert ask(both, "qué ayuda a la rodilla", topic="knee").passages[0].language == "en"
    assert ask(both, "what helps a sore knee", topic="knee").passages[0].language == "en"
    assert ask(both, "rodilla", page="es", topic="knee").passages[0].language == "es"
    assert len(ask(both, "rodilla", topic="knee").passages) == 1


def test_an_empty_library_declines() -> None:
    engine = made([])
    assert ask(engine, "what helps").behaviour is AnswerKind.ABSTAIN
    assert ask(engine, "vitamins").behaviour is AnswerKind.ABSTAIN


def test_nothing_that_was_asked_is_kept() -> None:
    # made here: what stands in the code is kept among Python's own strings
    engine, canary = made([KNEE, PILL], gated=[ZINC]), "".join(["xylo", "phone", "quux"])
    for _ in range(3):
        ask(engine, f"does {canary} help a sore knee zinc", topic="knee")
    gc.collect()
    kept = [value for value in gc.get_objects() if isinstance(value, dict | list | set | tuple)]
    keys = {
        k for value in kept if isinstance(value, dict) for k in list(value) if isinstance(k, str)
    }
    assert not [key for key in keys if canary[:12] in key]
    first = ask(engine, "what helps a sore knee", topic="knee")
    assert first == ask(engine, "what helps a sore knee", topic="knee")


def test_a_topic_without_phrases_is_found_by_what_it_says() -> None:
    """And one with phrases is answered by them."""
    care, pills = replace(KNEE, asked={}, title=("Knee care",)), replace(PILL, asked={})
    others = [
        replace(care, topic=name, item=name, title=(f"{name} care",), text=(f"Of {name}.",))
        for name in (
            "asthma",
            "eczema",
            "migraine",
            "glaucoma",
            "gout",
            "mumps",
            "rabies",
            "sepsis",
        )
    ]
    engine = made([care, pills, BACK, *others], gated=[ZINC])
    assert items(ask(engine, "asthma care", topic="asthma"))[0] == "asthma"
    assert items(ask(engine, "what eases it", topic="back")) == ["heat"]
    assert ask(engine, "parking", topic="asthma").behaviour is AnswerKind.ABSTAIN
    assert items(ask(engine, "take salts", topic="knee")) == []
