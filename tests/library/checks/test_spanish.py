"""Figures, doses and sentences of Spanish texts are those of their English ones."""

from __future__ import annotations

import pytest

from kiosk.library.checks.amounts import find_dose
from kiosk.library.checks.figures import figures, without_one
from kiosk.library.checks.spanish import in_english, spoken
from kiosk.library.readability.sentences import sentences

PAIRS = (
    ("30 minutes to 2 hours", "de 30 minutos a 2 horas"),
    ("2 hours", "2 horas"),
    ("two hours", "dos horas"),
    ("half an hour", "media hora"),
    ("12 to 15 g of lactose", "de 12 a 15 g de lactosa"),
    ("two thirds of adults", "dos tercios de los adultos"),
    ("half of adults", "la mitad de los adultos"),
    ("1 in 4 people", "1 de cada 4 personas"),
    ("0.5%", "0,5%"),
    ("0.5%", "0.5 por ciento"),
    ("1,500 mg", "1.500 mg"),
    ("1,500 mg", "1,500 mg"),
    ("1,500 mg", "1 500 miligramos"),
    ("40 mg a day for 2 weeks", "40 mg al día por 2 semanas"),
    ("January 3, 2026", "3 de enero de 2026"),
    ("10 billion CFU", "10 mil millones de UFC"),
    ("between 2 and 3 hours", "entre 2 y 3 horas"),
    ("eleven days", "once días"),
    ("a dozen", "una docena"),
    ("12 out of 100", "12 de cada 100"),
    ("2-3 hours", "2–3 horas"),
    ("two to three days", "dos a tres días"),
    ("1 cup", "una taza"),
)


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_each_language_can_say_the_same_figure(english: str, spanish: str) -> None:
    texts = [english, in_english(spanish)]
    first, second = (without_one(figures(text), texts) for text in texts)
    assert first == second


@pytest.mark.parametrize(
    ("english", "spanish"),
    [("2 hours", "3 horas"), ("2 hours", "2 días"), ("0.5%", "5%"), ("1 in 4", "1 de cada 5")],
)
def test_another_figure_stays_another(english: str, spanish: str) -> None:
    assert figures(english) != figures(in_english(spanish))


def test_only_spanish_is_put_into_english() -> None:
    assert spoken("once a day", "en") == "once a day"
    assert spoken("once días", "es-MX") == "eleven days"


@pytest.mark.parametrize(
    "text",
    ["Tome dos tabletas.", "2 cápsulas al día", "tres gotas", "600 UI", "50 miligramos",
     "Tome 5 gramos al día.", "media pastilla", "Tome un sobre al día."],
)  # fmt: skip
def test_a_dose_in_spanish_is_a_dose(text: str) -> None:
    assert find_dose(in_english(text))


@pytest.mark.parametrize(
    "text",
    ["una taza de leche (240 ml)", "12 g de lactosa", "por 2 horas", "2 hojas sobre la leche"],
)
def test_an_amount_of_food_in_spanish_is_no_dose(text: str) -> None:
    assert not find_dose(in_english(text))


def test_a_spanish_sentence_begins_at_its_sign() -> None:
    text = "Por 3 horas sopla en un tubo. ¿Subió el hidrógeno? ¡Avise! Él lo mide."
    assert len(sentences(text)) == 4
