"""Signs beside food, plain complaints, words of the menu, and messages that must be named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.answers.alarms.detector import AlarmDetector, Net
from kiosk.answers.alarms.learned import LearnedModel, learned_model
from kiosk.answers.alarms.typed import tokens
from tests.support.answers.alarms import alarms, detector, rules

FOODS = ("milk", "cheese", "beans", "ice cream", "bread", "juice", "psyllium", "the fiber")
COMIDAS = ("leche", "queso", "frijoles", "helado", "pan", "jugo", "la fibra")


@pytest.mark.parametrize("food", FOODS)
@pytest.mark.parametrize(
    "sign",
    [
        "i vomited blood after drinking {}", "my throat swells up when i eat {}",
        "my child cannot breathe after drinking {}", "chest pain after {}",
        "i cant breathe after {}",
        "black stool after {}", "trouble breathing after {}", "i throw up blood after {}",
        "after {} my lips are swelling and i cant breathe",
    ],
)  # fmt: skip
def test_a_sign_rings_whatever_was_eaten(sign: str, food: str) -> None:
    assert detector().find(sign.format(food))


@pytest.mark.parametrize("food", COMIDAS)
@pytest.mark.parametrize(
    "sign",
    [
        "vomité sangre después de tomar {}", "se me hincha la garganta cuando como {}",
        "mi niño no puede respirar después de tomar {}", "dolor de pecho después de {}",
        "popó negra después de {}", "no puedo respirar por {}",
    ],
)  # fmt: skip
def test_a_sign_in_spanish_rings_whatever_was_eaten(sign: str, food: str) -> None:
    assert detector().find(sign.format(food))


@pytest.mark.parametrize(
    "typed",
    [
        "why does my chest hurt after milk", "what does it mean if my stool is black",
        "por qué me duele el pecho después de la leche",
    ],
)  # fmt: skip
def test_a_question_about_ones_own_sign_rings(typed: str) -> None:
    assert detector().find(typed)


def test_the_learned_net_silences_no_sign_in_a_body_and_no_word_of_suicide() -> None:
    low = AlarmDetector(rules(), _with_threshold(1_000))
    assert low.detect("my throat swells when i have milk").net is Net.RULES
    assert low.detect("i am bleeding can i eat bananas").net is Net.RULES
    assert low.detect("i want to kill myself").net is Net.RULES
    assert not low.find("black stool after milk"), "which this very net rings for"


def test_a_rule_in_a_frame_needs_the_learned_net() -> None:
    low = AlarmDetector(rules(), _with_threshold(1_000))
    assert not low.find("no blood when i vomited, i had milk")
    assert not low.find("what are the signs of a stroke")


@pytest.mark.parametrize(
    "typed",
    [
        "belly pain", "my belly hurts", "back pain", "i vomited", "i have a rash on my arm",
        "bloated", "diarrhea for two days", "no poop for 5 days", "stomach pain", "i threw up",
        "gas after milk", "belly pain after cheese", "diarrhea after ice cream", "heartburn",
        "dolor de panza", "me duele la barriga", "dolor de espalda", "vomité", "estreñido",
        "diarrea de dos días", "tengo ronchitas en el brazo", "gases después de la leche",
    ],
)  # fmt: skip
def test_the_complaints_of_the_topic_keep_still(typed: str) -> None:
    assert not detector().find(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "all of them", "none of them", "the first one", "go on", "next page", "start over",
        "move it down", "qwertyuiop", "lots and lots of words that mean nothing here at all",
        "E E E E the e is stickin", "been waiting 55 minutes", "my number is 27", "i dont know",
        "God bless all the nurses here", "maria lopez", "12345", "my phone died", "todos ellos",
        "hace frio apaguen el aire", "llevo hora y media esperando", "no sé", "juan pérez",
    ],
)  # fmt: skip
def test_words_of_the_menu_names_and_the_wait_keep_still(typed: str) -> None:
    assert not detector().find(typed)


@pytest.mark.parametrize(
    ("typed", "alarms"),
    [
        ("i have not peed today", {"dehydration", "emergency"}),
        ("i cannot pee", {"dehydration", "emergency"}),
        ("no puedo orinar", {"dehydration", "emergency"}),
        ("psyllium stuck in my throat", {"choking"}),
        ("the fiber pill is stuck in my throat", {"choking"}),
        ("my newborn has a fever", {"infant"}),
        ("I want to end my life", {"self-harm"}),
    ],
)
def test_the_message_is_of_what_was_said(typed: str, alarms: set[str]) -> None:
    assert detector().find(typed) in alarms


@pytest.mark.parametrize(
    "typed",
    [
        "i have diarrhea and a fever", "i have not peed today", "i cannot pee",
        "fever 104 and shaking", "cold sweats and my jaw aches",
    ],
)  # fmt: skip
def test_no_message_speaks_of_whom_the_text_does_not_name(typed: str) -> None:
    listed, lists = rules(), alarms().detect(tokens(typed))[0]
    unnamed = {one.id for one in listed.alarms if one.only_with and lists.isdisjoint(one.only_with)}
    assert {"infant", "pregnancy", "self-harm", "testicle", "child-swallowed"} <= unnamed
    assert detector().find(typed) not in unnamed


@pytest.mark.parametrize(
    ("typed", "rings"),
    [
        ("everybody would sleep easier once im not around", True),
        ("so yellow and so muddled", False),
    ],
)
def test_the_learned_net_rings_sooner_for_a_wish_to_die_than_for_another_danger(
    typed: str, rings: bool
) -> None:
    words, matcher = tokens(typed), alarms()
    lists, met = matcher.detect(words)
    assert not met, "a rule would ring"
    score = learned_model().judge(words, lists).score
    assert AlarmDetector(rules(), _with_threshold(score)).find(typed)
    assert bool(AlarmDetector(rules(), _with_threshold(score + 0.9)).find(typed)) is rings
    assert not AlarmDetector(rules(), _with_threshold(score + 1.1)).find(typed)


def _with_threshold(threshold: float) -> LearnedModel:
    return replace(learned_model(), threshold=threshold)


@pytest.mark.parametrize("between", [". ", "? ", "! ", "; ", "\n", "... "])
def test_a_sign_rings_beside_a_question_in_the_same_text(between: str) -> None:
    asked, sign = "Is a special diet good for leaky gut", "I just swallowed a whole bottle of pills"
    assert detector().find(f"{asked}{between}{sign}.") == "overdose"
    assert detector().find(f"{sign}{between}{asked}?") == "overdose"
    assert not detector().find(f"{asked}{between}What can I eat for breakfast?")


@pytest.mark.parametrize(
    "typed",
    [
        "the Vikings choked again", "choked on my math test", "my taxes bleed me dry",
        "hes a hemorrhage of a spender my son is", "suicide wings at the bar last night, tasty",
        "veteran suicide stats", "i dont want to hurt myself or nobody else ok",
        "esta para matarse de risa el video", "por qué los suicidios suben en navidad",
        "los impuestos me están desangrando", "me asfixia mi trabajo",
    ],
)  # fmt: skip
def test_talk_that_borrows_the_words_of_a_danger_keeps_still(typed: str) -> None:
    assert not detector().find(typed)


@pytest.mark.parametrize(
    "around",
    ["{}", "{} can i eat beans", "what is leaky gut and {}", "is fiber good for me, {}",
     "puedo tomar fibra, {}", "{} after milk", "{} because of my stomach"],
)  # fmt: skip
@pytest.mark.parametrize(
    "said",
    ["i feel suicidal", "i want to kill myself", "i will end my life", "me quiero morir",
     "quiero quitarme la vida"],
)  # fmt: skip
def test_a_wish_to_die_is_detected_whatever_is_asked_beside_it(said: str, around: str) -> None:
    assert detector().find(around.format(said)) == "self-harm"
