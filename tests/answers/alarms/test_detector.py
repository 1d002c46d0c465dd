"""Both nets together: which rings, when they keep still, and what hostile text does to them."""

from __future__ import annotations

import random
import time

import pytest

from kiosk.answers.alarms.detector import Net
from kiosk.answers.alarms.learned import NO_DANGER, learned_model
from kiosk.core.wording import Level
from tests.support.answers.alarms import detector
from tests.support.answers.spoken import spoken
from tests.support.shipped import library
from tests.support.timing import check_time

FILLER = "and so we talked about the weather and the bus and what to cook on sunday " * 8


@pytest.mark.parametrize(
    ("typed", "alarm"),
    [
        ("my blood sugar is 40", "diabetes"),
        ("overdose on zinc", "product-overdose"),
        ("my child drank the peppermint oil", "child-swallowed"),
        ("I wish I would not wake up", "self-harm"),
        ("quiero dormir y no despertar", "self-harm"),
        ("i dont see any reason to live", "self-harm"),
        ("my newborn has a fever", "infant"),
        ("my water broke", "pregnancy"),
        ("heat stroke", "heat"),
    ],
)
def test_it_rings_and_names_the_danger(typed: str, alarm: str) -> None:
    assert detector().find(typed) == alarm


@pytest.mark.parametrize(
    "typed",
    [
        "I had a heart attack in 2015, can I eat beans?",
        "what are the signs of a stroke",
        "no chest pain, just heartburn after pizza that's gone",
        "this diet is killing me",
        "hace diez años me dio un infarto, ya estoy bien",
        "cuáles son los síntomas de un derrame",
        "what is leaky gut",
        "is it 40 a day?",
    ],
)
def test_past_general_denied_and_idiom_keep_still(typed: str) -> None:
    assert detector().find(typed) == ""


def test_the_answer_says_which_net_rang_and_the_reasons_say_why() -> None:
    assert detector().detect("crushing pain in my chest").net is Net.RULES
    learned = detector().detect("my dad went grey and hes rubbing his arm and says its gas")
    assert learned.net is Net.LEARNED
    assert any(reason.startswith("heart: ") for reason in detector().reasons("my chest hurts"))
    assert detector().reasons("what is fiber")[-1].startswith("learned -")


@pytest.mark.parametrize("sign", ["my son is turning blue and cannot breathe", "me quiero matar"])
def test_a_sign_in_the_middle_of_a_long_text_rings(sign: str) -> None:
    assert detector().find(f"{FILLER} {sign} {FILLER}")
    assert detector().find(FILLER) == ""


def test_every_category_of_the_model_is_an_alarm_that_is_said() -> None:
    said = {alarm.id for alarm in library().alarms}
    dangers = {one for one in learned_model().categories if not one.startswith(NO_DANGER)}
    assert dangers <= said
    assert dangers < set(learned_model().categories)
    assert {one.category for one in spoken() if one.urgent} <= said
    for alarm in said:
        for language in ("en", "es"):
            assert "{" not in library().alarm_words(alarm, language, Level.PLAIN)


@pytest.mark.parametrize(
    ("typed", "alarm"),
    [
        ("i have bloody diarrhea can i take imodium", "blood-in-stool"),
        ("blood in my stool can i take pepto", "blood-in-stool"),
        ("tengo diarrea con sangre puedo tomar imodium", "blood-in-stool"),
        ("black stools what can i take", "black-stool"),
        ("i am bleeding can i eat bananas", "bleeding"),
        ("i have chest pain can i take tums", "heart"),
        ("fainted this morning, should i eat more fiber", "fainting"),
        ("my son has blood in his poop what should he eat", ""),
    ],
)
def test_a_question_for_a_remedy_does_not_quiet_the_sign(typed: str, alarm: str) -> None:
    found = detector().find(typed)
    assert found == alarm if alarm else found


