"""Types of the written rules that recognize alarm signs in a text: data, and no code.

`kiosk.answers.alarms.matcher` applies them to what somebody has typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class WordPattern:
    """Pattern of words that speak of an alarm sign when they stand near each other in a text.

    It matches where each of the named word lists has a word in the text, all within `within` words.
    """

    within: int
    """The most words from the first of them to the last, both counted."""
    all: tuple[str, ...] = ()
    """Names of lists, in any order."""
    then: tuple[str, ...] = ()
    """Names of lists, whose words must come in this order; a pattern has this or `all`."""


@dataclass(frozen=True)
class AlarmRule:
    """Rule of one alarm: the word patterns and phrases that set it off, of all languages
    together.
    """

    id: str
    signs: tuple[WordPattern, ...] = ()
    phrases: tuple[str, ...] = ()
    """Words one after the other; `he|she` is either of them."""
    fits: tuple[str, ...] = ()
    """Ids of other alarms: where one of these is meant, this one's advice is just as right."""
    only_with: tuple[str, ...] = ()
    """Names of lists: the learned net may name this alarm only where a word of one stands."""


@dataclass(frozen=True)
class AlarmRules:
    """Written rules of all alarms, gravest first, with the word lists that their patterns name.

    They also have phrases that the matcher leaves out, and words that it never takes for misspelled
    words of the lists.
    """

    words: Mapping[str, tuple[str, ...]]
    """The lists of words, by name. `suicid*` is every word that begins so."""
    alarms: tuple[AlarmRule, ...]
    quiet: tuple[str, ...] = ()
    """Phrases whose words the matcher leaves out: idioms, names of tests."""
    ordinary: tuple[str, ...] = ()
    """Words that are never taken for a misspelled word of the lists, however similar."""
    joined: tuple[str, ...] = ()
    """Small words that people write together with those of the lists."""
