"""Types of the entries that the index of questions and answers is built from, and `ItemRef`, the
reference that a search of it returns.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.fast_dataclass import dataclass, field

NOWHERE = ""
"""The section of what patients ask that the library does not answer."""


@dataclass(frozen=True)
class IndexedItem:
    """One text of the library in one language, such as a claim, or a question that the library is
    known not to answer, as the pack's index is built from it: with all words by which a question
    finds it.

    `section` is NOWHERE for a question that is not answered.
    """

    topic: str
    section: str
    item: str
    language: str
    is_gap: bool
    gated: bool
    title: tuple[str, ...]
    text: tuple[str, ...]
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Questions in which patients ask for it, by the language that they ask in."""
    fact: str = ""
    """The first item that says the same, where several do; else nothing."""


@dataclass(frozen=True)
class Synonym:
    """A synonym to be written to the pack's index: a word or phrase of patients (`name`) and the
    word of the library that it stands for (`means`), each with its language.
    """

    name: str
    language: str
    means: str
    means_language: str
    gated: bool


@dataclass(frozen=True)
class GatedTerm:
    """Name of a product or ingredient behind the cautions of `topic`, to be written to a locked
    table of the pack.
    """

    topic: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemRef:
    """Reference to an item that a search of the index found, without its text: topic, section and
    id, and the languages that it exists in.
    """

    topic: str
    section: str
    item: str
    is_gap: bool
    languages: tuple[str, ...]
    fact: str = ""
    """Key that all items which state the same fact share; empty where no other item states it."""
