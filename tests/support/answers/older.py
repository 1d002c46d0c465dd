"""Sentences written before `spoken/`: the rules' own, and the older questions with their labels."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kiosk.answers.text.language import language_of
from tests.support.answers.phrasings import ordinary, urgent
from tests.support.answers.spoken import Spoken

_QUESTIONS = Path(__file__).parents[2] / "answers" / "questions"


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
