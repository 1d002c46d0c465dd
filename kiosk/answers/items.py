"""Types of items that a question may be answered with; the index is made from them."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.fast_dataclass import dataclass, field

NOWHERE = ""
"""The section of what patients ask that the library does not answer."""


@dataclass(frozen=True)
class IndexedItem:
    """A text that may answer a question, such as a claim, with all words that find it in the index.

    Its section is NOWHERE where the question is known to have no answer.
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
    """How patients ask for it, by the language that they ask in."""
    notes: tuple[str, ...] = ()
    """The items that must stand above it: the safety notes of the product that it is about."""
    fact: str = ""
    """The first item that says the same, where several do; else nothing."""


@dataclass(frozen=True)
class Synonym:
    """A synonym: what patients call something, and what the library calls it."""

    name: str
    language: str
    means: str
    means_language: str
    gated: bool


@dataclass(frozen=True)
class GatedTerm:
    """A name of something behind the cautions of `topic`."""

    topic: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemRef:
    """Reference to an item in the index, without a word of its text."""

    topic: str
    section: str
    item: str
    is_gap: bool
    languages: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """The items of its section that must stand above it."""
    fact: str = ""
    """What the items that say the same have in common; nothing where no other does."""
