"""Schema of the files that belong to no topic, and of a topic's own part of the policy."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kiosk.library.source.schema.topic_schema import (
    AtLeastOne,
    Digest,
    Id,
    Language,
    LevelName,
    StrictModel,
    Text,
    WordedModel,
)


class GlossaryWordModel(StrictModel):
    """A hard word and its meaning at the levels that need one."""

    id: Id
    """Its name for the program."""
    term: AtLeastOne
    """The words that texts use."""
    plain: Text | None = None
    """Its meaning, in easy words."""
    everyday: Text | None = None
    """Its meaning, in everyday words."""
    professional: Text | None = None
    """Its meaning, in medical words."""

    @model_validator(mode="after")
    def _some_level(self) -> Self:
        if not any((self.plain, self.everyday, self.professional)):
            raise PydanticCustomError("level", "no meaning at any level")
        return self


class GlossaryModel(StrictModel):
    """The file glossary.toml: hard words of all topics of the library, and their meanings."""

    word: list[GlossaryWordModel] = Field(default_factory=list)
    """Hard words."""


class LibraryModel(StrictModel):
    """The file library.toml: the library's languages and topics, and the name of the clinic."""

    format: Literal[1]
    """Always 1."""
    languages: Annotated[list[Language], Field(min_length=1)]
    """Its languages, the first one first."""
    topics: Annotated[list[Id], Field(min_length=1)]
    """The folders of its topics, in order."""
    clinic: dict[str, Text]
    """The clinic's name, by language."""


class ReaderModel(StrictModel):
    """One answer to "Which best describes you?" """

    id: Id
    """Its name for the program."""
    level: LevelName
    """The level that it leads to."""
    label: dict[str, Text]
    """The answer, by language."""
    note: dict[str, str] = Field(default_factory=dict)
    """A few words below it, by language."""
    of: dict[str, Digest] = Field(default_factory=dict)
    """By language, the hash of what `label` and `note` translate; `kiosk translate` writes it."""


class ReadersModel(StrictModel):
    """The file readers.toml: the kinds of readers, and the level of each."""

    reader: list[ReaderModel]
    """The answers."""


class PolicyPartModel(WordedModel):
    """One titled part of the policy."""

    title: Text
    """The heading above it."""


class TopicPolicyModel(StrictModel):
    """policy.toml of a topic: its own parts of the editorial policy, first who wrote it."""

    part: Annotated[list[PolicyPartModel], Field(min_length=1)]
    """Its parts, the first of them: who wrote the topic."""


class LibraryPolicyPartModel(PolicyPartModel):
    """One titled part of the policy that is the same for all topics."""

    of: Digest = ""
    """Hash of the part that it translates, as `kiosk translate` writes it."""


class PolicyModel(StrictModel):
    """The file policy/LANGUAGE.toml: the editorial policy in one language."""

    title: Text
    """The title of the page."""
    of: Digest = ""
    """Hash of the title that it translates."""
    part: list[LibraryPolicyPartModel]
    """Its parts."""
