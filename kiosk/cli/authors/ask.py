"""`kiosk ask`: answer the questions in a file, each in a visit of its own, as a visitor is
answered; or, with --rank or for a pack of passages alone, by full-text search without a visit.

It is a tool to test answers with. In a visit it delivers events and reads the pages, as the front
ends do, so it prints what a visitor would be shown. Visitors have no access to it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from kiosk.answers.alarms.detector import AlarmDetector
from kiosk.cli import refusals
from kiosk.cli.authors.ask_index import ask_passages, holds_passages, quoted, ranked
from kiosk.cli.main import fail
from kiosk.cli.options import add_level
from kiosk.core.alarms import AlarmRules
from kiosk.core.content import Topic
from kiosk.core.events import (
    BeganCautions,
    ChoseReader,
    ChoseTopic,
    Event,
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
from kiosk.core.visit import Timings, VisitDefaults
from kiosk.core.wording import Level
from kiosk.library.pack.passages_only import read_lines
from kiosk.site.content import content_path, pack_at, pack_of
from kiosk.site.store import PackStore
from kiosk.system.files import open_ordinary

_READING_MARGIN = 1.0
"""Seconds on the manual clock beyond those that a caution must stand."""


class _ManualClock:
    """A clock that is moved by hand: a caution stands its time without anybody waiting."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class CachingStore:
    """A store that keeps each topic in memory once it was read, so that many visits can open it
    fast; everything else is asked of the store that it is given.
    """

    def __init__(self, store: ContentStore) -> None:
        self._store = store
        self._topics: dict[tuple[str, str], Topic] = {}

    def open_topic(self, id_: str, language: str) -> Topic:
        """Return a topic with its sections, read from the store the first time, from memory
        afterwards; KeyError where there is none of that id in that language.
        """
        if (id_, language) not in self._topics:
            self._topics[id_, language] = self._store.open_topic(id_, language)
        return self._topics[id_, language]

    def card(self, id_: str, language: str) -> TopicCard:
        """Return the card of a topic: its title and what else a list of topics shows."""
        return self._store.card(id_, language)

    def find_topics(self, sought: TopicQuery, language: str, most: int) -> tuple[TopicCard, ...]:
        """Return the cards of at most `most` topics that match what is sought."""
        return self._store.find_topics(sought, language, most)

    def answer(self, question: Question) -> Answer:
        """Return the store's answer to a reader's question."""
        return self._store.answer(question)

    def alarm(self, written: Question) -> Answer | None:
        """Return what to tell a reader whose typed text is an alarm; None for every other text."""
        return self._store.alarm(written)

    def withdrawn(self) -> Set[str]:
        """Return the ids of topics that have been recalled."""
        return self._store.withdrawn()

    def renewed(self) -> Library | None:
        """Return None, always: it would be a newer library, and the pack is not exchanged
        meanwhile.
        """
        return None


class Asker:
    """Asks questions as a visitor would, each in a new visit, and returns the answers that the
    visitor is shown; `kiosk ask` makes one for a pack.

    Args:
        library: the library that the visits are of; they are in the first of its languages.
        store: where the topics and answers come from.
        level: the reading level: each visit chooses the first kind of reader that has it.
        topic: the id of the topic to ask in; if empty, the first topic in the library's order. A
            library with only one topic opens that.
        rules: the alarm rules, to report which alarm a question set off; None to leave that out.
    """

    def __init__(
        self, library: Library, store: ContentStore, level: Level, topic: str = "",
        rules: AlarmRules | None = None,
    ) -> None:  # fmt: skip
        self._library, self._store = library, CachingStore(store)
        self._detector = AlarmDetector(rules) if rules else None
        self._language = library.languages[0]
        cards = library.cards_in(self._language)
        self._topic = topic or (cards[0].id if cards else "")
        self._reader = next(choice.id for choice in library.readers if choice.level is level)

    def ask(self, text: str, acknowledged: bool = False) -> dict[str, Any]:
        """Ask a question in a new visit and return the answer that the visitor is shown, as a
        dictionary for JSON.

        Its keys are behaviour (such as answer or urgent), passages, message and latency_ms; alarm,
        too, where the answer is an alarm's and there are alarm rules. With `acknowledged`, the
        visit first acknowledges every caution of the topic.
        """
        clock = _ManualClock()
        opening = VisitDefaults(self._language, pace=Timings(seen=0.0))
        port = VisitController(self._library, opening, clock, self._store)
        port.deliver(Started())
        port.deliver(ChoseReader(reader=self._reader))
        if port.page.kind is PageKind.TOPICS:
            port.deliver(ChoseTopic(topic=self._topic))
        if acknowledged:
            self._acknowledge(port, clock)
        port.deliver(PanelOpened(panel=Panel.ASK))
        event = _offered(port.page, text) or QuestionAsked(text=text)
        start = time.perf_counter()
        asked = port.deliver(event)
        took = time.perf_counter() - start
        shown = asked and port.page.kind is PageKind.ANSWER
        answer = _shown_answer(port) if shown else _empty_answer(port)
        if answer["behaviour"] == AnswerKind.URGENT.value and self._detector:
            answer["alarm"] = self._alarm(self._detector, text)
        return {**answer, "latency_ms": round(took * 1000, 3)}

    def _alarm(self, detector: AlarmDetector, text: str) -> dict[str, Any]:
        """Return which alarm rings, which net rang it, and what in the text spoke for it."""
        detection = detector.detect(text)
        why = detector.reasons(text)
        return {"id": detection.alarm, "net": detection.net.value, "why": why}

    def _acknowledge(self, port: VisitController, clock: _ManualClock) -> None:
        """Read and acknowledge every caution of the topic, one after the other, each whole."""
        for section in self._store.open_topic(self._topic, self._language).gated_sections():
            port.deliver(OpenedSection(section=section.id))
            port.deliver(BeganCautions())
            for _ in section.requires:
                if port.page.kind is not PageKind.CAUTION:
                    break
                port.deliver(ShownWhole())
                clock.now += port.page.dwell + _READING_MARGIN
                port.deliver(port.page.choice("acknowledge").event)
            _leave(port)


