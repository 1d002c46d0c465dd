"""State of a translation: which items it shows in the other language, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.fast_dataclass import dataclass
from kiosk.library.translation.items import SourceItem

if TYPE_CHECKING:
    from kiosk.library.source.draft import TopicDraft


class ItemState(StrEnum):
    """State of the translation of one item: new, stale, waiting or done.

    A new item is not translated yet; a waiting one is, but is not shown before its cautions and
    safety notes are translated too.
    """

    NEW = "new"
    """Not translated."""
    STALE = "stale"
    """Translated from a text, or resting on statements, that have changed since."""
    WAITING = "waiting"
    """Translated, and not shown before a caution or safety note that belongs to it is, too."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Translation:
    """State of one translation: what there is to translate, and how far each item is."""

    source_language: str
    source_folder: str
    """Name of the folder of the topic itself in problems."""
    items: Mapping[str, SourceItem]
    states: Mapping[str, ItemState]
    """By the id of the item."""
    lost: tuple[tuple[str, str], ...]
    """File and id of each translation of something that the topic does not have any more."""
    texts: Mapping[str, Mapping[str, str]]
    """By item, the translation as written, out of date or not."""
    checked: TopicDraft | None = None
    """The draft as the checks look at it: with what is not shown yet as well. None if nothing
    waits."""

    @property
    def shown(self) -> Set[str]:
        """Ids of the items that readers see in the language of the translation."""
        return {id_ for id_, state in self.states.items() if state is ItemState.DONE}

    def count(self, state: ItemState) -> int:
        """Return how many items of the topic have this state."""
        return sum(each is state for each in self.states.values())

    def ids(self, state: ItemState) -> list[str]:
        """Return the ids of the items that have this state, in the order of the topic."""
        return [id_ for id_, each in self.states.items() if each is state]
