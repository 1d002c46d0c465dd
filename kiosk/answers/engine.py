"""Engine that answers a reader's typed question with references to passages of one pack.

The order of work is fixed. First the whole text is checked for alarms. Then, until the cautions
before the gated sections are answered, every question of the kind that asks about supplements is
answered as locked, whatever this library says about them: so no question can find out what stands
behind cautions, and only open text that names the product can answer it. Only then are items
ranked, and the nearest ones returned if they are near enough.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence, Set

from kiosk.answers.curated.asked_kind import asks_for_product, names_product, takes_already
from kiosk.answers.curated.confidence import is_answer
from kiosk.answers.curated.locked import Gate, LockedItems
from kiosk.answers.curated.match import ItemMatch, nearest
from kiosk.answers.curated.query import (
    CorrectedWords,
    QueryTerm,
    correct_words,
    correct_words_again,
    query_terms,
)
from kiosk.answers.curated.reader import CuratedIndex, shut, topics_of
from kiosk.answers.fulltext.fallback import search_other_topics
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.items import NOWHERE, ItemRef
from kiosk.answers.text.language import language_of
from kiosk.answers.text.words import normalise
from kiosk.core.question import (
    LONGEST_QUESTION,
    MOST_PASSAGES,
    Answer,
    AnswerKind,
    PassageRef,
    Question,
)

NAMED = 0.2
"""So near is enough where a gated name was asked for, and its section is open."""
NEARER = 0.8
"""Nearness needed where the question has one everyday word alone: it may ask for anything."""
AGAIN = 0.9
"""Factor of an item's nearness where a better one says the same."""
BESIDE = 0.6
"""Nearness of the others, as a share of the first item's, from which on they are shown too."""


