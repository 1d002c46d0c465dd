"""From a question to what may be shown: the order of work, and nothing that is kept.

Urgent comes first, before the library is looked at. Then the locks: what the question names, then
what stands nearest. Only what is left is ranked, and shown if it is near enough.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from kiosk.answers.curated.confidence import is_answer
from kiosk.answers.curated.general import asks_for_supplements
from kiosk.answers.curated.locked import Gate, LockedItems, favour
from kiosk.answers.curated.match import ItemMatch, nearest
from kiosk.answers.curated.query import QueryTerm, correct_words, correct_words_again, query_terms
from kiosk.answers.curated.reader import CuratedIndex, ItemRef, shut, topics_of
from kiosk.answers.fulltext.fallback import search_other_topics
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.items import NOWHERE
from kiosk.answers.text.language import language_of
from kiosk.answers.text.words import normalise
from kiosk.core.question import Answer, AnswerKind, PassageRef, Question

MOST_PASSAGES = 3
CLEAR = 1.1
"""How much nearer a locked item must be than an open one to be taken for the answer."""
NEAR = 0.5
"""How near a locked item must be to be taken for the answer, though nothing gated is named."""
NAMED = 0.2
"""So near is enough where a gated name was asked for, and its section is open."""
NEARER = 0.8
"""How near where all that the question says is one everyday word: it may ask for anything."""
AGAIN = 0.9
"""What is left of an item's nearness where a better one says the same."""
BESIDE = 0.6
"""How near, against the first, the others must be to be shown with it."""


class AlarmDetector(Protocol):
    """The urgent rules."""

    def find(self, raw: str, corrected: str = "") -> str:
        """The id of the alarm that the text speaks of, or nothing."""
        ...


class NoAlarms:
    """No urgent rules: for a library that has none."""

    def find(self, raw: str, corrected: str = "") -> str:
        """Nothing."""
        return ""


