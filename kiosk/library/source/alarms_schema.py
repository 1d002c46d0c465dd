"""The shape of urgent.toml: alarm signs, what is recognised as one, and what is said then."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kiosk.library.source.schema import AtLeastOne, Id, Language, StrictModel, Text, WordedModel

ByLanguage = dict[Language, list[Text]]


class WordPatternModel(StrictModel):
    """Words from several lists that stand near each other."""

    within: Annotated[int, Field(ge=1, le=30)]
    all: Annotated[list[Text], Field(min_length=1)] | None = None
    then: Annotated[list[Text], Field(min_length=2)] | None = None


class AlarmModel(StrictModel):
    """One alarm sign."""

    id: Id
    say: dict[Language, WordedModel]
    sign: list[WordPatternModel] = Field(default_factory=list)
    phrases: ByLanguage = Field(default_factory=dict)


class AlarmsModel(StrictModel):
    """urgent.toml"""

    languages: AtLeastOne
    call: dict[Language, WordedModel]
    call_unnumbered: dict[Language, WordedModel]
    words: dict[Id, ByLanguage]
    alarm: list[AlarmModel]
    quiet: ByLanguage = Field(default_factory=dict)
    ordinary: ByLanguage = Field(default_factory=dict)
    joined: ByLanguage = Field(default_factory=dict)
