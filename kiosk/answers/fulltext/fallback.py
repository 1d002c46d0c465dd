"""Answers a question by full-text search, for topics without authored questions, and converts
between row ids of the index and item references.
"""

from __future__ import annotations

from collections.abc import Set

from kiosk.answers.fulltext.confidence import THRESHOLD
from kiosk.answers.fulltext.index import FullTextIndex, IndexedPassage
from kiosk.answers.fulltext.rank import Retriever
from kiosk.answers.items import ItemRef

_BESIDE = 0.8
"""The share of the first passage's score that another needs to be shown with it."""

_COVERED = 0.65
"""The share of the question that a passage of the topic in view must have to answer without its
name."""


def search_other_topics(
    index: FullTextIndex, text: str, language: str, apart: Set[str], about: Set[str] | None = None
) -> list[ItemRef]:
    """Return the open items that confidently answer a question, best first, or an empty list.

    Args:
        text: the question, normalized.
        language: the question's language.
        apart: the topics to leave out, since their authored questions are searched.
        about: the topics that the question is about: only these can answer; None for all.
    """
    ranking = Retriever(index).ask(text, language)
    hits = [
        hit for hit in ranking.hits
        if hit.passage.topic not in apart and (about is None or hit.passage.topic in about)
    ]  # fmt: skip
    if not hits:
        return []
    is_covered = about is not None and hits[0].covered >= _COVERED
    if ranking.confidence < THRESHOLD and not is_covered:
        return []
    if hits[0].score < ranking.hits[0].score * (_BESIDE if about else 1.0):
        return []
    least = hits[0].score * _BESIDE
    refs = [item_ref_of(hit.passage) for hit in hits if hit.score >= least]
    return list(dict.fromkeys(refs))


def row_id(topic: str, section: str, item: str, is_gap: bool) -> str:
    """Return the id of an item's row in the full-text index: its topic, section and id, joined by
    `/`, with `/gap` at the end for a question that the library does not answer.
    """
    return "/".join((topic, section, item, *(["gap"] if is_gap else [])))


def item_ref_of(passage: IndexedPassage) -> ItemRef:
    """Return the item reference that a passage of the index stands
    for, read from the passage's id.
    """
    topic, section, item, *gap = passage.id.split("/")
    return ItemRef(topic, section, item, bool(gap), (passage.language,))
