"""`kiosk ask`: a file of questions, each asked in a visit of its own, as a visitor would.

For whoever holds the pack, never from inside a visit. It is a front end like the others: it
delivers events and reads pages, so what it tells is what a visitor would be shown.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any, TextIO

from kiosk import fallback_messages
from kiosk.cli.ask_index import ask_passages, holds_passages, quoted, ranked
from kiosk.cli.main import Request
from kiosk.core.content import Level, Topic
from kiosk.core.events import (
    BeganCautions,
    ChoseReader,
    ChoseTopic,
    OpenedSection,
    Panel,
    PanelOpened,
    QuestionAsked,
    ShownWhole,
    Started,
    TopicQuery,
    WentBack,
)
from kiosk.core.library import Library, TopicCard
from kiosk.core.page import Block, BlockKind, Page, PageKind
from kiosk.core.port import ContentStore, VisitController
from kiosk.core.question import Answer, AnswerKind, Question
from kiosk.core.visit import VisitDefaults
from kiosk.library.pack.passages_only import JsonlError, read_lines
from kiosk.site.content import StartupError, pack_at
from kiosk.site.store import PackStore

_PATIENCE = 1.0
"""Seconds on the made clock beyond those that a caution must stand."""


class _ManualClock:
    """Stands still until it is moved: no question waits for a real one."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class CachingStore:
    """A shelf that reads each topic once, however many visits open it."""

    def __init__(self, shelf: ContentStore) -> None:
        self._shelf = shelf
        self._topics: dict[tuple[str, str], Topic] = {}

    def open_topic(self, id_: str, language: str) -> Topic:
        """The topic, kept."""
        if (id_, language) not in self._topics:
            self._topics[id_, language] = self._shelf.open_topic(id_, language)
        return self._topics[id_, language]

    def card(self, id_: str, language: str) -> TopicCard:
        """As the shelf has it."""
        return self._shelf.card(id_, language)

    def find_topics(self, sought: TopicQuery, language: str, most: int) -> tuple[TopicCard, ...]:
        """As the shelf finds them."""
        return self._shelf.find_topics(sought, language, most)

    def answer(self, question: Question) -> Answer:
        """As the shelf answers."""
        return self._shelf.answer(question)

    def withdrawn(self) -> Set[str]:
        """As the shelf says."""
        return self._shelf.withdrawn()

    def renewed(self) -> Library | None:
        """Never, while questions are asked."""
        return None


class Asker:
    """Asks questions of one library, each in a new visit."""

    def __init__(
        self, library: Library, shelf: ContentStore, level: Level, topic: str = ""
    ) -> None:
        self._library, self._shelf = library, CachingStore(shelf)
        self._language = library.languages[0]
        cards = library.cards_in(self._language)
        self._topic = topic or (cards[0].id if cards else "")
        self._reader = next(one.id for one in library.readers if one.level is level)

    def ask(self, text: str, acknowledged: bool = False) -> dict[str, Any]:
        """What a visitor is shown who asks this, having acknowledged every caution or none."""
        clock = _ManualClock()
        port = VisitController(self._library, VisitDefaults(self._language), clock, self._shelf)
        port.deliver(Started())
        port.deliver(ChoseReader(reader=self._reader))
        if port.page.kind is PageKind.TOPICS:
            port.deliver(ChoseTopic(topic=self._topic))
        if acknowledged:
            self._acknowledge(port, clock)
        port.deliver(PanelOpened(panel=Panel.ASK))
        start = time.perf_counter()
        asked = port.deliver(QuestionAsked(text=text))
        took = time.perf_counter() - start
        told = _told(port) if asked else _nothing(port)
        return {**told, "latency_ms": round(took * 1000, 3)}

    def _acknowledge(self, port: VisitController, clock: _ManualClock) -> None:
        """Read and acknowledge every caution of the topic, one after the other, each whole."""
        for section in self._shelf.open_topic(self._topic, self._language).gated_sections():
            port.deliver(OpenedSection(section=section.id))
            port.deliver(BeganCautions())
            for _ in section.requires:
                if port.page.kind is not PageKind.CAUTION:
                    break
                port.deliver(ShownWhole())
                clock.now += port.page.dwell + _PATIENCE
                port.deliver(port.page.choice("acknowledge").event)
            _leave(port)


def _leave(port: VisitController) -> None:
    """Back to a place from which another section can be opened."""
    if port.page.kind is PageKind.CAUTION:
        port.deliver(WentBack())


def _told(port: VisitController) -> dict[str, Any]:
    page = port.page
    behaviour = next(b for b in AnswerKind if page.title == port.say(f"answer-title.{b.value}"))
    _, *said = [block for block in page.blocks if not block.passage]
    return {
        "behaviour": behaviour.value,
        "passages": list(_passages(page)),
        "message": "\n".join([page.title, *(block.words for block in said)]),
    }


def _nothing(port: VisitController) -> dict[str, Any]:
    """A question of no words cannot be asked."""
    title = port.say(f"answer-title.{AnswerKind.ABSTAIN.value}")
    return {"behaviour": AnswerKind.ABSTAIN.value, "passages": [], "message": title}


def _passages(page: Page) -> Iterator[dict[str, str]]:
    by_place: dict[str, list[Block]] = {}
    for block in page.blocks:
        if block.passage:
            by_place.setdefault(block.passage, []).append(block)
    for place, blocks in by_place.items():
        text = [
            block.words
            for block in blocks
            if block.mood not in (BlockKind.SOURCE, BlockKind.HEADING)
        ]
        cited = [block.words for block in blocks if block.mood is BlockKind.SOURCE]
        yield {"id": place, "text": "\n".join(text), "citation": "\n".join(cited)}


def ask(request: Request, out: TextIO) -> int:
    """Answer a file of questions, one JSON object a line; the exit status."""
    *places, questions = sorted(request.questions, key=is_pack, reverse=True)
    if len(places) > 1 or is_pack(questions):
        print(fallback_messages.NOT_ASKED, file=sys.stderr)
        return 2
    place = places[0] if places else None
    if place is not None and (request.at_scale or holds_passages(place)):
        form = ranked if request.at_scale else quoted
        return ask_passages(questions, place, form, out, sys.stderr)
    try:
        with pack_at(place) as pack:
            if request.at_scale:
                assert pack.path is not None
                return ask_passages(questions, pack.path, ranked, out, sys.stderr)
            asker = Asker(pack.library(), PackStore(pack), request.level or Level.EVERYDAY)
            for _, line in read_lines(questions, ("question",)):
                told = asker.ask(line["question"], line.get("acknowledged") is True)
                print(json.dumps({"id": line.get("id"), **told}, ensure_ascii=False), file=out)
    except (StartupError, JsonlError, OSError) as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return 2
    return 0


def is_pack(file: Path) -> bool:
    """Whether the file is what questions are put to, not a file of them."""
    if file.is_dir():
        return True
    try:
        with file.open("rb") as held:
            return held.read(16) == b"SQLite format 3\0"
    except OSError:
        return file.suffix == ".pack"
