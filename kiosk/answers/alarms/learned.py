"""Scores a question by a linear model of how people speak when somebody is in danger.

The weights are in `learned.bin`, made by `python -m tests.support.answers.train_alarms` from the
sentences in `tests/answers/alarms/spoken/`. Scoring is integer sums and two divisions, in plain
Python: the same question has the same score on every machine.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kiosk.answers.alarms.features import bucket, features

SURE = 0.4
"""The share of belief from which on a danger is named: a message never names another danger."""
_FILE = "learned.bin"
_WEIGHT = {"1": 1.5, "2": 1.5, "3": 1.2, "!": 1.5, "@": 3.0, "#": 1.0}
"""How much a feature counts by its kind; a piece of a word counts 1."""
_LIST = 0.15
"""How much each list of the rules counts of which a word stands there, beside a length of 1."""


@dataclass(frozen=True)
class LearnedModel:
    """The weights, and how they are read."""

    categories: tuple[str, ...]
    threshold: float
    """The score from which on it rings."""
    ring_scale: float
    ring: bytes
    """One weight for each bucket: 0 to 255 for -128 to 127."""
    kinds: bytes
    """One weight for each bucket and category, the categories of one bucket together."""
    bias: float
    kind_bias: tuple[float, ...]
    kind_scale: float

    def score(self, words: list[str], lists: Set[str]) -> float:
        """How much the words sound like somebody in danger, above 0 or below."""
        size, total = len(self.ring), 0.0
        for feature, weight in weighted(words, lists).items():
            total += weight * (self.ring[bucket(feature, size)] - 128)
        return self.bias + total * self.ring_scale

    def category(self, words: list[str], lists: Set[str]) -> str:
        """The danger that they sound like; empty where that is not sure enough to name it."""
        count = len(self.categories)
        size = len(self.kinds) // count
        totals = [0.0] * count
        for feature, weight in weighted(words, lists).items():
            start = bucket(feature, size) * count
            for kind, value in enumerate(self.kinds[start : start + count]):
                totals[kind] += weight * (value - 128)
        scores = [b + t * self.kind_scale for b, t in zip(self.kind_bias, totals, strict=True)]
        best = max(scores)
        share = 1 / sum(math.exp(max(-50.0, score - best)) for score in scores)
        return self.categories[scores.index(best)] if share >= SURE else ""

    def reasons(self, words: list[str], lists: Set[str], most: int = 5) -> list[str]:
        """The features that spoke most for ringing: for whoever asks why; never kept."""
        size = len(self.ring)
        spoke = {
            feature: weight * (self.ring[bucket(feature, size)] - 128)
            for feature, weight in weighted(words, lists).items()
            if feature[0] in "123@!&"
        }
        return sorted(spoke, key=lambda feature: -spoke[feature])[:most]


def weighted(words: list[str], lists: Set[str]) -> dict[str, float]:
    """The features and what each counts: those of the words, of length 1 together, and the lists of
    the rules of which something stands there."""
    counts = Counter(features(words))
    damped = {f: _WEIGHT.get(f[0], 1.0) * (1 + math.log(count)) for f, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in damped.values())) or 1.0
    weights = {feature: weight / length for feature, weight in damped.items()}
    return weights | {f"&{name}": _LIST for name in sorted(lists)}


@cache
def learned_model() -> LearnedModel:
    """The model that is shipped, read when the first question is asked."""
    head, _, body = files(__package__).joinpath(_FILE).read_bytes().partition(b"\n")
    header = json.loads(head)
    size = int(header["buckets"])
    return LearnedModel(
        tuple(header["categories"]), header["threshold"], header["ring_scale"],
        body[:size], body[size:],
        header["bias"], tuple(header["kind_bias"]), header["kind_scale"],
    )  # fmt: skip
