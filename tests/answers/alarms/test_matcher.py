"""What must ring rings, and what must not does not: the shipped rules, on many voices."""

from __future__ import annotations

import random
import string
import time
from dataclasses import fields, replace

import pytest

from kiosk.answers.alarms.matcher import AlarmMatch, AlarmMatcher
from kiosk.core.alarms import AlarmRule, AlarmRules, WordPattern
from kiosk.core.library import Library
from kiosk.core.wording import Level, Wording
from tests.support.answers.alarms import alarms, rules
from tests.support.answers.phrasings import ordinary, urgent
from tests.support.shipped import library, topic
from tests.support.timing import check_time

NAMES_A_SIGN = (
    "medicines-diarrhoea", "guidelines-medicines-today", "supplements-stop", "zinc-too-much",
    "supplements-yellow-skin", "mixture-yellow-skin", "when-to-stop",
)  # fmt: skip
"""Claims and pictures that say when to stop something or not to take it, and so name a sign."""
ABOUT_ALARMS = ("get-help", "get-help-more", "pain-pill-safety")
"""The section about alarm signs; the summary repeats its first claim."""


def test_enough_voices() -> None:
    assert len(urgent()) >= 150
    assert len(ordinary()) >= 200
    assert {alarm for alarm, _ in urgent()} == {alarm.id for alarm in rules().alarms}


@pytest.mark.parametrize(("alarm", "typed"), urgent(), ids=[typed for _, typed in urgent()])
def test_rings(alarm: str, typed: str) -> None:
    assert alarm in {match.alarm for match in alarms().matches(typed)}
    assert alarms().find(typed)
    assert alarms().find(f"  ¡¡{typed.upper()}!!! ...")


@pytest.mark.parametrize("typed", ordinary())
def test_does_not_ring(typed: str) -> None:
    assert list(alarms().matches(typed)) == []
    assert alarms().find(typed.upper() + "?") == ""


def _wordings(part: object) -> list[Wording]:
    if isinstance(part, Wording):
        return [part]
    if isinstance(part, tuple):
        return [wording for item in part for wording in _wordings(item)]
    if hasattr(part, "__dataclass_fields__"):
        values = (getattr(part, field.name) for field in fields(part))  # type: ignore[arg-type]
        return [wording for value in values for wording in _wordings(value)]
    return []


def test_no_sentence_of_the_topic_rings() -> None:
    about = [section for section in topic().sections if section.id in ABOUT_ALARMS]
    repeated = {id_ for section in about for claim in section.claims for id_ in claim.rests_on}
    repeated |= {id_ for section in about for signs in section.urgent for id_ in signs.rests_on}
    cautions = [caution for caution in topic().cautions if not set(caution.rests_on) & repeated]
    texts = [topic().question, topic().summary, *_wordings(tuple(cautions))]
    for section in topic().sections:
        if section.id not in ABOUT_ALARMS:
            claims = [
                claim
                for claim in section.claims
                if not set(claim.rests_on) & repeated and claim.id not in NAMES_A_SIGN
            ]
            inner = [
                c
                for product in section.products
                for c in product.all_claims
                if c.id not in NAMES_A_SIGN
            ]
            texts += _wordings((section.title, tuple(claims), tuple(inner), section.gaps))
            pictures = tuple(p for p in section.pictures if p.id not in NAMES_A_SIGN)
            texts += _wordings((section.disagreements, section.both_true, pictures))
    assert len(texts) > 100
    rung = [t for text in texts for level in Level if alarms().find(t := text.at(level))]
    assert rung == []


def test_every_pattern_catches_what_no_other_does() -> None:
    alone: set[AlarmMatch] = set()
    for _, typed in urgent():
        met = set(alarms().matches(typed))
        if len(met) == 1:
            alone |= met
    patterns = {AlarmMatch(alarm.id, sign) for alarm in rules().alarms for sign in alarm.signs}
    patterns |= {AlarmMatch(alarm.id, said) for alarm in rules().alarms for said in alarm.phrases}
    assert patterns - alone == set()


