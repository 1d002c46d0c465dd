"""Detect danger in a question: by written rules, and by a model trained on how people speak.

Two nets lie beside each other. The rules (`content/urgent.toml`) ring for what is clear; they are
not heard where the sentence speaks of the past, in general, or denies it, and the learned model
agrees that nobody is in danger. The model rings for what sounds like danger in whatever words.
A long text is read in overlapping windows, so that a sentence in the middle is heard as if alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.answers.alarms.frames import NOT_NOW, frames_of
from kiosk.answers.alarms.learned import LearnedModel, learned_model
from kiosk.answers.alarms.matcher import AlarmMatcher
from kiosk.answers.alarms.typed import tokens
from kiosk.core.alarms import AlarmRules

_WINDOW, _STEP = 60, 40
"""Words that the model reads at once, and from one window to the next."""
_OF_RULES, _IN_FRAME = -2.2, -0.5
"""How far below its own threshold the model may be where rules ring too; and where they stand in a
sentence that speaks of the past, in general, denies it, or is an idiom."""
_LEAST_WORDS = 2
"""Words without which the model is not asked: one alone is no sentence, and rules know it."""
UNNAMED = "emergency"
"""The alarm that names no danger, for where the model is not sure which it is."""


class Net(StrEnum):
    """Which net rang."""

    RULES = "rules"
    LEARNED = "learned"
    NONE = ""


@dataclass(frozen=True)
class Detection:
    """An alarm, and why: nothing of what was typed."""

    alarm: str = ""
    net: Net = Net.NONE


class AlarmDetector:
    """Both nets.

    Args:
        rules: the reviewed rules; the order of their alarms is which is told where several ring.
        model: the learned net; None for the shipped one.
    """

    def __init__(self, rules: AlarmRules, model: LearnedModel | None = None) -> None:
        self._matcher = AlarmMatcher(rules)
        self._order = {alarm.id: number for number, alarm in enumerate(rules.alarms)}
        self._model = model

    def find(self, raw: str, corrected: str = "") -> str:
        """The id of the gravest alarm that the question speaks of; empty where of none."""
        return self.detect(raw, corrected).alarm

    def detect(self, raw: str, corrected: str = "") -> Detection:
        """The gravest alarm, and which net rang."""
        model = self._model or learned_model()
        ruled: list[str] = []
        learned: list[tuple[float, str]] = []
        texts = [*_windows(tokens(raw)), *([tokens(corrected)] if corrected else [])]
        for words in texts:
            lists, met = self._matcher.listen(words)
            margin = model.score(words, lists) - model.threshold
            if margin >= 0 and sum(map(str.isalpha, words)) >= _LEAST_WORDS:
                learned.append((margin, model.category(words, lists) or UNNAMED))
            if met and margin >= (_IN_FRAME if _is_framed(words) else _OF_RULES):
                ruled += [match.alarm for match in met]
        sure = max(learned)[1] if learned else ""
        if ruled:
            known = {*ruled, *({sure} & self._order.keys())}
            return Detection(min(known, key=lambda id_: self._order[id_]), Net.RULES)
        return Detection(sure, Net.LEARNED) if sure else Detection()

    def reasons(self, text: str) -> list[str]:
        """Why it rings, in words of the rules and of the text: for `kiosk ask`; never kept."""
        model, words = self._model or learned_model(), tokens(text)
        lists, met = self._matcher.listen(words)
        score = model.score(words, lists)
        reasons = [f"{match.alarm}: {match.pattern}" for match in met]
        return [*reasons, f"learned {score:.2f}: {model.reasons(words, lists)}"]


def _is_framed(words: list[str]) -> bool:
    frames = frames_of(" ".join(words))
    return any(name in frames for name in NOT_NOW)


def _windows(words: list[str]) -> Iterator[list[str]]:
    for start in range(0, max(1, len(words) - _WINDOW + _STEP), _STEP):
        yield words[start : start + _WINDOW]
