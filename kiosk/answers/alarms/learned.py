"""Scores a question by linear models of how people speak when somebody is in danger.

One model weighs danger against none; one for each danger, and for each way to speak of none, weighs
that against all others. What they say is added up. The weights are in `learned.bin`, made by
`python -m tests.support.answers.train_alarms` from the sentences in `tests/answers/alarms/spoken/`.
They are small whole numbers and are summed as such: the same question has the same score on every
machine.
"""

from __future__ import annotations

import json
import math
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kiosk.answers.alarms.features import bucket, features

NO_DANGER = "not-"
"""What the name of a way to speak of no danger begins with, among the categories."""
EVIDENCE = 1.5
"""How much the models of single dangers count, beside that of danger as such."""
_FILE = "learned.bin"
_WEIGHT = {"1": 1.5, "2": 1.5, "3": 1.2, "!": 1.5, "@": 3.0, "#": 1.0}
"""How much a feature counts by its kind; a piece of a word counts 1."""
_LIST = 0.15
"""How much each list of the rules counts of which a word stands there, beside a length of 1."""
_UNIT = 1 << 12
"""The whole number that a weight of 1 is."""
_NOUGHT = 128
"""The byte that stands for no weight."""
_LANE = 4
"""Bytes in which the sum of one category stands, so that all are added at once as one number."""


@dataclass(frozen=True)
class Judgement:
    """What the models make of some words."""

    score: float
    """How much they sound like somebody in danger, above 0 or below."""
    shares: Mapping[str, float]
    """By danger, how much of the belief is that it is this one; together 1."""


@dataclass(frozen=True)
class LearnedModel:
    """The weights, and how they are read."""

    categories: tuple[str, ...]
    """The dangers, and the ways to speak of none."""
    threshold: float
    """The score from which on it rings."""
    ring: bytes
    """One weight for each bucket, of danger as such."""
    ring_scale: float
    bias: float
    kinds: bytes
    """One weight for each bucket and category, the categories of one bucket together."""
    kind_scale: float
    kind_bias: tuple[float, ...]

    def judge(self, words: list[str], lists: Set[str]) -> Judgement:
        """How much the words sound like danger, and like which."""
        counts = {f: round(w * _UNIT) for f, w in weighted(words, lists).items()}
        beliefs = self._beliefs(counts)
        danger = {c: b for c, b in beliefs.items() if not c.startswith(NO_DANGER)}
        others = [b for c, b in beliefs.items() if c.startswith(NO_DANGER)]
        for_danger = _log_sum(danger.values())
        score = self._ring(counts) + EVIDENCE * (for_danger - _log_sum(others))
        return Judgement(score, {c: math.exp(b - for_danger) for c, b in danger.items()})

    def _ring(self, counts: Mapping[str, int]) -> float:
        size = len(self.ring)
        total = sum(w * (self.ring[bucket(f, size)] - _NOUGHT) for f, w in counts.items())
        return self.bias + total / _UNIT * self.ring_scale

    def _beliefs(self, counts: Mapping[str, int]) -> dict[str, float]:
        """The logit of each category."""
        count = len(self.categories)
        size, total = len(self.kinds) // count, 0
        lanes = bytearray(_LANE * count)
        for feature, weight in counts.items():
            start = bucket(feature, size) * count
            lanes[::_LANE] = self.kinds[start : start + count]
            total += weight * int.from_bytes(lanes, "little")
        nought = _NOUGHT * sum(counts.values())
        sums = struct.unpack(f"<{count}I", total.to_bytes(_LANE * count, "little"))
        return {
            category: bias + (value - nought) / _UNIT * self.kind_scale
            for category, bias, value in zip(self.categories, self.kind_bias, sums, strict=True)
        }

    def reasons(self, words: list[str], lists: Set[str], most: int = 5) -> list[str]:
        """The features that spoke most for ringing: for whoever asks why; never kept."""
        size = len(self.ring)
        spoke = {
            feature: weight * (self.ring[bucket(feature, size)] - _NOUGHT)
            for feature, weight in weighted(words, lists).items()
            if feature[0] in "123@!&"
        }
        return sorted(spoke, key=lambda feature: -spoke[feature])[:most]


def _log_sum(logits: Iterable[float]) -> float:
    """The logarithm of the sum of the exponentials."""
    logits = list(logits)
    most = max(logits)
    return most + math.log(sum(math.exp(logit - most) for logit in logits))


def weighted(words: list[str], lists: Set[str]) -> dict[str, float]:
    """The features and what each counts: those of the words, of length 1 together, and the lists of
    the rules of which something stands there."""
    counts = Counter(features(words))
    raw = {f: _WEIGHT.get(f[0], 1.0) * (1 + math.log(count)) for f, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    weights = {feature: weight / length for feature, weight in raw.items()}
    return weights | {f"&{name}": _LIST for name in sorted(lists)}


@cache
def learned_model() -> LearnedModel:
    """The model that is shipped, read when the first question is asked."""
    return read_model(files(__package__).joinpath(_FILE).read_bytes())


def read_model(data: bytes) -> LearnedModel:
    """The model that `packed` gave."""
    head, _, body = data.partition(b"\n")
    header = json.loads(head)
    size = int(header["buckets"])
    return LearnedModel(
        tuple(header["categories"]), header["threshold"],
        body[:size], header["ring_scale"], header["bias"],
        body[size:], header["kind_scale"], tuple(header["kind_bias"]),
    )  # fmt: skip


def packed(model: LearnedModel) -> bytes:
    """The model as it is kept: a line of JSON, and the weights."""
    head = {
        "categories": model.categories, "threshold": model.threshold, "buckets": len(model.ring),
        "ring_scale": model.ring_scale, "bias": model.bias, "kind_scale": model.kind_scale,
        "kind_bias": model.kind_bias,
    }  # fmt: skip
    return json.dumps(head).encode() + b"\n" + model.ring + model.kinds
