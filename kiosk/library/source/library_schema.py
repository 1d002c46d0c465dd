"""Schema of the files that belong to no topic, and of a topic's own part of the policy."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kiosk.library.source.schema import (
    AtLeastOne,
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
    term: AtLeastOne
    plain: Text | None = None
    everyday: Text | None = None
    professional: Text | None = None

    @model_validator(mode="after")
    def _some_level(self) -> Self:
        if not any((self.plain, self.everyday, self.professional)):
            raise PydanticCustomError("level", "no meaning at any level")
        return self


class GlossaryModel(StrictModel):
    """The file glossary.toml: hard words of a topic and their meanings."""

    word: list[GlossaryWordModel] = Field(default_factory=list)


class LibraryModel(StrictModel):
    """The file library.toml: languages, topics and the name of the site."""

    format: Literal[1]
    languages: Annotated[list[Language], Field(min_length=1)]
    topics: Annotated[list[Id], Field(min_length=1)]
    clinic: dict[str, Text]


class ReaderModel(StrictModel):
    """One answer to "Which best describes you?" """

    id: Id
    level: LevelName
    label: dict[str, Text]
    note: dict[str, str] = Field(default_factory=dict)


class ReadersModel(StrictModel):
    """The file readers.toml: the kinds of readers, and the level of each."""

    reader: list[ReaderModel]


class PolicyPartModel(WordedModel):
    """One titled part of the policy."""

    title: Text


class TopicPolicyModel(StrictModel):
    """policy.toml of a topic: its own parts of the editorial policy, first who wrote it."""

    part: Annotated[list[PolicyPartModel], Field(min_length=1)]


class PolicyModel(StrictModel):
    """policy/LANGUAGE.toml"""

    title: Text
    part: list[PolicyPartModel]