class AnswerEngine:
    """Answers questions from one pack. It remembers none of them.

    Args:
        open_side: a connection to the pack; from now on it can read no locked table.
        locked_side: another, which nothing but the locks may use.
        alarms: the urgent rules.
    """

    def __init__(
        self, open_side: sqlite3.Connection, locked_side: sqlite3.Connection, alarms: AlarmDetector
    ) -> None:
        shut(open_side)
        self._open, self._index = CuratedIndex(open_side), FullTextIndex(open_side)
        self._locked, self._alarms = LockedItems(locked_side), alarms
        self._has_others = bool(topics_of(open_side) - self._open.topics)

    def answer(self, question: Question) -> Answer:
        """What to show: normalise, language, urgent, terms, locks, rank, abstain, passages."""
        text = normalise(question.text)
        language = language_of(text, question.language)
        heard = correct_words(text, self._index)
        alarm = self._alarms.find(text, heard.corrected)
        if alarm:
            return Answer(AnswerKind.URGENT, language, alarm=alarm)
        sides = (self._open, self._locked.side)
        of_locked = correct_words_again(heard, self._index, self._locked.index)
        slots = query_terms((heard, of_locked), language, sides, self._index)
        if not slots:
            return Answer(AnswerKind.ABSTAIN, language)
        texts = (text, heard.corrected, of_locked.corrected)
        wanted = self._gates_asked_for(texts, language, question)
        for gate in wanted:
            if gate not in question.open:
                return Answer(AnswerKind.LOCKED, language, locked=gate)
        ranked = self._ranked(slots, question, wanted)
        best = ranked[0].score if ranked else 0.0
        hits = [hit for hit in ranked if hit.place.section != NOWHERE]
        beside = next((hit for hit in ranked if hit.place.section == NOWHERE), None)
        closed = frozenset(self._locked.gates) - question.open
        would = self._locked.would_answer(slots, closed, sides, question.topic)
        if would and would.score > max(NEAR, best * CLEAR):
            return Answer(AnswerKind.LOCKED, language, locked=would.gate)
        told = self._told(hits, beside, slots, language, question, bool(wanted))
        if not self._has_others or wanted:
            return told
        in_others = question.topic is not None and question.topic not in self._open.topics
        if told.passages and not in_others:
            return told
        other = self._elsewhere(text, language, question)
        return other if other.passages or not told.passages else told

    def _elsewhere(self, text: str, language: str, question: Question) -> Answer:
        """From the topics of which nobody has written how patients ask."""
        places = search_other_topics(self._index, text, language, self._open.topics)
        if places and places[0].is_gap:
            return Answer(AnswerKind.ABSTAIN, language, (_passage(places[0], language, question),))
        passages = tuple(_passage(one, language, question) for one in places if not one.is_gap)
        behaviour = AnswerKind.ANSWER if passages else AnswerKind.ABSTAIN
        return Answer(behaviour, language, passages[:MOST_PASSAGES])

    def _gates_asked_for(
        self, texts: Sequence[str], language: str, question: Question
    ) -> list[Gate]:
        """The gated section that the words of a question call for, one in view first."""
        topics = frozenset[str]().union(*map(self._locked.topics_named, texts))
        gates = [gate for gate in self._locked.gates if gate[0] in topics]
        if not gates and any(asks_for_supplements(text, language) for text in texts):
            in_view = [gate for gate in self._locked.gates if gate[0] == question.topic]
            gates = in_view or list(self._locked.gates)
        return sorted(gates, key=lambda gate: gate[0] != question.topic)[:1]

    def _ranked(
        self, slots: Sequence[QueryTerm], question: Question, wanted: list[Gate]
    ) -> list[ItemMatch]:
        sides = (self._open, self._locked.side)
        opened = self._locked.hits(slots, question.open, sides, question.topic)
        if wanted:  # asked for by name, and open: other text beside it is no answer
            inside = [hit for hit in opened if (hit.place.topic, hit.place.section) in wanted]
            if inside:
                return inside
        hits = nearest(slots, self._open, sides,
                       favour=lambda place: favour(place.topic, question.topic))  # fmt: skip
        return sorted((*hits, *opened), key=lambda hit: (-hit.score, hit.place.item))

    def _told(
        self,
        hits: list[ItemMatch],
        beside: ItemMatch | None,
        slots: Sequence[QueryTerm],
        language: str,
        question: Question,
        named: bool,
    ) -> Answer:
        if not hits or not _is_answer(hits[0], beside, slots, named):
            return Answer(AnswerKind.ABSTAIN, language)
        best = hits[0]
        if best.place.is_gap:
            return Answer(AnswerKind.ABSTAIN, language, (_passage(best.place, language, question),))
        shown = [hit for hit in hits if not hit.place.is_gap and hit.score >= best.score * BESIDE]
        shown = once_each(shown)
        return Answer(AnswerKind.ANSWER, language, _passages(shown, language, question))


def _passages(shown: list[ItemMatch], language: str, question: Question) -> tuple[PassageRef, ...]:
    """At most three, best first; above what a product is said to do or be taken in, its notes."""
    told: dict[str, PassageRef] = {}
    for hit in shown:
        own = _passage(hit.place, language, question)
        above = hit.place.notes[: MOST_PASSAGES - 1]
        group = [replace(own, item=note) for note in above if note not in told]
        group += [own] if own.item not in told else []
        if len(told) + len(group) > MOST_PASSAGES:
            break
        told |= {passage.item: passage for passage in group}
    return tuple(told.values())


def once_each(hits: Sequence[ItemMatch]) -> list[ItemMatch]:
    """The hits, those that say what a better one does moved down."""
    told: set[str] = set()
    moved = []
    for hit in hits:
        fact = hit.place.fact or hit.place.item
        moved.append((hit.score * (AGAIN if fact in told else 1.0), hit))
        told.add(fact)
    return [hit for _, hit in sorted(moved, key=lambda one: -one[0])]


def _is_answer(
    hit: ItemMatch, beside: ItemMatch | None, slots: Sequence[QueryTerm], named: bool
) -> bool:
    """Whether it is near enough, with what patients ask beside it that is not answered here."""
    if named:
        return hit.score >= NAMED
    if len(slots) == 1 and slots[0].everyday:
        return hit.whole >= NEARER
    return is_answer(hit, beside, slots)


def _passage(place: ItemRef, language: str, question: Question) -> PassageRef:
    """The item in the page's language, else in the question's, else in one that it has."""
    has = place.languages
    spoken = next((code for code in (question.language, language) if code in has), has[0])
    return PassageRef(place.topic, place.section, place.item, spoken)
