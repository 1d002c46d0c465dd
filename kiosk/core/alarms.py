"""Types of the written rules that recognize alarm signs in a text: data, and no code.

`kiosk.answers.alarms.matcher` applies them to what somebody has typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class WordPattern:
    """Pattern of words that speak of an alarm sign when they stand near each other in a text.

    It matches where at most `within` words of the text have a word of each named word list: of the
    lists in `all` in any order, or of those in `in_order` in the order given. A pattern has one of
    the two.
    """

    within: int
    """The most words from the first of them to the last, both counted."""
    all: tuple[str, ...] = ()
    """Names of lists, in any order."""
    in_order: tuple[str, ...] = ()
    """Names of lists, whose words must come in this order; a pattern has this or `all`."""


@dataclass(frozen=True)
class AlarmRule:
    """Rule of one alarm: the word patterns (`signs`) and phrases that set it off, of all languages
    together.

    `fits` are ids of alarms for which the advice of this one is right, too. `only_with` names word
    lists: the learned model may name this alarm only in a text with a word of one of them.
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

    They also have phrases that the matcher leaves out (`quiet`), words that it never takes for
    misspelled words of the lists (`ordinary`), and small words that people write together with
    words of the lists (`joined`).
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
