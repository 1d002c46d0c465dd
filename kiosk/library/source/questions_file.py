"""questions.toml of a topic: what people ask, in whose words, and what answers it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from kiosk.core.content import AskedOften
from kiosk.library.source import convert
from kiosk.library.source.draft import Asked, OtherNames
from kiosk.library.source.schema import AtLeastOne, Id, Mentions, Strict, Text, Worded
from kiosk.library.source.tree_reader import Reading

ANSWER_LANGUAGES = ("en", "es")
"""The languages in which questions are understood, whatever language the text is in."""


class Often(Worded):
    """A question to choose."""

    id: Id
    answers: Annotated[AtLeastOne, Field(max_length=3)]


class Phrases(Strict):
    """How patients ask for an item."""

    of: Text
    en: Mentions = Field(default_factory=list)
    es: Mentions = Field(default_factory=list)


class Names(Strict):
    """Other names for words of the topic's text."""

    means: Text
    en: Mentions = Field(default_factory=list)
    es: Mentions = Field(default_factory=list)


class NotHere(Strict):
    """What patients ask that the topic's text does not say."""

    what: Text
    en: Mentions = Field(default_factory=list)
    es: Mentions = Field(default_factory=list)


class Questions(Strict):
    """questions.toml"""

    question: list[Often] = Field(default_factory=list)
    asked: list[Phrases] = Field(default_factory=list)
    word: list[Names] = Field(default_factory=list)
    not_here: list[NotHere] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the file says."""

    often: tuple[AskedOften, ...] = ()
    asked: tuple[Asked, ...] = ()
    words: tuple[OtherNames, ...] = ()
    not_here: tuple[Asked, ...] = ()


def read_questions(reading: Reading, file: Path) -> Heard:
    """The file, as far as it can be read."""
    found = reading.read(file, Questions)
    if found is None:
        return Heard()
    return Heard(
        tuple(AskedOften(q.id, convert.wording(q), tuple(q.answers)) for q in found.question),
        tuple(Asked(a.of, _by_language(a)) for a in found.asked),
        tuple(OtherNames(w.means, _by_language(w)) for w in found.word),
        tuple(Asked(n.what, _by_language(n)) for n in found.not_here),
    )


def _by_language(item: Phrases | Names | NotHere) -> dict[str, tuple[str, ...]]:
    return {code: tuple(getattr(item, code)) for code in ANSWER_LANGUAGES}
