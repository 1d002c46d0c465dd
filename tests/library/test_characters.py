"""Which texts a terminal can be given, and how a gated word is found."""

from __future__ import annotations

import pytest

from kiosk.library.characters import refusal
from kiosk.library.checks.gated_terms import GatedTermMatcher


@pytest.mark.parametrize(
    "text",
    [
        "a\nb c",
        "x" * 2000,
        "\u0144\u0302\u0303",  # n with acute, and two marks more
        "40 \u03bcg of \u03b1-linolenic acid, 30 \u00b5g",
        "caf\u00e9, na\u00efve: 50 % \u2192 \u2264",
        "\u043a\u043e\u0442 and cat",
        "\u65e5\u672c",
    ],
)
def test_shown(text: str) -> None:
    assert refusal(text) == ""


@pytest.mark.parametrize("text", ["x" * 2001, "\u0144\u0302\u0303\u0304", "\u03bfpen"])
def test_refused(text: str) -> None:
    assert refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "zi\u00adnc",
        "ZI\u034fNC",
        "z.i.n.c",
        "zinc-rich",
        "Zincs",
        "probiotically",
        "aloes",
        "Aloe\nVera",
    ],
)
def test_found(text: str) -> None:
    assert GatedTermMatcher(["zinc", "probiotic", "aloe vera", "aloes"]).find(f"some {text} here")


@pytest.mark.parametrize(
    "text", ["guard", "amazinc", "zincky", "antiprobiotic", "aloft", "5 grapes"]
)
def test_not_found(text: str) -> None:
    assert (
        GatedTermMatcher(["zinc", "guar", "probiotic", "aloe", "-"]).find(f"some {text} here") == ""
    )


def test_five_letters_are_a_stem() -> None:
    assert GatedTermMatcher(["aloes"]).find("aloesin") == 'gated term "aloes"'


@pytest.mark.parametrize(
    "text",
    ["5 mg", "5mg", "5-mg", "ten grams", "10 billion", "5 \u00b5g", "5 IU", "3 CFUs", "2 million"],
)
def test_amounts(text: str) -> None:
    amount = text.replace(chr(0xB5), chr(0x3BC))
    assert GatedTermMatcher([]).find(f"take {text} now").startswith(f'an amount, "{amount}"')


@pytest.mark.parametrize(
    "text",
    [
        "forty mg",
        "Half a gram",
        "a gram",
        "two and a half grams",
        "five hundred milligrams",
        "twenty-five mg",
        "fifty billion",
        "a few grams",
        "a single gram",
        "ten (10) mg",
        "10 mgs",
        "1000 IUs",
        "1000 I.U.",
        "50 units",
        "5  mg",
        "5\u2009\u00a0mg",
        "5\u2011mg",
        "5\u200b mg",
        "5\nmg",
        "5 mg/day",
        "5 mg/dose",
        "5 mg per day",
        "130 mg/dL and 5 mg",
        "48 million people and 5 million more",
    ],
)
def test_amounts_in_words_and_odd_spaces(text: str) -> None:
    assert GatedTermMatcher([]).find(f"take {text} now").startswith("an amount, ")


@pytest.mark.parametrize(
    "text",
    [
        "5 people",
        "7-9 hours",
        "50%",
        "some grams",
        "B-5 might",
        "a program",
        "one group",
        "many billions of microbes",
        "half a million people",
        "5 million people",
        "over 48 million Americans",
        "130 mg/dL",
        "80 to 130 mg / dl",
        "70 milligrams per deciliter",
    ],
)
def test_no_amounts(text: str) -> None:
    assert GatedTermMatcher([]).find(text) == ""