class AnswerEngine:
    """Engine that answers typed questions from one pack, and keeps nothing of what was typed.

    Args:
        open_side: a connection to the pack, for all that is readable before any caution; from now
            on it is refused every table of what stands behind cautions, and every write.
        locked_side: a second connection to the pack, for what stands behind cautions; what it
            finds in a section is used only where this visit has opened that section.
        find_alarm: finds danger, such as `AlarmDetector.find`; each text is given to it first. It
            takes the text as typed, and the same with misspelled words corrected (or an empty
            string), and returns the id of the alarm that the text speaks of, or an empty string.
    """

    def __init__(
        self,
        open_side: sqlite3.Connection,
        locked_side: sqlite3.Connection,
        find_alarm: Callable[[str, str], str],
    ) -> None:
        shut(open_side)
        self._open, self._index = CuratedIndex(open_side), FullTextIndex(open_side)
        self._locked, self._find_alarm = LockedItems(locked_side), find_alarm
        self._has_others = bool(topics_of(open_side) - self._open.topics)

    def answer(self, question: Question) -> Answer:
        """Return the answer to a question, never None: one of kind ABSTAIN where nothing answers
        it.

        The answer is urgent where the text speaks of danger; else an abstention where the text is
        too long; else locked where it asks for what is behind unanswered cautions; else the
        nearest passages.
        """
        text = normalise(question.text)
        language = language_of(text, question.language)
        corrected = correct_words(text, self._index)
        urgent = self._urgent(question, language, corrected)
        if urgent is not None:
            return urgent
        if len(question.text) > LONGEST_QUESTION:
            return Answer(AnswerKind.ABSTAIN, language)
        gate = self._gate_before(text, question)
        if gate is not None and gate not in question.open:
            return self._at_the_gate(text, corrected, gate, language, question)
        several = [corrected]
        sides = [self._open]
        if question.open:
            several.append(correct_words_again(corrected, self._index, self._locked.index))
            sides.append(self._locked.side)
        slots = query_terms(several, language, sides, self._index)
        return self._from_library(slots, text, language, question, gate)

    def alarm(self, written: Question) -> Answer | None:
        """Return the urgent answer where a written text speaks of danger, else None.

        For texts that are not asked as questions, such as a reader's own question for the
        clinician: nothing is looked up in the library.
        """
        text = normalise(written.text)
        corrected = correct_words(text, self._index)
        return self._urgent(written, language_of(text, written.language), corrected)

    def _urgent(
        self, question: Question, language: str, corrected: CorrectedWords
    ) -> Answer | None:
        """On the whole of what was typed, and again with its spelling mended."""
        alarm = self._find_alarm(question.text, corrected.corrected)
        return Answer(AnswerKind.URGENT, language, alarm=alarm) if alarm else None

    def _gate_before(self, text: str, question: Question) -> Gate | None:
        """The gated section that a question of its kind is about: one in view, else the first."""
        if not self._locked.gates or not asks_for_product(text, self._is_word):
            return None
        in_view = [gate for gate in self._locked.gates if gate[0] == question.topic]
        return (in_view or list(self._locked.gates))[0]

    def _at_the_gate(
        self, text: str, corrected: CorrectedWords, gate: Gate, language: str, question: Question
    ) -> Answer:
        """Locked, unless open text answers it and says the product's name itself."""
        takes = takes_already(text)
        locked = Answer(AnswerKind.LOCKED, language, locked=gate, takes=takes)
        slots = query_terms([corrected], language, [self._open], self._index)
        named = {n for n, slot in enumerate(slots) if names_product(slot.word, self._is_word)}
        if takes or not named or not all(slots[n].in_text for n in named):
            return locked
        answer = self._from_library(slots, text, language, question, None, named)
        return answer if answer.behaviour is AnswerKind.ANSWER else locked

    def _is_word(self, word: str) -> bool:
        return self._index.commonness(word) is not None

    def _from_library(
        self, slots: Sequence[QueryTerm], text: str, language: str, question: Question,
        gate: Gate | None, must: Set[int] = frozenset(),
    ) -> Answer:  # fmt: skip
        """Return the answer that the library gives, of each topic only where the question is about
        it.
        """
        about = self._topics_about(text, question)
        ranked = [
            hit for hit in self._ranked(slots, question, gate)
            if hit.ref.section == NOWHERE or about is None or hit.ref.topic in about
        ]  # fmt: skip
        hits = [hit for hit in ranked if hit.ref.section != NOWHERE and must <= hit.covered]
        unanswered = next((hit for hit in ranked if hit.ref.section == NOWHERE), None)
        answer = self._answer_with(hits, unanswered, slots, language, question, gate is not None)
        if not self._has_others or gate is not None:
            return answer
        in_others = question.topic is not None and question.topic not in self._open.topics
        if answer.passages and not in_others:
            return answer
        other = self._elsewhere(text, language, question, about)
        return other if other.passages or not answer.passages else answer

    def _topics_about(self, text: str, question: Question) -> Set[str] | None:
        """The topics that the question names, else the one in view; None where it is neither."""
        named = self._open.topics_named(text)
        if named:
            return named
        return None if question.topic is None else {question.topic}

    def _elsewhere(
        self, text: str, language: str, question: Question, about: Set[str] | None
    ) -> Answer:
        """From the topics of which nobody has written how patients ask."""
        refs = search_other_topics(self._index, text, language, self._open.topics, about)
        if refs and refs[0].is_gap:
            return Answer(AnswerKind.ABSTAIN, language, (_passage(refs[0], language, question),))
        passages = tuple(_passage(ref, language, question) for ref in refs if not ref.is_gap)
        behaviour = AnswerKind.ANSWER if passages else AnswerKind.ABSTAIN
        return Answer(behaviour, language, passages[:MOST_PASSAGES])

    def _ranked(
        self, slots: Sequence[QueryTerm], question: Question, gate: Gate | None
    ) -> list[ItemMatch]:
        if not question.open:
            return nearest(slots, self._open, [self._open])
        sides = (self._open, self._locked.side)
        opened = self._locked.hits(slots, question.open, sides)
        if gate is not None:  # asked for, and open: other text beside it is no answer
            inside = [hit for hit in opened if (hit.ref.topic, hit.ref.section) == gate]
            if inside:
                return inside
        hits = [*nearest(slots, self._open, sides), *opened]
        return sorted(hits, key=lambda hit: (-hit.score, hit.ref.item))

    def _answer_with(
        self,
        hits: list[ItemMatch],
        unanswered: ItemMatch | None,
        slots: Sequence[QueryTerm],
        language: str,
        question: Question,
        named: bool,
    ) -> Answer:
        if not hits or not _is_answer(hits[0], unanswered, slots, named):
            return Answer(AnswerKind.ABSTAIN, language)
        best = hits[0]
        if best.ref.is_gap:
            return Answer(AnswerKind.ABSTAIN, language, (_passage(best.ref, language, question),))
        shown = [hit for hit in hits if not hit.ref.is_gap and hit.score >= best.score * BESIDE]
        shown = once_each(shown)
        passages = tuple(_passage(hit.ref, language, question) for hit in shown[:MOST_PASSAGES])
        return Answer(AnswerKind.ANSWER, language, passages)


def once_each(hits: Sequence[ItemMatch]) -> list[ItemMatch]:
    """Return the item matches in a new order, so that one that repeats a better one comes later.

    A match repeats another if both state the same fact (`ItemRef.fact`); none is left out.
    """
    facts: set[str] = set()
    moved = []
    for hit in hits:
        fact = hit.ref.fact or hit.ref.item
        moved.append((hit.score * (AGAIN if fact in facts else 1.0), hit))
        facts.add(fact)
    return [hit for _, hit in sorted(moved, key=lambda scored: -scored[0])]


def _is_answer(
    hit: ItemMatch, unanswered: ItemMatch | None, slots: Sequence[QueryTerm], named: bool
) -> bool:
    """Return whether the nearest item is near enough to be the answer, given the nearest of the
    questions that the library does not answer.
    """
    if named:
        return hit.score >= NAMED
    if len(slots) == 1 and slots[0].everyday:
        return hit.whole >= NEARER
    return is_answer(hit, unanswered, slots)


def _passage(ref: ItemRef, language: str, question: Question) -> PassageRef:
    """Return a reference to an item in the page's language, else in the question's, else in the
    first that it has.
    """
    has = ref.languages
    spoken = next((code for code in (question.language, language) if code in has), has[0])
    return PassageRef(ref.topic, ref.section, ref.item, spoken)
