"""A library of two topics: the shipped one, and the example of the guide as lactose intolerance."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.answers.alarms.detector import AlarmDetector
from kiosk.answers.engine import AnswerEngine
from kiosk.library.pack.build import pack_bytes
from kiosk.library.pack.reader import open_pack
from tests.support.answers.asking import connect
from tests.support.shipped import CONTENT, ROOT

LACTOSE = "lactose-intolerance"
"""Its facts and their public source stand in the example's own evidence."""


_OFFERED = """
[[question]]
id = "allergy"
plain = "Is it an allergy?"
everyday = "Is it an allergy?"
professional = "Is it an allergy?"
answers = ["allergy"]
"""
"""A question to choose from: a topic without any is refused."""


@cache
def two_topics(has_questions: bool = True) -> bytes:
    """The pack; `has_questions` false: nobody wrote how patients ask about lactose."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "content"
        shutil.copytree(CONTENT, root)
        shutil.copytree(ROOT / "docs" / "example-topic", root / LACTOSE)
        _change(root / LACTOSE / "topic.toml", '"example-topic"', f'"{LACTOSE}"')
        _change(root / "library.toml", '["leaky-gut"]', f'["leaky-gut", "{LACTOSE}"]')
        if not has_questions:
            (root / LACTOSE / "questions.toml").write_text(_OFFERED, "utf-8")
        return pack_bytes(root, None)


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@cache
def engine_of_two(has_questions: bool = True) -> AnswerEngine:
    """Answers from that pack."""
    pack = two_topics(has_questions)
    with open_pack(pack) as opened:
        alarms = AlarmDetector(opened.alarm_rules())
    return AnswerEngine(connect(pack), connect(pack), alarms.find)
