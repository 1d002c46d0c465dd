"""Search in topics without authored questions: their passages are found by their own text."""

from __future__ import annotations

from collections.abc import Set

from kiosk.answers.fulltext.confidence import THRESHOLD
from kiosk.answers.fulltext.index import FullTextIndex, IndexedPassage
from kiosk.answers.fulltext.rank import Retriever
from kiosk.answers.items import ItemRef

_BESIDE = 0.8
"""How high, against the first, the others must stand to be shown with it."""

_COVERED = 0.65
"""How much of what is asked a passage of the topic in view must hold to answer without its name."""


def search_other_topics(
    index: FullTextIndex, text: str, language: str, apart: Set[str], about: Set[str] | None = None
) -> list[ItemRef]:
    """The open items that answer `text`, best first, of topics that are not in `apart`.

    Where `about` is given, only of these topics: another's sentence is about something else. What
    retrieval learns of a question is let go with it: it is made anew for each.
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
    """The id under which the index has an item: its topic, section and own id."""
    return "/".join((topic, section, item, *(["gap"] if is_gap else [])))


def item_ref_of(passage: IndexedPassage) -> ItemRef:
    """The item that a passage of the index stands for."""
    topic, section, item, *gap = passage.id.split("/")
    return ItemRef(topic, section, item, bool(gap), (passage.language,))
