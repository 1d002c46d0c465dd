"""Trains the model of `kiosk.answers.alarms.learned`, or measures it with one writer left out.

    python -m tests.support.answers.train_alarms            writes learned.bin
    python -m tests.support.answers.train_alarms --measure  prints what it reaches on each writer
    python -m tests.support.answers.train_alarms --measure --strangers  the same, fair to each of
        them: without the sentences of whoever had read what was missed of that writer's

It needs numpy and scipy, which nothing else here does (`pip install 'kiosk[train]'`).
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

import kiosk.answers.alarms
from kiosk.answers.alarms.features import key_of
from kiosk.answers.alarms.learned import NO_DANGER, NOUGHT, LearnedModel, packed, weighted
from kiosk.answers.alarms.matcher import AlarmMatcher
from kiosk.answers.alarms.typed import tokens
from tests.support.answers.network import UNKNOWN, Labels, Network, trained_network
from tests.support.answers.older import older_sentences
from tests.support.answers.spoken import Spoken, spoken
from tests.support.answers.with_food import with_food
from tests.support.shipped import pack

STRANGERS = ("A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "P", "Q", "X", "Y")
READ_BY_US = ("A", "C", "E", "G", "H")
"""Strangers whose misses were read before `WROTE_AFTER` were written."""
WROTE_AFTER = ("S", "T", "U")
THRESHOLD = 1.3
"""Chosen so that about three of a hundred false alarms are made by writers that it has not seen."""
_LEAST_SENTENCES = 6
"""In how many sentences a feature must stand to be learned from."""
_UNITS, _SEEDS = 32, (0, 1)
_OF_RULES = 0.3
"""What a sentence counts that was written for the rules: in each, words of their lists stand."""
TARGET = Path(kiosk.answers.alarms.__file__).parent / "learned.bin"


def trained(sentences: Sequence[Spoken]) -> LearnedModel:
    """The model of these sentences."""
    words = [weighted(*words_and_lists(case.text)) for case in sentences]
    times = Counter(key_of(feature) for weights in words for feature in weights)
    keys = sorted(key for key, count in times.items() if count >= _LEAST_SENTENCES)
    kinds = [_kind(case) for case in sentences]
    categories = sorted({*kinds} - {""})
    labels = Labels(
        np.array([categories.index(kind) if kind else UNKNOWN for kind in kinds]),
        np.array([case.urgent for case in sentences]),
        np.array([_counts(case) for case in sentences]),
        np.array([not category.startswith(NO_DANGER) for category in categories]),
    )
    network = trained_network(_matrix(words, keys), labels, _UNITS, _SEEDS)
    return _quantised(network, keys, categories)


def _kind(case: Spoken) -> str:
    """The category; empty where nobody noted which."""
    return case.category if case.urgent or not case.category else f"{NO_DANGER}{case.category}"


def _counts(case: Spoken) -> float:
    return _OF_RULES if case.writer == "rules" and case.urgent else 1.0


def _quantised(network: Network, keys: Sequence[int], categories: Sequence[str]) -> LearnedModel:
    """The network in whole numbers, as it is kept."""
    scales = np.maximum(np.abs(network.rows).max(0) / (NOUGHT - 1), 1e-9).round(9)
    rows = (np.rint(network.rows / scales).astype(int) + NOUGHT).astype(np.uint8)
    return LearnedModel(
        tuple(categories), THRESHOLD, array("I", keys), rows.tobytes(),
        _rounded(scales, 9), _rounded(network.biases, 5),
        tuple(_rounded(votes, 4) for votes in network.votes.T), _rounded(network.vote_biases, 5),
    )  # fmt: skip


def _rounded(numbers: Iterable[float], decimals: int) -> tuple[float, ...]:
    return tuple(round(float(number), decimals) for number in numbers)


@cache
def _matcher() -> AlarmMatcher:
    return AlarmMatcher(pack().alarm_rules())


@cache
def words_and_lists(text: str) -> tuple[list[str], frozenset[str]]:
    """The words of a sentence, and the lists of the rules of which something stands in it."""
    words = tokens(text)
    return words, _matcher().detect(words)[0]


def _matrix(sentences: Iterable[dict[str, float]], keys: Sequence[int]) -> csr_matrix:
    columns = {key: number for number, key in enumerate(keys)}
    starts, places, values = [0], list[int](), list[float]()
    for weights in sentences:
        for feature, weight in weights.items():
            column = columns.get(key_of(feature))
            if column is not None:
                places.append(column)
                values.append(weight)
        starts.append(len(places))
    return csr_matrix((values, places, starts), shape=(len(starts) - 1, len(keys)))


def main() -> None:
    """Train, or measure."""
    everything = [*spoken(), *with_food(spoken()), *older_sentences()]
    if "--measure" not in sys.argv:
        TARGET.write_bytes(packed(trained(everything)))
        return
    from tests.support.answers.alarm_table import print_left_out

    for out in STRANGERS:
        fair = "--strangers" in sys.argv and out in READ_BY_US
        without = {out, *(WROTE_AFTER if fair else ())}
        model = trained([case for case in everything if case.writer not in without])
        print_left_out(out, model, [case for case in spoken() if case.writer == out])


if __name__ == "__main__":
    main()