def _offered(page: Page, text: str) -> Event | None:
    """Return the event of an offered question that equals `text`; None without one."""
    wanted = " ".join(text.casefold().split())
    offered = (choice for choice in page.choices if choice.id.startswith("question-"))
    return next((choice.event for choice in offered if choice.label.casefold() == wanted), None)


def _leave(port: VisitController) -> None:
    """Go back to a page from which another section can be opened."""
    if port.page.kind is PageKind.CAUTION:
        port.deliver(WentBack())


def _shown_answer(port: VisitController) -> dict[str, Any]:
    page = port.page
    behaviour = next(b for b in AnswerKind if page.title == port.say(f"answer-title.{b.value}"))
    said = [
        block for block in page.blocks
        if not block.passage and block.mood not in (BlockKind.SOURCE, BlockKind.HEADING)
    ]  # fmt: skip
    return {
        "behaviour": behaviour.value,
        "passages": list(_passages(page)),
        "message": "\n".join([page.title, *(block.words for block in said)]),
    }


def _empty_answer(port: VisitController) -> dict[str, Any]:
    """Return the answer to a question that cannot be asked: it has no words, or is too long."""
    title = port.say(f"answer-title.{AnswerKind.ABSTAIN.value}")
    return {"behaviour": AnswerKind.ABSTAIN.value, "passages": [], "message": title}


def _passages(page: Page) -> Iterator[dict[str, str]]:
    by_passage: dict[str, list[Block]] = {}
    for block in page.blocks:
        if block.passage:
            by_passage.setdefault(block.passage, []).append(block)
    for id_, blocks in by_passage.items():
        text = [
            block.words
            for block in blocks
            if block.mood not in (BlockKind.SOURCE, BlockKind.HEADING)
        ]
        kinds = (BlockKind.SOURCE, BlockKind.HEADING)  # without a source: where it stands
        cited = next(
            (words for kind in kinds if (words := [b.words for b in blocks if b.mood is kind])), []
        )
        yield {"id": id_, "text": "\n".join(text), "citation": "\n".join(cited)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk ask` on its parser, and set `ask` as the function to run."""
    form = parser.add_mutually_exclusive_group(required=True)
    form.add_argument(
        "--json", action="store_true",
        help="answer each as a visitor is answered: behaviour, passages, message; of an alarm also "
        "which net rang (rules or learned) and why",
    )  # fmt: skip
    form.add_argument(
        "--rank", action="store_true",
        help="answer each with the ids of the best 20 passages, the confidence that the pack has "
        "the answer (score), whether it would be declined (abstained), and latency_ms",
    )  # fmt: skip
    parser.add_argument(
        "--topic", metavar="ID", default="", help="ask from inside this topic; else the first"
    )
    parser.add_argument(
        "questions", nargs="+", type=Path, metavar="FILE",
        help="a pack or a content directory, else the shipped one; and the questions, or - for "
        "standard input: one JSON object a line, with id, question, and acknowledged = true to "
        "have read every caution",
    )  # fmt: skip
    add_level(parser)
    parser.set_defaults(run=ask)


def ask(options: argparse.Namespace) -> int:
    """Run `kiosk ask`: print the answer to each question of a file, one JSON object a line.

    Returns 0, or 2 where the arguments are not one file of questions and at most one pack or
    directory.
    """
    *packs, questions = sorted(options.questions, key=is_pack, reverse=True)
    if len(packs) > 1 or is_pack(questions):
        fail(refusals.NOT_ASKED)
        return 2
    pack_path = packs[0] if packs else None
    if options.rank or (pack_path is not None and holds_passages(pack_path)):
        pack_file = pack_of(content_path(pack_path))
        ask_passages(questions, pack_file, ranked if options.rank else quoted, sys.stdout)
        return 0
    with pack_at(pack_path) as pack:
        level = Level(options.level) if options.level else Level.EVERYDAY
        rules = pack.alarm_rules()
        asker = Asker(pack.library(), PackStore(pack), level, options.topic, rules)
        for _, line in read_lines(questions, ("question",)):
            answer = asker.ask(line["question"], line.get("acknowledged") is True)
            print(json.dumps({"id": line.get("id"), **answer}, ensure_ascii=False))
    return 0


def is_pack(file: Path) -> bool:
    """Return whether a path is a directory or a pack; False for any other file, such as one of
    questions.

    A pack is known by its first bytes, or, where it cannot be opened, by the ending .pack.
    """
    if file.is_dir():
        return True
    try:
        with os.fdopen(open_ordinary(file), "rb") as stream:
            return stream.read(16) == b"SQLite format 3\0"
    except OSError:
        return file.suffix == ".pack"
