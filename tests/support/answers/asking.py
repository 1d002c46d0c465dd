"""Engines of made and of shipped packs, and questions to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cache

from kiosk.answers import schema
from kiosk.answers.curated import writer
from kiosk.answers.engine import AnswerEngine
from kiosk.answers.fulltext.writer import write_index
from kiosk.answers.items import GatedTerm, IndexedItem, Synonym
from kiosk.answers.text.word_lists import shipped_groups
from kiosk.core.question import Answer, Question
from kiosk.core.wording import Level
from kiosk.library.pack.search_tables import rows_of
from tests.support.answers.alarms import detector
from tests.support.prebuilt_pack import shipped_pack

LEAKY = "leaky-gut"
SUPPLEMENTS = (LEAKY, "supplements")


class NoAlarms:
    """Urgent rules that never ring."""

    def find(self, raw: str, corrected: str = "") -> str:
        return ""


class Rings:
    """Urgent rules that ring at one word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def find(self, raw: str, corrected: str = "") -> str:
        return "made" if self.word in raw or self.word in corrected else ""


@cache
def shipped_bytes() -> bytes:
    return shipped_pack().read_bytes()


@cache
def shipped() -> AnswerEngine:
    return AnswerEngine(connect(shipped_bytes()), connect(shipped_bytes()), detector().find)


def connect(pack: bytes) -> sqlite3.Connection:
    """A connection of its own to a database in memory."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(pack)
    return connection


def made(
    indexed: Iterable[IndexedItem],
    others: Iterable[Synonym] = (),
    gated: Iterable[GatedTerm] = (),
    alarms: NoAlarms | Rings | None = None,
) -> AnswerEngine:
    """An engine of a library with just these items."""
    connection = sqlite3.connect(":memory:")
    indexed = list(indexed)
    schema.create(connection)
    write_index(connection, [row for item in indexed for row in rows_of(item)], shipped_groups())
    asked = {item.topic for item in indexed if item.asked}
    writer.write(connection, [item for item in indexed if item.topic in asked], others, gated)
    connection.commit()
    pack = connection.serialize()
    return AnswerEngine(connect(pack), connect(pack), (alarms or NoAlarms()).find)


def ask(
    engine: AnswerEngine,
    text: str,
    *opened: tuple[str, str],
    page: str = "en",
    topic: str | None = LEAKY,
) -> Answer:
    return engine.answer(Question(text, page, Level.PLAIN, topic, frozenset(opened)))


def items(answer: Answer) -> list[str]:
    return [passage.item for passage in answer.passages]
