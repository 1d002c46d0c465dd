"""Scores a text with a small neural network: how much it sounds like somebody in danger, and like
which danger. Reads and writes the network's file, too.

The shipped weights are in `learned.bin`, made by `python -m tests.support.answers.train_alarms`
from the sentences in `tests/answers/alarms/spoken/`. Each known feature of the text adds its row
of weights to some fifty hidden units; those above 0 vote for each danger, and for each way to
speak of none. Weights are small whole numbers and the score is rounded, so that it is the same on
every machine.
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
"""The beginning of the name of each category that is a way to speak of no danger."""
UNIT = 1 << 12
"""The whole number that a weight of 1 is."""
NOUGHT = 128
"""The byte that stands for no weight."""
_FILE = "learned.bin"
_WEIGHT = {"1": 1.5, "2": 1.5, "3": 1.2, "!": 1.5, "@": 3.0, "#": 1.0}
"""The weight of a feature by its kind; a piece of a word has the weight 1."""
_LIST = 0.15
"""The weight of each word list of the rules of which a word occurs."""
_LANE = 4
"""Bytes in which the sum of one unit stands, so that all are added at once as one number."""
_KEY = 4
"""Bytes of the key of a feature."""
_DECIMALS = 6
"""To which a score is rounded: the last digits of `exp` and `log` differ between machines."""


@dataclass(frozen=True)
class Judgement:
    """Result of `LearnedModel.judge` for the words of a text: a score of danger, and how likely
    each danger is.
    """

    score: float
    """Above 0 where they sound more like somebody in danger than not; below 0 where less."""
    shares: Mapping[str, float]
    """By danger, the probability that it is this one, given that there is one."""


@dataclass(frozen=True)
class LearnedModel:
    """Trained neural network that scores how much the words of a text sound like somebody in
    danger, and like which danger; with the score from which on it raises an alarm.
    """

    categories: tuple[str, ...]
    """The dangers, and the ways to speak of none."""
    threshold: float
    """The score from which on it raises an alarm."""
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
        """Return how much these words sound like danger, as a score, and each danger's share of
        that.

        Args:
            words: the folded words of a text.
            lists: the names of the rules' word lists of which a word occurs in the text.
        """
        beliefs = self._beliefs(weighted(words, lists))
        danger = {c: b for c, b in beliefs.items() if not c.startswith(NO_DANGER)}
        others = [b for c, b in beliefs.items() if c.startswith(NO_DANGER)]
        for_danger = _log_sum(danger.values())
        score = round(for_danger - _log_sum(others), _DECIMALS)
        shares = {c: round(math.exp(b - for_danger), _DECIMALS) for c, b in danger.items()}
        return Judgement(score, shares)

    def reasons(self, words: list[str], lists: Set[str], most: int = 5) -> list[str]:
        """Return the words that raise the score of danger most, strongest first, at most `most` of
        them.

        They explain a judgement to an author, and are not stored.
        """
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
        """The output of each hidden unit; 0 where its sum is negative."""
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
    """Return the weight of each feature of a text, by feature, as the learned alarm model takes
    them.

    The weights of the words' features are scaled to a vector of length 1; each word list of the
    rules in `lists`, of which a word occurs in the text, adds one feature of a fixed weight.
    """
    counts = Counter(features(words))
    raw = {f: _WEIGHT.get(f[0], 1.0) * (1 + math.log(count)) for f, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    weights = {feature: weight / length for feature, weight in raw.items()}
    return weights | {f"&{name}": _LIST for name in sorted(lists)}


@cache
def learned_model() -> LearnedModel:
    """Return the shipped model of alarms, read from its file at the first call and then kept."""
    return read_model(files(__package__).joinpath(_FILE).read_bytes())


def read_model(data: bytes) -> LearnedModel:
    """Return the model that is stored in `data`, bytes that `packed` has made."""
    head, _, body = data.partition(b"\n")
    header = json.loads(head)
    size = _KEY * int(header["features"])
    return LearnedModel(
        tuple(header["categories"]), header["threshold"], _keys(body[:size]), body[size:],
        tuple(header["scales"]), tuple(header["biases"]),
        tuple(map(tuple, header["votes"])), tuple(header["vote_biases"]),
    )  # fmt: skip


def packed(model: LearnedModel) -> bytes:
    """Return a model as the bytes of its file: a line of JSON, then the keys (32 bits each,
    little-endian), then the rows of weights. `read_model` reads them.
    """
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
