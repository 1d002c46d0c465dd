"""From the drafts of the topics to the tables that questions are answered from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from kiosk.answers import store
from kiosk.answers.held import GatedName, Held, OtherName
from kiosk.library.check_questions import gated_names
from kiosk.library.draft import TopicDraft
from kiosk.library.folding import Gated
from kiosk.library.passages import places_of


def write_answering(connection: sqlite3.Connection, drafts: Iterable[TopicDraft]) -> None:
    """Make and fill the tables."""
    drafts = tuple(drafts)
    store.create(connection)
    store.write(
        connection,
        [held for draft in drafts for held in held_by(draft)],
        [other for draft in drafts for other in _others(draft)],
        [GatedName(draft.topic.id, name) for draft in drafts for name in gated_names(draft)],
    )


def held_by(draft: TopicDraft) -> Iterator[Held]:
    """Every item of a topic, with the ways in which patients ask for it."""
    topic, asked = draft.topic, {one.of: one.phrases for one in draft.asked}
    for place in places_of(topic).values():
        yield Held(
            topic.id, place.section, place.item, topic.language, place.is_gap, place.gated,
            place.title, place.text, asked.get(place.item, {}),
        )  # fmt: skip


def _others(draft: TopicDraft) -> Iterator[OtherName]:
    gated, language = Gated(draft.gated_terms), draft.topic.language
    for word in draft.words:
        shut = bool(gated.find(word.means))
        for code, names in word.names.items():
            for name in names:
                yield OtherName(name, code, word.means, language, shut)
