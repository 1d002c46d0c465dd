"""What two hundred questions of other people get, and twenty-two whose facts are known."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli.authors.ask import Asker
from kiosk.core.question import AnswerKind
from kiosk.core.wording import Level
from kiosk.library.pack.reader import open_pack
from kiosk.site.store import PackStore
from tests.support.answers.asking import SUPPLEMENTS, ask, items, shipped, shipped_bytes

QUESTIONS = Path(__file__).parent / "questions"


def _read(name: str) -> list[dict[str, Any]]:
    lines = (QUESTIONS / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _is_right(line: dict[str, Any]) -> bool:
    answer = ask(shipped(), line["question"])
    if answer.behaviour.value not in line["accept"]:
        return False
    asked_for = answer.behaviour is AnswerKind.ANSWER
    return not asked_for or bool(set(items(answer)) & set(line["claims"]))


@cache
def _shares(half: str) -> dict[str, float]:
    right, count = Counter[str](), Counter[str]()
    for line in _read(f"set-{half}"):
        count[line["expect"]] += 1
        right[line["expect"]] += _is_right(line)
    return {expect: right[expect] / count[expect] for expect in count}


FLOORS = {
    "a": {"answer": 0.93, "abstain": 0.99, "locked": 1.0, "urgent": 1.0},
    "b": {"answer": 0.83, "abstain": 0.81, "locked": 0.92, "urgent": 1.0},
    "c": {"answer": 0.86, "abstain": 0.93, "locked": 0.95, "urgent": 1.0},
}
"""What was reached; the aims are 0.82, 0.88, 0.90 and 1. Which of these sets was still unseen when,
`questions/README.md` says."""


@pytest.mark.parametrize(("half", "expect"), [(h, e) for h in FLOORS for e in FLOORS[h]])
def test_the_share_that_is_right_does_not_fall(half: str, expect: str) -> None:
    assert _shares(half)[expect] >= FLOORS[half][expect]


@pytest.mark.slow
@pytest.mark.parametrize("half", FLOORS)
def test_alarms_ring_falsely_at_most_twice(half: str) -> None:
    others = [line for line in _read(f"set-{half}") if "urgent" not in line["accept"]]
    rang = [ask(shipped(), line["question"]).behaviour for line in others].count(AnswerKind.URGENT)
    assert rang <= 2


@pytest.mark.slow
@pytest.mark.parametrize("half", FLOORS)
def test_nothing_closed_is_pointed_at(half: str) -> None:
    for line in _read(f"set-{half}"):
        sections = {(p.topic, p.section) for p in ask(shipped(), line["question"]).passages}
        assert SUPPLEMENTS not in sections


@cache
def _asker(level: Level) -> Asker:
    pack = open_pack(shipped_bytes())
    return Asker(pack.library(), PackStore(pack), level)


def _says(answer: dict[str, Any], facts: list[list[str]]) -> bool:
    """Whether for each fact some passage says it, in one of the ways it can be said."""
    texts = [passage["text"] for passage in answer["passages"]]
    return all(
        any(re.search(pattern, text, re.IGNORECASE) for pattern in ways for text in texts)
        for ways in facts
    )


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("line", _read("development"), ids=lambda line: str(line["id"]))
def test_the_development_questions_behave(line: dict[str, Any], level: Level) -> None:
    answer = _asker(level).ask(line["question"])
    assert answer["behaviour"] in line["accept"]
    assert _says(answer, line["facts"])
    if line["opened_facts"]:
        assert answer["passages"] == []
        opened = _asker(level).ask(line["question"], acknowledged=True)
        assert opened["behaviour"] == "answer"
        assert any(_says(opened, [facts]) for facts in line["opened_facts"])
