"""Spanish content through the same code: stems, stop words, folding, locks, urgent, gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.answers.engine import AnswerEngine
from kiosk.core.question import AnswerKind
from kiosk.library.checks.rules import examine
from kiosk.library.pack.build import pack_bytes
from tests.support.answers.asking import Rings, ask, connect, items
from tests.support.answers.spanish_tree import write_tree
from tests.support.library.small_tree import Tree

CLOSED = ("rodilla", "pastillas")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return pack_bytes(write_tree(tmp_path_factory.mktemp("es") / "content"), None)


@pytest.fixture(scope="module")
def engine(pack: bytes) -> AnswerEngine:
    return AnswerEngine(connect(pack), connect(pack), Rings("pecho").find)


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("¿qué me pongo en la rodilla?", "hielo"),
        ("QUE ME PONGO EN LAS RODILLAS", "hielo"),
        ("sirve ponerse los hielos?", "hielo"),
        ("bajar el dolor", "hielo"),
        ("puedo caminar", "caminar"),
        ("does ice help my knee", "hielo"),
    ],
)
def test_it_answers(engine: AnswerEngine, question: str, item: str) -> None:
    answer = ask(engine, question, page="es", topic="rodilla")
    assert answer.behaviour is AnswerKind.ANSWER
    assert items(answer)[0] == item
    assert {passage.language for passage in answer.passages} == {"es"}


@pytest.mark.parametrize(
    "question",
    ["cuánta sábila tomo", "cuanta sabila", "la penca sirve?", "SÁBILAS", "is aloe good", "curcuma",
     "las bacterias buenas", "qué vitaminas me ayudan", "cinc"],
)  # fmt: skip
def test_gated_words_are_closed(engine: AnswerEngine, question: str) -> None:
    answer = ask(engine, question, page="es", topic="rodilla")
    assert (answer.behaviour, answer.locked) == (AnswerKind.LOCKED, CLOSED)


def test_opened_it_is_answered(engine: AnswerEngine) -> None:
    answer = ask(engine, "cuanta sabila tomo", CLOSED, page="es", topic="rodilla")
    assert items(answer) == ["sabila-cantidad"]  # the core puts its notes above it


def test_a_gap_is_an_abstention_that_names_it(engine: AnswerEngine) -> None:
    answer = ask(engine, "¿qué ejercicios hago?", page="es", topic="rodilla")
    assert answer.behaviour is AnswerKind.ABSTAIN
    assert items(answer) == ["ejercicios"]


def test_urgent_comes_before_the_locks(engine: AnswerEngine) -> None:
    answer = ask(engine, "me duele el pecho por la sábila", page="es", topic="rodilla")
    assert (answer.behaviour, answer.alarm) == (AnswerKind.URGENT, "made")
    assert answer.passages == ()


def test_what_is_not_held_is_declined(engine: AnswerEngine) -> None:
    for question in ("dónde me estaciono", "tengo artritis reumatoide", "el wifi", "¿?"):
        answer = ask(engine, question, page="es", topic="rodilla")
        assert (answer.behaviour, answer.passages) == (AnswerKind.ABSTAIN, ()), question


def test_a_gated_word_in_a_spanish_phrase_is_refused(tmp_path: Path) -> None:
    tree = Tree.__new__(Tree)
    tree.root = write_tree(tmp_path / "content")
    tree.change("rodilla/questions.toml", '"sirve ponerle hielo"', '"mejor la sabila"')
    problems = [str(problem) for problem in examine(tree.root)[1]]
    assert len(problems) == 1
    assert 'es: "mejor la sabila": gated term "sábila"' in problems[0]
