"""A topic in one level of words has one wording of everything; any other topic has levels."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.content import Wording
from kiosk.library.problem import Problem
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import topic_pieces


def one_wording(draft: TopicDraft) -> Iterator[Problem]:
    """Where `one-level` is said, every level has the same words."""
    for piece in topic_pieces(draft) if draft.topic.one_level else ():
        if isinstance(piece.text, Wording) and len({text for _, text in piece.levels()}) > 1:
            yield piece.problem("the levels differ, and topic.toml says one-level")


def levels_worded(draft: TopicDraft) -> Iterator[Problem]:
    """Where it is not said, no wording is for all levels at once."""
    for file, where, key in draft.for_all_levels if not draft.topic.one_level else ():
        what = f'"{key}" words every level, and topic.toml does not say one-level = true'
        yield Problem(file, where, what)
