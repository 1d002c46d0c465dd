"""Matches the written alarm rules (`content/urgent.toml`) with a typed text, and says which alarms
it speaks of.

The text is read once, from left to right, and cut at a number of words, so that no question and no
rule can make matching slow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kiosk.answers.alarms.lexicon import AlarmLexicon, Entries
from kiosk.answers.alarms.typed import plain, tokens
from kiosk.core.alarms import AlarmRules, WordPattern
from kiosk.fast_dataclass import dataclass

_MOST_WORDS = 400

_Phrase = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class AlarmMatch:
    """One match of an alarm rule with a text: the alarm's id, and the pattern or phrase that
    matched.
    """

    alarm: str
    pattern: WordPattern | str
    """The sign, or the phrase."""


class AlarmMatcher:
    """Matcher of the written alarm rules, compiled once and then used for any number of texts."""

    def __init__(self, rules: AlarmRules) -> None:
        self._rules = rules
        self._phrases: dict[str, list[tuple[_Phrase, object]]] = defaultdict(list)
        words: set[str] = set()
        for phrase in rules.quiet:
            words |= self._learn(phrase, _QUIET)
        for name, listed in rules.words.items():
            for phrase in listed:
                words |= self._learn(phrase, name)
        for alarm in rules.alarms:
            for phrase in alarm.phrases:
                words |= self._learn(phrase, AlarmMatch(alarm.id, phrase))
        ordinary = {plain(word) for word in rules.ordinary}
        self.lexicon = AlarmLexicon(words, ordinary, map(plain, rules.joined))
        """The rules' words that a typed word may stand for."""

    def find(self, raw: str, corrected: str = "") -> str:
        """Return the id of the gravest alarm whose rule matches the text, or an empty string.

        `corrected` is the same text with its misspelled words corrected, or empty; both are
        matched.
        """
        met = {match.alarm for text in {raw, corrected} for match in self.matches(text)}
        return next((alarm.id for alarm in self._rules.alarms if alarm.id in met), "")

    def matches(self, text: str) -> Iterator[AlarmMatch]:
        """Return an iterator over every match of an alarm rule with a typed text: for tests and
        explanations.
        """
        return iter(self.detect(tokens(text)[:_MOST_WORDS])[1])

    def detect(self, words: list[str]) -> tuple[frozenset[str], list[AlarmMatch]]:
        """Return the names of the rules' word lists that have a word in `words`, and every alarm
        match.

        `words` are the text's words, folded.
        """
        entries = self._quieted(self.lexicon.recognize(words))
        lists: list[set[str]] = [set() for _ in entries]
        met: list[AlarmMatch] = []
        for start, _, meaning in self._spoken(entries):
            if isinstance(meaning, str):
                lists[start].add(meaning)
            elif isinstance(meaning, AlarmMatch):
                met.append(meaning)
        everywhere = frozenset[str]().union(*lists)
        for alarm in self._rules.alarms:
            for sign in alarm.signs:
                if not everywhere.issuperset(sign.in_order or sign.all):
                    continue
                if _in_order(sign, lists) if sign.in_order else _together(sign, lists):
                    met.append(AlarmMatch(alarm.id, sign))
        return everywhere, met

    def _learn(self, phrase: str, meaning: object) -> set[str]:
        """Keep what a phrase means, by the words that it may begin with; all its words."""
        steps = tuple(frozenset(plain(step).split("|")) for step in phrase.split())
        for word in steps[0]:
            self._phrases[word].append((steps, meaning))
        return set().union(*steps)

    def _quieted(self, entries: list[Entries]) -> list[Entries]:
        for start, end, meaning in list(self._spoken(entries)):
            if meaning is _QUIET:
                entries[start:end] = [frozenset()] * (end - start)
        return entries

    def _spoken(self, alternatives: list[Entries]) -> Iterator[tuple[int, int, object]]:
        for start, entries in enumerate(alternatives):
            for word in entries:
                for steps, meaning in self._phrases.get(word, ()):
                    end = start + len(steps)
                    if end <= len(alternatives) and all(
                        map(_meets, steps, alternatives[start:end])
                    ):
                        yield start, end, meaning


_QUIET = object()


def _meets(step: frozenset[str], entries: Entries) -> bool:
    return not step.isdisjoint(entries)


def _together(sign: WordPattern, lists: Iterable[set[str]]) -> bool:
    """Return whether a word of each list that the pattern names is within its number of words, in
    any order.
    """
    last = dict.fromkeys(sign.all, -sign.within)
    for position, here in enumerate(lists):
        met = here & last.keys()
        last.update(dict.fromkeys(met, position))
        if met and position - min(last.values()) < sign.within:
            return True
    return False


def _in_order(sign: WordPattern, lists: Iterable[set[str]]) -> bool:
    """Return whether a word of each list that the pattern names is within its number of words, in
    the order of the lists.
    """
    began: list[int | None] = [None] * len(sign.in_order)
    for position, here in enumerate(lists):
        for step in range(len(sign.in_order) - 1, -1, -1):
            if sign.in_order[step] in here:
                began[step] = began[step - 1] if step else position
        first = began[-1]
        if first is not None and position - first < sign.within:
            return True
    return False