def test_the_corrected_text_rings_too() -> None:
    assert alarms().find("my chst hrtz") == ""
    assert alarms().find("my chst hrtz", "my chest hurts") == "heart"
    assert alarms().find("my chest hurts", "my cheese hurts") == "heart"


def test_the_gravest_is_named() -> None:
    assert alarms().find("blood in my stool and now i cant breathe") == "breathing"
    assert alarms().find("blood test says blood in stool") == "blood-in-stool"


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "?!", "\0\x1b[2J", "'", "🩸" * 300, "\u202e" * 50, "a" * 1_000_000,
        "i no cant " * 100_000, "blood " * 400, "ab" * 5_000, "'; DROP TABLE topic; --",
        "".join(random.Random(6).choices(string.printable, k=100_000)),
        "i want no reason of life " * 100, "icanticanticant" * 200, "(" * 10_000, "ﷺ" * 10_000,
    ],
    ids=lambda typed: repr(typed[:12]),
)  # fmt: skip
@pytest.mark.timed
def test_hostile_questions_take_no_time(typed: str) -> None:
    began = time.perf_counter()
    alarms().find(typed, typed)
    check_time(time.perf_counter() - began, 2, "a hostile question")


@pytest.mark.timed
def test_twice_the_words_take_about_twice_as_long() -> None:
    def least(words: int) -> float:
        text, times = "i no cant " * (words // 3), []
        for _ in range(7):
            began = time.perf_counter()
            alarms().find(text)
            times.append(time.perf_counter() - began)
        return min(times)

    check_time(least(180), 6 * least(60), "three times the words")


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_said_then(language: str, level: Level) -> None:
    for alarm in library().alarms:
        without = library().alarm_words(alarm.id, language, level)
        numbered = _with_number().alarm_words(alarm.id, language, level)
        assert "{" not in without + numbered
        assert "555 0100" in numbered
        tells = "Tell our staff now", "tell our staff now", "clinic staff now"
        avise = "nuestro personal", "al personal de la clínica"
        assert any(words in numbered for words in (tells if language == "en" else avise))
    assert {alarm.id for alarm in library().alarms} == {alarm.id for alarm in rules().alarms}


def _with_number() -> Library:
    return replace(library(), emergency="555 0100")


def test_a_language_that_an_alarm_does_not_speak() -> None:
    assert "Tell our staff now" in library().alarm_words("heart", "fr", Level.PLAIN)
    with pytest.raises(KeyError):
        library().alarm_words("hunger", "en", Level.PLAIN)


def _one(**signs: tuple[str, ...]) -> AlarmMatcher:
    words = {"a": ("apple", "green pear"), "b": ("bread", "bake*"), "c": ("corn",)}
    sign = WordPattern(within=3, **signs)
    return AlarmMatcher(
        AlarmRules(words, (AlarmRule("x", (sign,)),), ("apple pie",), ("breed",), ("my",))
    )


@pytest.mark.parametrize(
    ("typed", "all_", "in_order"),
    [
        ("apple bread", True, True),
        ("bread apple", True, False),
        ("Ápple, the BREAD!", True, True),
        ("apple one two bread", False, False),
        ("apple pie bread", False, False),
        ("apple pie bread apple", True, False),
        ("green pear bread", True, True),
        ("pear bread", False, False),
        ("appel braed", True, True),
        ("apple bred", True, True),
        ("apple breed", False, False),
        ("apple xread", False, False),
        ("aaaapple breeeead", True, True),
        ("a p p l e bread", True, True),
        ("ap ple bread", True, True),
        ("mybreadapple", True, False),
        ("apple bakery", True, True),
        ("apple bakeryandshoppe", False, False),
        ("4pple bread", False, False),
        ("appl3 br3ad", True, True),
        ("apple br3ad", True, True),
        ("apple b*read", True, True),
        ("apple", False, False),
    ],
)
def test_the_language_of_signs(typed: str, all_: bool, in_order: bool) -> None:
    assert (_one(all=("a", "b")).find(typed) == "x") is all_, "all"
    assert (_one(in_order=("a", "b")).find(typed) == "x") is in_order, "in_order"
