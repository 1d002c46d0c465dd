"""Sentences from elsewhere than `spoken/`: of the rules, older questions, names in short ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from kiosk.answers.text.language import language_of
from tests.support.answers.phrasings import ordinary, urgent
from tests.support.answers.spoken import Spoken

_QUESTIONS = Path(__file__).parents[2] / "answers" / "questions"
_AROUND = (
    "{}", "is {} ok", "what about {}", "tell me about {} please", "is {} good for me",
    "how much {} a day", "can i take {}", "does {} work", "is {} on the list", "{} for the gut",
    "es bueno {}?", "puedo tomar {}", "para que sirve {}", "cuanto {} al dia", "{} hace daño?",
)  # fmt: skip
_AROUND_FIGURES = ("{}", "is it {}?", "is it {} a day?", "how about {}", "no more than {}", "{} mg")
_EACH = 3
"""How many short questions each name stands in."""


def older_sentences() -> Iterator[Spoken]:
    """Those of the rules (writer `rules`) and of the question sets (writer `sets`)."""
    for _, text in urgent():
        yield Spoken(text, True, "", language_of(text, "en"), "rules")
    for text in ordinary():
        yield Spoken(text, False, "", language_of(text, "en"), "rules")
    for path in sorted(_QUESTIONS.glob("set-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            rings = "urgent" in row["accept"]
            yield Spoken(row["question"], rings, "", row.get("lang", "en"), "sets")
    yield from _names_asked()


def _names_asked() -> Iterator[Spoken]:
    """Names of the trade and figures in short questions, which speak of no danger."""
    listed = files("kiosk.answers.curated").joinpath("products.txt").read_text("utf-8")
    lines = (line for line in listed.splitlines() if not line.startswith("#"))
    names = [name for line in lines for name in line.removeprefix("~").split("|")]
    texts = [
        _AROUND[(number * _EACH + turn) % len(_AROUND)].format(name)
        for number, name in enumerate(names)
        for turn in range(_EACH)
    ]
    texts += [around.format(figure) for around in _AROUND_FIGURES for figure in range(1, 101, 7)]
    for text in texts:
        yield Spoken(text, False, "topic", language_of(text, "en"), "names")
