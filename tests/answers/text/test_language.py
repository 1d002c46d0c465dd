"""English or Spanish, however carelessly written."""

from __future__ import annotations

import pytest

from kiosk.answers.text.language import language_of

ENGLISH = [
    "is there a test for this", "wat probiotic shoud i get", "my belly hurts", "does milk hurt me",
    "how much", "no treatment?", "can i take ibuprofeno", "me and my son have it",
]  # fmt: skip
SPANISH = [
    "¿hay algún examen?", "que comida me hace mal", "me duele la panza", "cuanto zinc tomo",
    "qué es", "no se que hacer", "tengo leaky gut", "y el gluten", "es peligroso",
]  # fmt: skip
NEITHER = ["", "zinc", "gluten", "???", "12", "\x00", "😀"]


@pytest.mark.parametrize("page", ["en", "es"])
def test_it_is_told_by_its_words(page: str) -> None:
    assert [q for q in ENGLISH if language_of(q, page) != "en"] == []
    assert [q for q in SPANISH if language_of(q, page) != "es"] == []


@pytest.mark.parametrize("page", ["en", "es", "fr"])
def test_the_page_decides_where_nothing_tells(page: str) -> None:
    spoken = page if page != "fr" else "en"
    assert [q for q in NEITHER if language_of(q, page) != spoken] == []
