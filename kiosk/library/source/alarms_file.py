"""Schema and loader of urgent.toml: signs of danger in a question, and what the reader is told
then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field

from kiosk.core.alarms import AlarmRule, AlarmRules, WordPattern
from kiosk.core.library import AlarmMessage
from kiosk.core.wording import Level, Wording
from kiosk.library.source.convert import wording
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.source.schema.topic_schema import (
    AtLeastOne,
    Digest,
    Id,
    Language,
    StrictModel,
    Text,
    WordedModel,
)

FILE = "urgent.toml"
CALL = "{call}"
"""Placeholder in an alarm's own words for whom to call."""
HELP_LINES = ("{poison}", "{crisis}")
"""Placeholders for the numbers of this site's poison control centre and crisis line."""
NO_RULES = AlarmRules({}, ())

ByLanguage = dict[Language, list[Text]]


class SaidModel(WordedModel):
    """A message of urgent.toml in one language: an alarm's own words, or whom to call."""

    of: Digest = ""
    """Hash of what it translates, as `kiosk translate` writes it. Said even where that changed."""


class WordPatternModel(StrictModel):
    """A sign of danger in a question: words from several lists that stand near each other."""

    within: Annotated[int, Field(ge=1, le=30)]
    all: Annotated[list[Text], Field(min_length=1)] | None = None
    then: Annotated[list[Text], Field(min_length=2)] | None = None


class AlarmModel(StrictModel):
    """One alarm: the words in a question that set it off, and what the reader is told then."""

    id: Id
    source: Text
    """Source of the alarm and its advice, or a note that nobody has verified it yet."""
    say: dict[Language, SaidModel]
    fits: list[Id] = Field(default_factory=list)
    """Other alarms in whose place these words are just as right."""
    only_with: list[Id] = Field(default_factory=list)
    """Lists of words, one of which must stand in the question where no rule found this alarm."""
    sign: list[WordPatternModel] = Field(default_factory=list)
    phrases: ByLanguage = Field(default_factory=dict)


class AlarmsModel(StrictModel):
    """The file urgent.toml: the alarms, the words that set them off or do not, and whom to call."""

    languages: AtLeastOne
    call: dict[Language, SaidModel]
    call_unnumbered: dict[Language, SaidModel]
    words: dict[Id, ByLanguage]
    alarm: list[AlarmModel]
    quiet: ByLanguage = Field(default_factory=dict)
    ordinary: ByLanguage = Field(default_factory=dict)
    joined: ByLanguage = Field(default_factory=dict)


def load_alarms(reading: TreeReader) -> tuple[AlarmRules, tuple[AlarmMessage, ...]]:
    """Return the rules that find an alarm in a question, and the message of each alarm.

    Both are empty, and a problem is added to `reading`, where urgent.toml is missing or
    unreadable.
    """
    file = reading.read(reading.root / FILE, AlarmsModel)
    if file is None:
        return NO_RULES, ()
    rules = AlarmRules(
        words={name: _flat(listed) for name, listed in file.words.items()},
        alarms=tuple(_rule(alarm) for alarm in file.alarm),
        quiet=_flat(file.quiet),
        ordinary=_flat(file.ordinary),
        joined=_flat(file.joined),
    )
    return rules, tuple(_alarm(alarm, file) for alarm in file.alarm)


def _flat(by_language: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the texts of all languages, because people mix them; each once."""
    return tuple(dict.fromkeys(text for texts in by_language.values() for text in texts))


def _rule(alarm: AlarmModel) -> AlarmRule:
    signs = (WordPattern(s.within, tuple(s.all or ()), tuple(s.then or ())) for s in alarm.sign)
    return AlarmRule(
        alarm.id, tuple(signs), _flat(alarm.phrases), tuple(alarm.fits), tuple(alarm.only_with)
    )


def _alarm(alarm: AlarmModel, file: AlarmsModel) -> AlarmMessage:
    return AlarmMessage(alarm.id, _said(alarm, file.call), _said(alarm, file.call_unnumbered))


def _said(alarm: AlarmModel, call: Mapping[str, WordedModel]) -> dict[str, Wording]:
    return {
        language: _called(wording(say), wording(call[language]))
        for language, say in alarm.say.items()
        if language in call
    }


def _called(say: Wording, call: Wording) -> Wording:
    return Wording(*(say.at(level).replace(CALL, call.at(level)) for level in Level))
