"""Sentences of people in danger and not, by who wrote them: `tests/answers/alarms/spoken/`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ALARMS = Path(__file__).parents[2] / "answers" / "alarms"
SPOKEN = _ALARMS / "spoken"


@dataclass(frozen=True)
class Spoken:
    """One sentence."""

    text: str
    urgent: bool
    category: str
    """The danger, or the kind of sentence that speaks of none; empty where nobody noted it."""
    language: str
    writer: str


@cache
def spoken() -> tuple[Spoken, ...]:
    """All sentences kept for training."""
    return (*_strangers(), *_own())


def read_spoken(path: Path, writer: str) -> Iterator[Spoken]:
    """The sentences of a JSONL file."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Spoken(row["text"], row["urgent"], row["category"], row["lang"], writer)


def _strangers() -> Iterator[Spoken]:
    for path in sorted(SPOKEN.glob("*.jsonl")):
        yield from read_spoken(path, path.stem)


def _own() -> Iterator[Spoken]:
    for path in sorted(SPOKEN.glob("?-*.txt")):
        writer, language, kind = path.stem.split("-")
        category = ""
        for line in filter(None, path.read_text("utf-8").splitlines()):
            if line.startswith("["):
                category = line.strip("[]")
            else:
                yield Spoken(line, kind == "urgent", category, language, writer)
