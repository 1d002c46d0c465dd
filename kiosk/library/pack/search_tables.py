"""Write the tables of a pack in which questions are looked up: items, and how people ask them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from kiosk.answers.curated import writer
from kiosk.answers.fulltext.fallback import row_id
from kiosk.answers.fulltext.writer import PassageRow, write_index
from kiosk.answers.items import NOWHERE, GatedTerm, IndexedItem, Synonym
from kiosk.answers.text.word_lists import shipped_groups
from kiosk.core.text import fold
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.checks.questions import gated_names
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.items import ItemText, item_texts

_ALIKE = 0.35
"""The share of their words that two items must have in common to say the same."""


def write_answering(connection: sqlite3.Connection, drafts: Iterable[TopicDraft]) -> None:
    """Fill the tables by which questions are answered, in a pack that is being written."""
    drafts = tuple(drafts)
    rows = (row for draft in drafts for item in indexed_items(draft) for row in rows_of(item))
    unanswered = [item for draft in drafts for item in _not_here(draft)]
    also = (text for item in unanswered for texts in item.asked.values() for text in texts)
    write_index(connection, rows, shipped_groups(), also)
    writer.write(
        connection,
        [*(item for draft in drafts if draft.asked for item in indexed_items(draft)), *unanswered],
        [other for draft in drafts for other in _others(draft)],
        [GatedTerm(draft.topic.id, name) for draft in drafts for name in gated_names(draft)],
    )


def indexed_items(draft: TopicDraft) -> Iterator[IndexedItem]:
    """Yield each item of a topic that can be an answer, with phrases in which people ask for it."""
    topic, asked = draft.topic, {phrasings.of: phrasings.phrases for phrasings in draft.asked}
    texts = item_texts(topic)
    facts = same_facts(texts.values())
    for text in texts.values():
        yield IndexedItem(
            topic.id, text.section, text.item, topic.language, text.is_gap, text.gated,
            text.title, text.text, asked.get(text.item, {}),
            facts.get(text.item, ""),
        )  # fmt: skip


def _not_here(draft: TopicDraft) -> Iterator[IndexedItem]:
    """Give the questions of patients that the topic does not answer, as items of no section."""
    topic = draft.topic
    for phrasings in draft.not_here:
        yield IndexedItem(
            topic.id, NOWHERE, phrasings.of, topic.language, True, False, (), (), phrasings.phrases
        )  # fmt: skip


def rows_of(item: IndexedItem) -> Iterator[PassageRow]:
    """Yield the rows of an item for the search index: one for each language to ask in.

    The row in the item's own language has the item's text and the phrases in which people ask for
    it; a row in another language has only such phrases.
    """
    id_ = row_id(item.topic, item.section, item.item, item.is_gap)
    title, headings = item.title[-1], " ".join(item.title)
    for code in dict.fromkeys((item.language, *item.asked)):
        own = code == item.language
        alias = tuple(item.asked.get(code, ()))
        if own or alias:
            yield PassageRow(
                id_, item.topic, title if own else "", headings if own else "",
                " ".join(item.text) if own else "", alias, code, item.gated,
            )  # fmt: skip


def _others(draft: TopicDraft) -> Iterator[Synonym]:
    gated, language = GatedTermMatcher(draft.gated_terms), draft.topic.language
    for word in draft.words:
        shut = bool(gated.find(word.means))
        for code, names in word.names.items():
            for name in names:
                yield Synonym(name, code, word.means, language, shut)


def same_facts(items: Iterable[ItemText]) -> Mapping[str, str]:
    """Return, for each item that says the same as another item, the id of the first that says it.

    Two items say the same if they rest on the same statements, are both gated or both open, and
    share at least about a third of their words; a step and its detour often do.
    """
    different: list[ItemText] = []
    first: dict[str, str] = {}
    for item in items:
        twin = next((other for other in different if _say_the_same(other, item)), None)
        if twin is None:
            different.append(item)
        else:
            first[item.item] = first[twin.item] = twin.item
    return first


def _say_the_same(item: ItemText, other: ItemText) -> bool:
    if not item.rests_on or set(item.rests_on) != set(other.rests_on) or item.gated != other.gated:
        return False
    mine, theirs = (set(fold(" ".join(each.text)).split()) for each in (item, other))
    return len(mine & theirs) >= _ALIKE * len(mine | theirs)
