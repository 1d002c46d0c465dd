"""The reading formulas against passages counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.library.readability import syllables_es
from kiosk.library.readability.formulas import TextCounts, measure
from kiosk.library.readability.sentences import sentences, without
from kiosk.library.readability.syllables_en import syllables

SYLLABLES = {
    1: "the you wakes helped moves called whole while eyes please through once don't does friend "
    "used cause world",
    2: "body table needed handled people doctor bowel safety movement likely useful lifestyle "
    "something sometimes therefore science quiet diet being going every hundred million isn't "
    "gluten syndrome ulcers disease created's doing social",
    3: "bacteria's medicine area idea nausea different period radio barrier studying everything "
    "validated's surgery pharmacist usual medium calcium unwanted changes's evidence",
    4: "bacteria validated diarrhoea society anxiety experience ingredient organism vegetables "
    "anaemia diagnosis microbial permeable supervision comprehensive",
    5: "epithelial inflammatory psychological nutritional's antibiotic pancreatitis liability",
    6: "permeability",
}


def _counted() -> list[tuple[str, int]]:
    listed = ((word, count) for count, words in SYLLABLES.items() for word in words.split())
    return [(word, count) for word, count in listed if not word.endswith("'s")]


@pytest.mark.parametrize(("word", "count"), _counted())
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_there_are_enough_words() -> None:
    assert len(_counted()) >= 60


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("FDA", 3),  # F-D-A
        ("NSAIDs", 2),  # en-saids
        ("40", 2),  # for-ty
        ("25-40", 5),  # twen-ty-five, for-ty
        ("0.95", 5),  # ze-ro point nine five
        ("50%", 4),  # fif-ty per cent
        ("low-fat", 2),
        ("(test),", 1),
    ],
)
def test_what_is_not_a_plain_word(word: str, count: int) -> None:
    assert syllables(word) == count


# Counted by hand: sentences, words, syllables, words of three syllables or more.
PASSAGES = [
    (
        "Keep taking your medicines. Ask us before you stop one.",
        # Keep1 tak-ing2 your1 med-i-cines3 | Ask1 us1 be-fore2 you1 stop1 one1
        TextCounts(2, 10, 14, 1),
    ),
    (
        "Tell us soon about:\n- blood in the stool\n- fever\n- diarrhoea at night",
        # Tell1 us1 soon1 a-bout2 | blood1 in1 the1 stool1 | fe-ver2 | di-ar-rhoe-a4 at1 night1
        TextCounts(4, 12, 17, 1),
    ),
    (
        "The dose was 0.95 mg, e.g. in Dr. Smith's trial. It helped 43 people.",
        # The1 dose1 was1 0.95(5) mg1* e.g.2 in1 Dr1* Smith's1 tri-al2 | It1 helped1 43(3) peo-ple2
        # (* units and titles are taken as one syllable, as they are written)
        TextCounts(2, 14, 23, 2),
    ),
    (
        "No validated test exists for the syndrome, but intestinal permeability can be measured.",
        # No1 val-i-da-ted4 test1 ex-ists2 for1 the1 syn-drome2 but1 in-tes-ti-nal4
        # per-me-a-bil-i-ty6 can1 be1 meas-ured2
        TextCounts(1, 13, 27, 3),
    ),
]


@pytest.mark.parametrize(("text", "expected"), PASSAGES)
def test_passages_counted_by_hand(text: str, expected: TextCounts) -> None:
    assert measure(text) == expected


def test_formulas() -> None:
    # 0.39 * 10/2 + 11.8 * 14/10 - 15.59 = 1.95 + 16.52 - 15.59; 1.043 * sqrt(15) + 3.1291
    assert TextCounts(2, 10, 14, 1).fkgl == pytest.approx(2.88)
    assert TextCounts(2, 10, 14, 1).smog == pytest.approx(7.1686, abs=1e-4)
    assert TextCounts(30, 10, 14, 30).smog == pytest.approx(1.043 * 30**0.5 + 3.1291)
    assert (TextCounts().fkgl, TextCounts().smog) == (0.0, 0.0)
    assert TextCounts(29).is_estimate
    assert not TextCounts(30).is_estimate


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was 1.25 mg. Stop now.", 2),
        ("See Dr. Lee. He knows.", 2),
        ("This vs. That, e.g. Here.", 1),
        ("Pain in legs or symptoms. Then rest.", 2),
        ("It may help with a test. St. Mary knows.", 2),
        ("- one\n- two\n\nThree", 3),
        ('He said "Stop." She did.', 2),
        ("Why? Because! So.", 3),
        ("The answer is no. Go on.", 2),
        ("No. 4 comes first.", 1),
        ("Eat fruit e.g.\nRest.", 2),
        ("...", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count, sentences(text)


def test_names_are_left_out() -> None:
    names = ("vera", "Aloe vera", "probiotic")
    assert without("Aloe Vera and probiotics, vera", names).split() == ["and", ","]
    assert measure("Take Aloe vera now.", names) == TextCounts(1, 2, 2, 0)


@pytest.mark.parametrize("count", [syllables, syllables_es.syllables])
@pytest.mark.parametrize("text", ["❶", "➅", "⓿", "፩", "a❷b", "٣", "²"])
def test_a_digit_in_a_circle_or_of_another_script_is_counted(
    count: Callable[[str], int], text: str
) -> None:
    assert count(text) >= 1
