"""Scores a question by a small network, trained on how people speak when somebody is in danger.

The weights are in `learned.bin`, made by `python -m tests.support.answers.train_alarms` from the
sentences in `tests/answers/alarms/spoken/`. Each feature of the question that it knows adds its row
of weights to some fifty hidden units; those that come out above 0 vote for each danger, and for
each way to speak of none. Rows are small whole numbers and are summed as such, and the score is
rounded: the same question has the same score on every machine.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul

from kiosk.answers.alarms.features import features, key_of

NO_DANGER = "not-"
"""What the name of a way to speak of no danger begins with, among the categories."""
UNIT = 1 << 12
"""The whole number that a weight of 1 is."""
NOUGHT = 128
"""The byte that stands for no weight."""
_FILE = "learned.bin"
_WEIGHT = {"1": 1.5, "2": 1.5, "3": 1.2, "!": 1.5, "@": 3.0, "#": 1.0}
"""How much a feature counts by its kind; a piece of a word counts 1."""
_LIST = 0.15
"""How much each list of the rules counts of which a word stands there, beside a length of 1."""
_LANE = 4
"""Bytes in which the sum of one unit stands, so that all are added at once as one number."""
_KEY = 4
"""Bytes of the key of a feature."""
_DECIMALS = 6
"""To which a score is rounded: the last digits of `exp` and `log` differ between machines."""


@dataclass(frozen=True)
class Judgement:
    """Judgement of the learned model: how much some words sound like danger, and like which."""

    score: float
    """How much they sound like somebody in danger, above 0 or below."""
    shares: Mapping[str, float]
    """By danger, how much of the belief is that it is this one; together 1."""


@dataclass(frozen=True)
class LearnedModel:
    """Learned model: its weights, and how words are judged by them."""

    categories: tuple[str, ...]
    """The dangers, and the ways to speak of none."""
    threshold: float
    """The score from which on it rings."""
    keys: array[int]
    """The features that it knows, by `key_of`, ascending."""
    rows: bytes
    """For each feature one weight for each hidden unit, in the order of `keys`."""
    scales: tuple[float, ...]
    """By hidden unit, what one step of its weights is worth."""
    biases: tuple[float, ...]
    votes: tuple[tuple[float, ...], ...]
    """By category, how each hidden unit votes for it."""
    vote_biases: tuple[float, ...]

    def judge(self, words: list[str], lists: Set[str]) -> Judgement:
        """How much the words sound like danger, and like which."""
        beliefs = self._beliefs(weighted(words, lists))
        danger = {c: b for c, b in beliefs.items() if not c.startswith(NO_DANGER)}
        others = [b for c, b in beliefs.items() if c.startswith(NO_DANGER)]
        for_danger = _log_sum(danger.values())
        score = round(for_danger - _log_sum(others), _DECIMALS)
        shares = {c: round(math.exp(b - for_danger), _DECIMALS) for c, b in danger.items()}
        return Judgement(score, shares)

    def reasons(self, words: list[str], lists: Set[str], most: int = 5) -> list[str]:
        """The words that make it sound most like danger: for whoever asks why; never kept."""
        without = {
            word: self.judge([other for other in words if other != word], lists).score
            for word in words
        }
        return sorted(without, key=lambda word: without[word])[:most]

    def _beliefs(self, weights: Mapping[str, float]) -> dict[str, float]:
        """The logit of each category."""
        active = self._active(weights)
        return {
            category: bias + sum(map(mul, active, votes))
            for category, bias, votes in zip(
                self.categories, self.vote_biases, self.votes, strict=True
            )
        }

    def _active(self, weights: Mapping[str, float]) -> list[float]:
        """What each hidden unit says: 0 where it comes out below."""
        keys, rows, units = self.keys, self.rows, len(self.scales)
        lanes = bytearray(_LANE * units)
        total = known = 0
        for feature, weight in weights.items():
            key = key_of(feature)
            row = bisect_left(keys, key)
            if row == len(keys) or keys[row] != key:
                continue
            whole = round(weight * UNIT)
            lanes[::_LANE] = rows[row * units : (row + 1) * units]
            total += whole * int.from_bytes(lanes, "little")
            known += whole
        sums = struct.unpack(f"<{units}I", total.to_bytes(_LANE * units, "little"))
        nought = NOUGHT * known
        return [
            max(0.0, bias + (value - nought) / UNIT * scale)
            for value, scale, bias in zip(sums, self.scales, self.biases, strict=True)
        ]


def _log_sum(logits: Iterable[float]) -> float:
    """The logarithm of the sum of the exponentials."""
    logits = list(logits)
    most = max(logits)
    return most + math.log(sum(math.exp(logit - most) for logit in logits))


def weighted(words: list[str], lists: Set[str]) -> dict[str, float]:
    """Weights of a question's features.

    Those of its words have length 1 together; each list of the rules of which a word stands in it
    counts by itself.
    """
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
    """Read a model from bytes that `packed` made."""
    head, _, body = data.partition(b"\n")
    header = json.loads(head)
    size = _KEY * int(header["features"])
    return LearnedModel(
        tuple(header["categories"]), header["threshold"], _keys(body[:size]), body[size:],
        tuple(header["scales"]), tuple(header["biases"]),
        tuple(map(tuple, header["votes"])), tuple(header["vote_biases"]),
    )  # fmt: skip


def packed(model: LearnedModel) -> bytes:
    """Bytes of a model to be kept: a line of JSON, keys (32 bits, little end first), rows."""
    head = {
        "categories": model.categories, "threshold": model.threshold, "features": len(model.keys),
        "scales": model.scales, "biases": model.biases, "votes": model.votes,
        "vote_biases": model.vote_biases,
    }  # fmt: skip
    keys = struct.pack(f"<{len(model.keys)}I", *model.keys)
    return json.dumps(head).encode() + b"\n" + keys + model.rows


def _keys(data: bytes) -> array[int]:
    keys = array("I", data)
    if sys.byteorder == "big":
        keys.byteswap()
    return keys
