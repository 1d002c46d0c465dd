"""Answers about products: the safety notes of a product stand above what is claimed of it."""

from __future__ import annotations

import pytest

from kiosk.core import events as ev
from kiosk.core.content import Product
from kiosk.core.gate import is_open
from kiosk.core.question import Answer, AnswerKind, PassageRef
from kiosk.core.rules.questions import after_notes, choose_question, to_question, without_closed
from kiosk.core.visit import Visit
from tests.support.answers.asking import ask, shipped
from tests.support.sheets.made import full_visit
from tests.support.shipped import library, topic

QUESTIONS = [
    "how much zinc should i take", "glutamine dose", "dosis de probioticos", "aloe",
    "do digestive enzymes help", "does the herbal mix help", "should i take zinc",
    "what probiotic should i buy", "does zinc heal the gut", "is turmeric good for me",
]  # fmt: skip


def shown(visit: Visit, answer: Answer) -> list[str]:
    return [passage.item for passage in without_closed(library(), visit, answer).passages]


def without_notes(items: list[str]) -> list[str]:
    """The claims of products that stand without a safety note of the product above them."""
    products = [product for section in topic().sections for product in section.products]
    lacking = []
    for product in products:
        notes = {note.id for note in product.notes}
        for position, item in enumerate(items):
            if item in after_notes(product) and notes - set(items[:position]):
                lacking.append(item)
    return lacking


def phrasings() -> list[str]:
    """What the topic's authors say that patients ask, of products."""
    from kiosk.library.source.parsing.toml_file import read_toml
    from tests.support.shipped import CONTENT

    data = read_toml(CONTENT / "leaky-gut" / "questions.toml", "questions.toml")
    assert isinstance(data, dict)
    return [phrase for asked in data["asked"] for phrase in asked["en"]]


def test_all_safety_notes_stand_above_what_is_claimed_of_a_product() -> None:
    visit, claims = full_visit(), 0
    assert is_open(topic(), visit, topic().section("supplements"))
    for text in (*QUESTIONS, *phrasings()):
        question = to_question(library(), visit, text)
        answer = ask(shipped(), text, *question.open)
        items = shown(visit, answer)
        assert without_notes(items) == [], text
        assert bool(items) == bool(answer.passages), text
        claims += sum(item.endswith(("-amount", "-action")) for item in items)
    assert claims > 50


@pytest.mark.parametrize(
    "product", topic().section("supplements").products, ids=lambda product: product.id
)
def test_one_claim_of_a_product_has_its_notes_and_is_shown(product: Product) -> None:
    assert product.action is not None
    for claim in (*(claim.id for claim in product.claims), product.action.id):
        passage = PassageRef("leaky-gut", "supplements", claim, "en")
        items = shown(full_visit(), Answer(AnswerKind.ANSWER, "en", (passage,)))
        assert items == [*(note.id for note in product.notes), claim]


@pytest.mark.parametrize("question", [question.id for question in topic().questions])
def test_a_suggested_question_shows_all_its_answers_with_their_notes(question: str) -> None:
    visit = choose_question(library(), full_visit(), ev.ChoseQuestion(question=question))
    assert visit is not None
    assert visit.open_panel is not None
    assert visit.open_panel.answer is not None
    items = [passage.item for passage in visit.open_panel.answer.passages]
    assert without_notes(items) == []
    wanted = next(q.answers for q in topic().questions if q.id == question)
    assert set(wanted) <= set(items)
