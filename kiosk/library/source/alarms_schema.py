"""The shape of urgent.toml: alarm signs, what is recognised as one, and what is said then."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kiosk.library.source.schema import AtLeastOne, Id, Language, Strict, Text, Worded

ByLanguage = dict[Language, list[Text]]


class Sign(Strict):
    """Words from several lists that stand near each other."""

    within: Annotated[int, Field(ge=1, le=30)]
    all: Annotated[list[Text], Field(min_length=1)] | None = None
    then: Annotated[list[Text], Field(min_length=2)] | None = None


class Alarm(Strict):
    """One alarm sign."""

    id: Id
    say: dict[Language, Worded]
    sign: list[Sign] = Field(default_factory=list)
    phrases: ByLanguage = Field(default_factory=dict)


class Urgent(Strict):
    """urgent.toml"""

    languages: AtLeastOne
    call: dict[Language, Worded]
    call_unnumbered: dict[Language, Worded]
    words: dict[Id, ByLanguage]
    alarm: list[Alarm]
    quiet: ByLanguage = Field(default_factory=dict)
    ordinary: ByLanguage = Field(default_factory=dict)
    joined: ByLanguage = Field(default_factory=dict)
