"""From a question to what may be shown: the order of work, and nothing that is kept.

Urgent comes first, before the library is looked at. Then the locks: what the question names, then
what stands nearest. Only what is left is ranked, and shown if it is near enough.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from kiosk.answers.curated.confidence import is_held
from kiosk.answers.curated.general import asks_for_supplements
from kiosk.answers.curated.locked import Gate, Locked, favour
from kiosk.answers.curated.match import Hit, nearest
from kiosk.answers.curated.query import Slot, hear, hear_again, slots_of
from kiosk.answers.curated.reader import Place, Side, shut, topics_of
from kiosk.answers.fulltext.fallback import found_elsewhere
from kiosk.answers.fulltext.index import Index
from kiosk.answers.items import NOWHERE
from kiosk.answers.text.language import language_of
from kiosk.answers.text.words import normalise
from kiosk.core.question import Answer, Behaviour, Passage, Question

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


class FindsAlarms(Protocol):
    """The urgent rules."""

    def find(self, raw: str, corrected: str = "") -> str:
        """The id of the alarm that the text speaks of, or nothing."""
        ...


class NoAlarms:
    """No urgent rules: for a library that has none."""

    def find(self, raw: str, corrected: str = "") -> str:
        """Nothing."""
        return ""


class Engine:
    """Answers questions from one pack. It remembers none of them.

    Args:
        open_side: a connection to the pack; from now on it can read no locked table.
        locked_side: another, which nothing but the locks may use.
        alarms: the urgent rules.
    """

    def __init__(
        self, open_side: sqlite3.Connection, locked_side: sqlite3.Connection, alarms: FindsAlarms
    ) -> None:
        shut(open_side)
        self._open, self._index = Side(open_side), Index(open_side)
        self._locked, self._alarms = Locked(locked_side), alarms
        self._has_others = bool(topics_of(open_side) - self._open.topics)

    def answer(self, question: Question) -> Answer:
        """What to show: normalise, language, urgent, terms, locks, rank, abstain, passages."""
        text = normalise(question.text)
        language = language_of(text, question.language)
        heard = hear(text, self._index)
        alarm = self._alarms.find(text, heard.corrected)
        if alarm:
            return Answer(Behaviour.URGENT, language, alarm=alarm)
        sides = (self._open, self._locked.side)
        of_locked = hear_again(heard, self._index, self._locked.index)
        slots = slots_of((heard, of_locked), language, sides, self._index)
        if not slots:
            return Answer(Behaviour.ABSTAIN, language)
        texts = (text, heard.corrected, of_locked.corrected)
        wanted = self._gates_asked_for(texts, language, question)
        for gate in wanted:
            if gate not in question.open:
                return Answer(Behaviour.LOCKED, language, locked=gate)
        ranked = self._ranked(slots, question, wanted)
        best = ranked[0].score if ranked else 0.0
        hits = [hit for hit in ranked if hit.place.section != NOWHERE]
        beside = next((hit for hit in ranked if hit.place.section == NOWHERE), None)
        closed = frozenset(self._locked.gates) - question.open
        would = self._locked.would_answer(slots, closed, sides, question.topic)
        if would and would.score > max(NEAR, best * CLEAR):
            return Answer(Behaviour.LOCKED, language, locked=would.gate)
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
        places = found_elsewhere(self._index, text, language, self._open.topics)
        if places and places[0].is_gap:
            return Answer(Behaviour.ABSTAIN, language, (_passage(places[0], language, question),))
        passages = tuple(_passage(one, language, question) for one in places if not one.is_gap)
        behaviour = Behaviour.ANSWER if passages else Behaviour.ABSTAIN
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

    def _ranked(self, slots: Sequence[Slot], question: Question, wanted: list[Gate]) -> list[Hit]:
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
        hits: list[Hit],
        beside: Hit | None,
        slots: Sequence[Slot],
        language: str,
        question: Question,
        named: bool,
    ) -> Answer:
        if not hits or not _is_answer(hits[0], beside, slots, named):
            return Answer(Behaviour.ABSTAIN, language)
        best = hits[0]
        if best.place.is_gap:
            return Answer(Behaviour.ABSTAIN, language, (_passage(best.place, language, question),))
        shown = [hit for hit in hits if not hit.place.is_gap and hit.score >= best.score * BESIDE]
        shown = once_each(shown)
        return Answer(Behaviour.ANSWER, language, _passages(shown, language, question))


def _passages(shown: list[Hit], language: str, question: Question) -> tuple[Passage, ...]:
    """At most three, best first; above what a product is said to do or be taken in, its notes."""
    told: dict[str, Passage] = {}
    for hit in shown:
        own = _passage(hit.place, language, question)
        above = hit.place.notes[: MOST_PASSAGES - 1]
        group = [replace(own, item=note) for note in above if note not in told]
        group += [own] if own.item not in told else []
        if len(told) + len(group) > MOST_PASSAGES:
            break
        told |= {passage.item: passage for passage in group}
    return tuple(told.values())


def once_each(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, those that say what a better one does moved down."""
    told: set[str] = set()
    moved = []
    for hit in hits:
        fact = hit.place.fact or hit.place.item
        moved.append((hit.score * (AGAIN if fact in told else 1.0), hit))
        told.add(fact)
    return [hit for _, hit in sorted(moved, key=lambda one: -one[0])]


def _is_answer(hit: Hit, beside: Hit | None, slots: Sequence[Slot], named: bool) -> bool:
    """Whether it is near enough, with what patients ask beside it that is not answered here."""
    if named:
        return hit.score >= NAMED
    if len(slots) == 1 and slots[0].everyday:
        return hit.whole >= NEARER
    return is_held(hit, beside, slots)


def _passage(place: Place, language: str, question: Question) -> Passage:
    """The item in the page's language, else in the question's, else in one that it has."""
    has = place.languages
    spoken = next((code for code in (question.language, language) if code in has), has[0])
    return Passage(place.topic, place.section, place.item, spoken)
