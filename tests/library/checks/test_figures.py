"""Figures and units, as authors write them."""

from __future__ import annotations

import pytest

from kiosk.library.checks.figures import figures, show


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25-40 mg", "25 mg, 40 mg"),
        ("25 to 40 milligrams", "25 mg, 40 mg"),
        ("between 25 and 40 mg", "25 mg, 40 mg"),
        ("between 25 mg and 40 mg", "25 mg, 40 mg"),
        ("between 25 people and 40 mg", "25, 40 mg"),
        ("500 mcg to 1 mg", "1 mg, 500 mcg"),
        ("5 million to 1 billion CFU", "1000000000 CFU, 5000000 CFU"),
        ("25mg", "25 mg"),
        ("40 \u00b5g, 40 \u03bcg, 40 mcg", "40 mcg"),
        ("10-50 billion CFU", "10000000000 CFU, 50000000000 CFU"),
        ("10 billion to 50 billion CFU", "10000000000 CFU, 50000000000 CFU"),
        ("34 mg at ages 14-18 and 23 mg at ages 9-13", "13, 14, 18, 23 mg, 34 mg, 9"),
        ("about 50%, 50 per cent, 50 out of 100 people", "50 %"),
        ("1,200 mg or 1200 mg", "1200 mg"),
        ("0.95 mg and 1.0 mg", "0.95 mg, 1 mg"),
        ("two weeks, 2 weeks, a two-week rest", "2 weeks"),
        ("Twelve of them", "12"),
        ("after age 50, or 50 years old", "50"),
        ("on 2 July 2025, July 2, 2025, 2025-07-02", "2025-07-02"),
        ("omega-3, B-4, A07, PMC2820120", ""),
        ("IARC group 2B", "2b"),
        ("someone often attended", ""),
        ("7-9 hours a night", "7 hours, 9 hours"),
        ("24 g", "24 g"),
        ("24 grapes", "24"),
        ("two thirds (66%) have it", "2/3, 66 %"),
        ("two thirds think so", "2/3"),
        ("three quarters (75%)", "75 %"),
    ],
)
def test_figures(text: str, expected: str) -> None:
    assert ", ".join(sorted(map(show, figures(text)))) == expected


def test_digits_alone() -> None:
    assert figures("two of 43", number_words=False) == {("43", "")}
