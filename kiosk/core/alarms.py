"""The rules by which alarm signs are recognised, as data.

Matching is in `kiosk.answers.alarms.matcher`.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class WordPattern:
    """Words that together speak of an alarm sign, each from another list of words."""

    within: int
    """The most words from the first of them to the last, both counted."""
    all: tuple[str, ...] = ()
    """Names of lists, in any order."""
    then: tuple[str, ...] = ()
    """Names of lists, in this order; a sign has this or `all`."""


@dataclass(frozen=True)
class AlarmRule:
    """One alarm: the groups of words and the phrases that ring it, in every language at once."""

    id: str
    signs: tuple[WordPattern, ...] = ()
    phrases: tuple[str, ...] = ()
    """Words one after the other; `he|she` is either of them."""
    fits: tuple[str, ...] = ()
    """Other alarms in whose place what this one says is just as right."""
    only_with: tuple[str, ...] = ()
    """Names of lists: the learned net may name this alarm only where a word of one stands."""


@dataclass(frozen=True)
class AlarmRules:
    """The written rules of all alarms, the gravest first, with the lists of words they use."""

    words: Mapping[str, tuple[str, ...]]
    """The lists of words, by name. `suicid*` is every word that begins so."""
    alarms: tuple[AlarmRule, ...]
    quiet: tuple[str, ...] = ()
    """Phrases whose words ring nothing: idioms, names of tests."""
    ordinary: tuple[str, ...] = ()
    """Words that are no slip for a word of the lists, however near."""
    joined: tuple[str, ...] = ()
    """Small words that people write together with those of the lists."""
