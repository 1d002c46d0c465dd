"""Scores a question by a linear model of how people speak when somebody is in danger.

The weights are in `learned.bin`, made by `python -m tests.support.answers.train_alarms` from the
sentences in `tests/answers/alarms/spoken/`. Scoring is integer sums and two divisions, in plain
Python: the same question has the same score on every machine.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kiosk.answers.alarms.features import bucket, features

_FILE = "learned.bin"
_WEIGHT = {"1": 1.5, "2": 1.5, "3": 1.2, "!": 1.5, "@": 3.0, "#": 1.0}
"""How much a feature counts by its kind; a piece of a word counts 1."""


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

    def score(self, words: list[str]) -> float:
        """How much the words sound like somebody in danger, above 0 or below."""
        size, total = len(self.ring), 0.0
        for feature, weight in weighted(words).items():
            total += weight * (self.ring[bucket(feature, size)] - 128)
        return self.bias + total * self.ring_scale

    def category(self, words: list[str]) -> str:
        """The danger that they sound most like."""
        count = len(self.categories)
        size = len(self.kinds) // count
        totals = [0.0] * count
        for feature, weight in weighted(words).items():
            start = bucket(feature, size) * count
            for kind, value in enumerate(self.kinds[start : start + count]):
                totals[kind] += weight * (value - 128)
        scores = [b + t * self.kind_scale for b, t in zip(self.kind_bias, totals, strict=True)]
        return self.categories[scores.index(max(scores))]

    def reasons(self, words: list[str], most: int = 5) -> list[str]:
        """The features that spoke most for ringing: for whoever asks why; never kept."""
        size = len(self.ring)
        spoke = {
            feature: weight * (self.ring[bucket(feature, size)] - 128)
            for feature, weight in weighted(words).items()
            if feature[0] in "123@!"
        }
        return sorted(spoke, key=lambda feature: -spoke[feature])[:most]


def weighted(words: list[str]) -> dict[str, float]:
    """The features and what each counts; together of length 1."""
    counts = Counter(features(words))
    told = {f: _WEIGHT.get(f[0], 1.0) * (1 + math.log(count)) for f, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in told.values())) or 1.0
    return {feature: weight / length for feature, weight in told.items()}


@cache
def learned_model() -> LearnedModel:
    """The model that is shipped, read when the first question is asked."""
    head, _, body = files(__package__).joinpath(_FILE).read_bytes().partition(b"\n")
    told = json.loads(head)
    size = int(told["buckets"])
    return LearnedModel(
        tuple(told["categories"]), told["threshold"], told["ring_scale"], body[:size], body[size:],
        told["bias"], tuple(told["kind_bias"]), told["kind_scale"],
    )  # fmt: skip
