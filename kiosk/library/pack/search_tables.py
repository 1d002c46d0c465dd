"""From the drafts of the topics to the tables that questions are answered from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from kiosk.answers.curated import writer
from kiosk.answers.fulltext.fallback import row_id
from kiosk.answers.fulltext.writer import PassageRow, write_index
from kiosk.answers.items import NOWHERE, GatedTerm, IndexedItem, Synonym
from kiosk.answers.text.word_lists import shipped
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.checks.questions import gated_names
from kiosk.library.pack.twins import same_facts
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.items import item_texts


def write_answering(connection: sqlite3.Connection, drafts: Iterable[TopicDraft]) -> None:
    """Make and fill the tables."""
    drafts = tuple(drafts)
    rows = (row for draft in drafts for held in indexed_items(draft) for row in rows_of(held))
    beside = [held for draft in drafts for held in _not_here(draft)]
    also = (text for held in beside for texts in held.asked.values() for text in texts)
    write_index(connection, rows, shipped(), also)
    writer.write(
        connection,
        [*(held for draft in drafts if draft.asked for held in indexed_items(draft)), *beside],
        [other for draft in drafts for other in _others(draft)],
        [GatedTerm(draft.topic.id, name) for draft in drafts for name in gated_names(draft)],
    )


def indexed_items(draft: TopicDraft) -> Iterator[IndexedItem]:
    """Every item of a topic, with the ways in which patients ask for it."""
    topic, asked = draft.topic, {one.of: one.phrases for one in draft.asked}
    places = item_texts(topic)
    facts = same_facts(places.values())
    for place in places.values():
        yield IndexedItem(
            topic.id, place.section, place.item, topic.language, place.is_gap, place.gated,
            place.title, place.text, asked.get(place.item, {}), place.notes,
            facts.get(place.item, ""),
        )  # fmt: skip


def _not_here(draft: TopicDraft) -> Iterator[IndexedItem]:
    """What patients ask that the topic does not answer: it stands in no section."""
    topic = draft.topic
    for one in draft.not_here:
        yield IndexedItem(
            topic.id, NOWHERE, one.of, topic.language, True, False, (), (), one.phrases
        )  # fmt: skip


def rows_of(held: IndexedItem) -> Iterator[PassageRow]:
    """The item for the index: once in its own language, and once for each that it is asked in."""
    id_ = row_id(held.topic, held.section, held.item, held.is_gap)
    title, headings = held.title[-1], " ".join(held.title)
    for code in dict.fromkeys((held.language, *held.asked)):
        own = code == held.language
        alias = tuple(held.asked.get(code, ()))
        if own or alias:
            yield PassageRow(
                id_, held.topic, title if own else "", headings if own else "",
                " ".join(held.text) if own else "", alias, code, held.gated,
            )  # fmt: skip


def _others(draft: TopicDraft) -> Iterator[Synonym]:
    gated, language = GatedTermMatcher(draft.gated_terms), draft.topic.language
    for word in draft.words:
        shut = bool(gated.find(word.means))
        for code, names in word.names.items():
            for name in names:
                yield Synonym(name, code, word.means, language, shut)