@pytest.mark.parametrize(
    "typed", ["what causes bloody diarrhea", "no blood in my stool, can i take imodium"]
)
def test_a_remedy_is_answered_where_there_is_no_sign(typed: str) -> None:
    assert not detector().find(typed)


@pytest.mark.parametrize("language", ["en", "es"])
def test_sentences_that_it_has_learned_still_ring(language: str) -> None:
    urgent = [one for one in spoken() if one.urgent and one.language == language][::7]
    others = [one for one in spoken() if not one.urgent and one.language == language][::7]
    assert sum(bool(detector().find(one.text)) for one in urgent) >= 0.97 * len(urgent)
    assert sum(bool(detector().find(one.text)) for one in others) <= 0.03 * len(others)


def test_two_thousand_hostile_strings_make_no_error_and_hide_little() -> None:
    random_ = random.Random(17)
    tricks = (
        _doubled, _spaced, _alike, _controlled, _foreign, _torn, _spelt_out, _among_others,
    )  # fmt: skip
    signs = [
        "i cant breathe", "chest pain", "i want to kill myself", "me quiero morir",
        "my baby swallowed bleach", "no puedo respirar", "he is having a seizure",
    ]  # fmt: skip
    rung = dict.fromkeys(tricks, 0)
    for number in range(2_000):
        trick = tricks[number % len(tricks)]
        rung[trick] += bool(detector().find(trick(random_.choice(signs), random_)))
    assert all(count >= 200 for count in rung.values()), rung  # of 250


@pytest.mark.parametrize(
    "typed",
    [
        "my pecho hurts and no puedo breathe", "mi bebe is turning blue", "I want to morirme ya",
        "c a n t  b r e a t h e", "CHEST.PAIN!!!", "ch3st p4in", "me du3le el p3cho",
        "сhеst раin", "i  c\u200ba\u200bn\u200bt breathe", "icantbreathe",
    ],
)  # fmt: skip
def test_what_a_person_still_reads_rings(typed: str) -> None:
    assert detector().find(typed)


@pytest.mark.timed
def test_a_megabyte_takes_bounded_time() -> None:
    for text in (
        "my chest hurts " * 70_000,
        "a" * 1_000_000,
        "\x00\u202e" * 500_000,
        "ﷺ" * 300_000,
    ):
        began = time.process_time()
        detector().find(text)
        check_time(time.process_time() - began, 5, "a megabyte")


def _doubled(text: str, random_: random.Random) -> str:
    place = random_.randrange(len(text))
    return text[:place] + text[place] * random_.randrange(2, 6) + text[place:]


def _spaced(text: str, random_: random.Random) -> str:
    return "  ".join(text.split(" ")) + " " * random_.randrange(9)


def _alike(text: str, random_: random.Random) -> str:
    return "".join(
        chr(ord(c) + 0xFEE0) if random_.random() < 0.5 and c.isalpha() else c for c in text
    )


def _controlled(text: str, random_: random.Random) -> str:
    place = random_.randrange(len(text))
    return text[:place] + random_.choice(["\u200b", "\u00ad", "\u202e", "\u2060"]) + text[place:]


def _foreign(text: str, random_: random.Random) -> str:
    alike = str.maketrans("aeopcyxi", "аеорсухі")
    return "".join(c.translate(alike) if random_.random() < 0.5 else c for c in text)


def _torn(text: str, random_: random.Random) -> str:
    words = text.split()
    number = max(range(len(words)), key=lambda place: len(words[place]))
    cut = random_.randrange(2, len(words[number]) - 1)
    words[number] = f"{words[number][:cut]} {words[number][cut:]}"
    return " ".join(words)


def _spelt_out(text: str, random_: random.Random) -> str:
    words = text.split()
    number = max(range(len(words)), key=lambda place: len(words[place]))
    words[number] = " ".join(words[number])
    return random_.choice(["  ", " "]).join(words)


def _among_others(text: str, random_: random.Random) -> str:
    return f"{random_.choice(['hola', 'hello', '你好', 'مرحبا'])} {text} {random_.choice('!?.')}"
