"""No learner tells a word of gated text from one that no text has, whatever door it asks at.

How much better than by a coin any learner can be is the distance between the two sides' shares of
each answer; chance gives two halves of one side some distance, too, and that much is taken off.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from statistics import median

import pytest

from kiosk.answers.curated.asked_kind import asks_for_product
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.core.events import TopicQuery
from tests.support.answers.asking import LEAKY, ask, connect, made, shipped, shipped_bytes
from tests.support.answers.gated_words import texts, unheld
from tests.support.shipped import shelf
from tests.support.timing import check_time

pytestmark = pytest.mark.slow

MOST = 0.12
"""The most that a learner may be better than by chance, of 0 to 1."""


@cache
def _sides() -> tuple[list[str], list[str]]:
    """Words of gated text alone that name no product, and as many of no text."""
    index = FullTextIndex(connect(shipped_bytes()))

    def is_word(word: str) -> bool:
        return index.commonness(word) is not None

    gated = sorted(word for word in texts()[0] if not re.search(r"\d", word) and len(word) > 3)
    plain = [word for word in gated if not asks_for_product(word, is_word)]
    absent = [word for word in unheld(2 * len(plain)) if not asks_for_product(word, is_word)]
    assert len(plain) > 40
    return plain, absent


def _advantage(see: Callable[[str], Hashable]) -> float:
    """How much better than by chance a learner is that sees this of each word."""
    gated, absent = ([see(word) for word in side] for side in _sides())
    return _distance(gated, absent) - _distance(absent[::2], absent[1::2])


def _distance(some: Sequence[Hashable], others: Sequence[Hashable]) -> float:
    first, second = Counter(some), Counter(others)
    shares = (
        abs(first[one] / len(some) - second[one] / len(others)) for one in first.keys() | second
    )
    return sum(shares) / 2


def _misspelt(word: str) -> str:
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


@pytest.mark.parametrize("page", ["en", "es"])
@pytest.mark.parametrize("frame", ["{}", "is {} ok", "qué es {}", "how much {} is too much"])
def test_the_answers_tell_no_gated_word(frame: str, page: str) -> None:
    def see(word: str) -> Hashable:
        answer = ask(shipped(), frame.format(word), page=page)
        return answer.behaviour, answer.language, answer.locked, answer.passages, answer.alarm

    assert _advantage(see) <= MOST


@pytest.mark.parametrize("page", ["en", "es"])
def test_the_guess_of_a_language_is_the_same_whatever_the_library_holds(page: str) -> None:
    """More gated words than others are taken for Spanish, by their letters; no library is asked."""
    empty = made([])
    for word in (*_sides()[0], *_sides()[1]):
        assert ask(shipped(), word, page=page).language == ask(empty, word, page=page).language


def test_a_bare_word_tells_no_more_than_its_language() -> None:
    def see(word: str) -> Hashable:
        answer = ask(shipped(), word, page="es")
        return answer.behaviour, answer.locked, answer.passages, answer.alarm

    assert _advantage(see) <= MOST / 4


@pytest.mark.slow
def test_a_misspelt_word_tells_no_more() -> None:
    def see(word: str) -> Hashable:
        answer = ask(shipped(), f"is {_misspelt(word)} ok")
        return answer.behaviour, answer.passages

    assert _advantage(see) <= MOST


@pytest.mark.parametrize("topic", [None, LEAKY])
def test_nor_does_where_it_is_asked(topic: str | None) -> None:
    assert _advantage(lambda word: ask(shipped(), word, topic=topic).behaviour) <= MOST


def test_the_search_for_topics_tells_no_gated_word() -> None:
    def see(word: str) -> Hashable:
        return tuple(card.id for card in shelf().find_topics(TopicQuery(word), "en", 9))

    assert _advantage(see) == 0


@pytest.mark.timed
def test_the_time_that_an_answer_takes_is_the_same() -> None:
    """Reported where the machine is busy: medians of processor time, within a fifth."""

    def took(words: list[str]) -> float:
        began = []
        for word in words:
            start = time.process_time()
            ask(shipped(), f"is {word} ok")
            began.append(time.process_time() - start)
        return median(began)

    gated, absent = _sides()
    took(gated[:5])
    check_time(took(gated), 1.2 * took(absent) + 0.001, "the answer to a gated word")
