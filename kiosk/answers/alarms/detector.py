"""Detects danger in a typed text with two nets: written rules, and a model trained on how people
speak of danger. The result is the id of one alarm, or none.

The rules (`content/urgent.toml`) catch what is clear, the model what sounds like danger in any
words. A rule's alarm is ignored if the sentence speaks of the past, in general, as an idiom or
denies it, unless the model finds danger, too; and if the sentence mentions nobody's body and the
model is sure that there is no danger. A long text is also judged in overlapping windows, by
sentence and by clause, so that no part hides another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from kiosk.answers.alarms.frames import is_about_now, is_in_a_body
from kiosk.answers.alarms.learned import Judgement, LearnedModel, learned_model
from kiosk.answers.alarms.matcher import AlarmMatcher
from kiosk.answers.alarms.typed import tokens
from kiosk.core.alarms import AlarmRules, WordPattern

_WHOLE = 60
"""Words that the models read as one; a longer text is read in windows."""
_WINDOW, _STEP = 30, 15
"""Words of a window, and from one to the next."""
_IN_FRAME, _CORRECTED, _ELSEWHERE = 0.0, -1.6, -3.1
"""Least distance of the model's score from its threshold at which an alarm of the rules counts: in
a sentence that speaks of the past, in general, denies it, or is an idiom; in a text with its
spelling mended; in another that speaks of no part of anybody's body ("the taxes bleed me"). In a
text that does, and in one about suicide, the model silences no rule."""
_SURE_AGAIN = 2.5
"""Distance above its threshold that the model needs to ring alone where it is asked again: in each
part of a long text, in each sentence of several, and in a text with its spelling mended."""
_SURE_OF_CLAUSE = 4.5
"""Distance above its threshold that the model needs in one clause of a sentence, with or without a
rule: the rest of the sentence often says that it is long past."""
_VEILED, _SOONER = ("self-harm", "harm-to-others"), 1.0
"""Dangers that people veil most, and how far below its threshold the model rings for them."""
_LEAST_WORDS = 2
"""Words without which the model is not asked: one alone is no sentence, and rules know it."""
_END = re.compile(r"[.?!;]+\s+|\n+")
_CLAUSE = re.compile(r"(?i)[,:;]\s*|[.?!]+\s+|\n+|\s(?:but|pero|and|y)\s")
"""The end of a clause: "i do not want to hurt myself, i swallowed all her heart pills"."""
_MOST_SENTENCES = 40
"""Sentences, and clauses, that are checked by themselves; longer texts, in windows, too."""
_SURE = 0.4
"""The share of belief from which on a danger is named: a message never names another danger."""
_PLAUSIBLE = 0.3
"""The share below which a danger that a rule found is not named next to one that is sure."""
UNNAMED = "emergency"
"""The alarm that names no danger, for where the model is not sure which it is."""
_NEVER_DROPPED = "self-harm"
"""The alarm that is said wherever a rule finds it, whatever the model makes of the rest."""


class Net(StrEnum):
    """Source of an alarm: the written rules, the learned model, or neither."""

    RULES = "rules"
    LEARNED = "learned"
    NONE = ""


@dataclass(frozen=True)
class Detection:
    """Result of checking one text: the alarm's id (empty if there is none), and which net found
    it. It holds nothing of what was typed.
    """

    alarm: str = ""
    net: Net = Net.NONE


class AlarmDetector:
    """Detector of danger in typed text that combines the written rules and the learned model.

    Args:
        rules: the reviewed rules. Their order is the order of gravity: where the rules find
            several alarms, the first of them is the result.
        model: the learned model; None for the one that is shipped.
    """

    def __init__(self, rules: AlarmRules, model: LearnedModel | None = None) -> None:
        self._matcher = AlarmMatcher(rules)
        self._order = {alarm.id: number for number, alarm in enumerate(rules.alarms)}
        self._fits = {alarm.id: alarm.fits for alarm in rules.alarms}
        self._only_with = {alarm.id: alarm.only_with for alarm in rules.alarms}
        self._model = model

    def find(self, raw: str, corrected: str = "") -> str:
        """Return the id of the alarm that the text speaks of, or an empty string.

        Of several it is the gravest that the rules found, else the one that the model is surest
        of.

        Args:
            raw: the text as typed.
            corrected: the same text with its misspelled words corrected, or empty: judged as well,
                but it must sound more surely like danger.
        """
        return self.detect(raw, corrected).alarm

    def detect(self, raw: str, corrected: str = "") -> Detection:
        """Return the alarm that the text speaks of and the net that found it; empty where there is
        none.

        Of alarms that rules found, the gravest; else the one that the model is surest of.
        `corrected` is the same text with its misspelled words corrected, or empty.
        """
        model = self._model or learned_model()
        detections: list[tuple[float, Detection]] = []
        windows = list(_windows(tokens(raw)))
        needs = (-math.inf, _SURE_AGAIN if len(windows) > 1 else 0.0)
        parts = [(words, *needs) for words in windows]
        sentences = _split(_END, raw)
        clauses = [words for words in _split(_CLAUSE, raw) if words not in sentences]
        parts += [(words, -math.inf, _SURE_AGAIN) for words in sentences]
        parts += [(words, _SURE_OF_CLAUSE, _SURE_OF_CLAUSE) for words in clauses]
        if corrected:
            parts.append((tokens(corrected), _CORRECTED, _SURE_AGAIN))
        for words, of_rules, alone in parts:
            lists, met = self._matcher.detect(words)
            judged = model.judge(words, lists)
            margin = judged.score - model.threshold
            sure = margin >= alone - _leeway(judged) and _is_sentence(words)
            rung = {match.alarm for match in met}
            needed = max(of_rules, _needed(" ".join(words), rung))
            if rung and margin < needed:  # before it silences a rule: has it read what was meant?
                joined = self._matcher.lexicon.joined(words)
                margin = max(margin, model.judge(joined, lists).score - model.threshold)
            if rung and margin >= needed:
                alarm = self._gravest(rung, judged, lists, sure)
                detections.append((margin, Detection(alarm, Net.RULES)))
            elif sure:
                detections.append((margin, Detection(self._named(judged, lists), Net.LEARNED)))
        return self._first(detections)

    def _first(self, detections: list[tuple[float, Detection]]) -> Detection:
        """Return the detection to report: of those by written rules the gravest; without any, the
        one whose score is farthest above the model's threshold; an empty one if there are none.
        """
        if not detections:
            return Detection()
        by_rules = [detection for _, detection in detections if detection.net is Net.RULES]
        if by_rules:
            return min(by_rules, key=lambda detection: self._order[detection.alarm])
        return max(detections, key=lambda pair: pair[0])[1]

    def _named(self, judged: Judgement, lists: Set[str]) -> str:
        """The danger that it is sure to be, or one that is as right to say; else none by name.

        One that speaks of a baby, say, is named only where a word of `lists` does.
        """
        said = [id_ for id_ in judged.shares if self._is_spoken_of(id_, lists)]
        likely = max(said, key=lambda id_: judged.shares[id_], default=UNNAMED)
        if self._share(likely, judged) >= _SURE:
            return likely
        widest = max(said, key=lambda id_: self._share(id_, judged), default=UNNAMED)
        return widest if self._share(widest, judged) >= _SURE else UNNAMED

    def _is_spoken_of(self, id_: str, lists: Set[str]) -> bool:
        """Return whether an alarm's message fits a text: the words are from a word list of the
        rules that the message requires, or it requires none.
        """
        needed = self._only_with.get(id_)
        return not needed or not lists.isdisjoint(needed)

    def _gravest(self, rung: Set[str], judged: Judgement, lists: Set[str], sure: bool) -> str:
        """Return the gravest alarm that fits a text, of those that rules found. If `sure`, alarms
        that the model finds improbable are left out, and the one that it names is added where no
        rule says it more exactly.
        """
        named = self._named(judged, lists) if sure else UNNAMED
        if named != UNNAMED:
            rung = {
                id_ for id_ in rung
                if id_ == _NEVER_DROPPED or self._share(id_, judged) >= _PLAUSIBLE
            }  # fmt: skip
            if not any(named in self._fits[id_] for id_ in rung):  # a rule says it more exactly
                rung |= {named}
        return min(rung, key=lambda id_: self._order[id_])

    def _share(self, id_: str, judged: Judgement) -> float:
        """The share of belief for which what this alarm says is right."""
        return sum(judged.shares.get(other, 0.0) for other in (id_, *self._fits.get(id_, ())))

    def reasons(self, text: str) -> list[str]:
        """Return lines that explain the judgement on `text`: each rule that matches, and the
        model's score with the words that raise it most. Only `kiosk ask` prints them; nothing is
        stored.
        """
        model, words = self._model or learned_model(), tokens(text)
        lists, met = self._matcher.detect(words)
        score = model.judge(words, lists).score - model.threshold
        reasons = [f"{match.alarm}: {_spelled(match.pattern)}" for match in met]
        return [*reasons, f"learned {score:+.2f}: {model.reasons(words, lists)}"]


def _leeway(judged: Judgement) -> float:
    """Return how far below its threshold the model's score may be, by the danger that it finds
    likeliest.
    """
    likeliest = max(judged.shares, key=lambda id_: judged.shares[id_])
    return _SOONER if likeliest in _VEILED else 0.0


def _is_sentence(words: list[str]) -> bool:
    return sum(map(str.isalpha, words)) >= _LEAST_WORDS


def _needed(line: str, rung: Set[str]) -> float:
    """Return the least distance of the model's score from its
    threshold at which these rules count.
    """
    if not is_about_now(line):
        return _IN_FRAME
    return -math.inf if is_in_a_body(line) or _NEVER_DROPPED in rung else _ELSEWHERE


def _spelled(pattern: WordPattern | str) -> str:
    """A pattern as an author reads it: the phrase, or the lists of which words stand near."""
    if isinstance(pattern, str):
        return f'"{pattern}"'
    lists = " then ".join(pattern.in_order) or " with ".join(pattern.all)
    return f"{lists}, within {pattern.within} words"


def _split(at: re.Pattern[str], raw: str) -> list[list[str]]:
    """Return the words of each sentence or clause of a text, as `at` divides it; empty for only
    one.
    """
    parts = at.split(raw, _MOST_SENTENCES)
    split = [words for part in parts if len(words := tokens(part)) >= _LEAST_WORDS]
    return [words for words in split if len(words) <= _WHOLE] if len(split) > 1 else []


def _windows(words: list[str]) -> Iterator[list[str]]:
    if len(words) <= _WHOLE:
        yield words
        return
    for start in range(0, len(words) - _WINDOW + _STEP, _STEP):
        yield words[start : start + _WINDOW]
