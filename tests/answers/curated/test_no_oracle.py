"""Nothing can be asked out of the answers about what stands behind the cautions.

For every word and figure that only gated text has, and as many that the library has nowhere, the
answers are put side by side: a learner that sees all of an answer cannot tell which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from kiosk.answers.engine import AnswerEngine
from kiosk.core.question import Answer, AnswerKind, Question
from kiosk.core.wording import Level
from tests.support.answers.asking import LEAKY, NoAlarms, ask, connect, shipped, shipped_bytes
from tests.support.answers.gated_words import texts, unheld

FRAMES = ["{}", "is {} ok", "what about {}", "tell me about {} please", "es bueno {}?"]
FIGURES = ["{}", "is it {}?", "is it {} a day?", "how about {}", "no more than {}", "{} mg", "{}?"]


def _seen(answer: Answer) -> tuple[object, ...]:
    return (answer.behaviour, answer.locked, answer.takes, answer.passages, answer.alarm)


def _answers(asked: Iterable[str]) -> list[tuple[object, ...]]:
    return [_seen(ask(shipped(), text)) for text in asked]


@pytest.mark.parametrize("frame", FIGURES)
def test_a_figure_is_locked_by_how_it_is_asked_and_never_by_which_it_is(frame: str) -> None:
    outcomes = set(_answers(frame.format(figure) for figure in range(101)))
    assert len({outcome for outcome in outcomes if outcome[0] is not AnswerKind.URGENT}) == 1


@pytest.mark.parametrize("frame", FRAMES)
def test_a_word_of_gated_text_alone_is_answered_as_one_that_no_text_has(frame: str) -> None:
    gated = sorted(word for word in texts()[0] if not re.search(r"\d", word) and len(word) > 3)
    assert len(gated) > 40
    by_gated = _answers(frame.format(word) for word in gated)
    by_other = _answers(frame.format(word) for word in unheld(len(gated)))
    named = {answer for answer in by_gated if answer[1] is not None}
    assert named <= {_seen(ask(shipped(), frame.format("ashwagandha")))}
    rest = [answer for answer in by_gated if answer[1] is None]
    assert set(rest) <= set(by_other)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_product_of_the_trade_is_locked_whether_or_not_the_library_has_it(frame: str) -> None:
    here = ["zinc", "turmeric", "glutamine", "bromelain", "lactase"]
    not_here = ["boron", "ashwagandha", "selenium", "creatine", "echinacea", "kava"]
    assert len(set(_answers(frame.format(name) for name in (*here, *not_here)))) == 1
    slips = ["glutamin", "tumerik", "seleniun", "ashwaganda", "quersetin"]
    assert set(_answers(map(frame.format, slips))) <= set(_answers(map(frame.format, here)))


def test_what_is_on_the_list_is_never_told() -> None:
    names = ["zinc", "selenium", "copper", "penicillamine", "ginger", "zorbitol", "xyzzy"]
    assert len(set(_answers(f"is {name} on the list" for name in names))) == 1


def test_no_locked_table_is_read_while_cautions_are_open() -> None:
    pack = shipped_bytes()
    locked = connect(pack)
    engine, run = AnswerEngine(connect(pack), locked, NoAlarms().find), list[str]()
    locked.set_trace_callback(run.append)
    for text in ("zinc", "how much zinc", "copper", "does penicillamine help", "40"):
        engine.answer(_question(text))
    assert run == []


def _question(text: str) -> Question:
    return Question(text, "en", Level.PLAIN, LEAKY)
