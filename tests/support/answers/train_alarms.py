"""Trains the model of `kiosk.answers.alarms.learned`, or measures it with one writer left out.

    python -m tests.support.answers.train_alarms            writes learned.bin
    python -m tests.support.answers.train_alarms --measure  prints what it reaches on each writer

It needs scikit-learn, which nothing else here does (`pip install 'kiosk[train]'`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import kiosk.answers.alarms
from kiosk.answers.alarms.features import bucket
from kiosk.answers.alarms.learned import NO_DANGER, LearnedModel, packed, weighted
from kiosk.answers.alarms.matcher import AlarmMatcher
from kiosk.answers.alarms.typed import tokens
from tests.support.answers.older import older_sentences
from tests.support.answers.spoken import Spoken, spoken
from tests.support.shipped import pack

BUCKETS, KIND_BUCKETS = 1 << 17, 1 << 15
STRANGERS = ("A", "C", "E", "G", "H")
THRESHOLD = 1.5
"""Chosen with one writer left out, so that about three of a hundred false alarms are made."""
_OF_RULES = 0.3
"""What a sentence counts that was written for the rules: in each, words of their lists stand."""
TARGET = Path(kiosk.answers.alarms.__file__).parent / "learned.bin"


def trained(sentences: Sequence[Spoken]) -> LearnedModel:
    """The model of these sentences: of danger as such, and of each category against all others."""
    words = [weighted(*heard(case.text)) for case in sentences]
    weights = [_OF_RULES if case.writer == "rules" and case.urgent else 1.0 for case in sentences]
    ring = _regression(100).fit(
        _matrix(words, BUCKETS), [case.urgent for case in sentences], sample_weight=weights
    )
    kinds = [_kind(case) for case in sentences]
    kept = [number for number, kind in enumerate(kinds) if kind]
    matrix = _matrix((words[number] for number in kept), KIND_BUCKETS)
    named = np.array([kinds[number] for number in kept])
    categories = sorted({*named.tolist()} - {NO_DANGER})
    each = [_regression(50).fit(matrix, named == category) for category in categories]
    ring_scale, ring_bytes = _quantised(ring.coef_[0])
    kind_scale, kind_bytes = _quantised(
        np.stack([model.coef_[0] for model in each], axis=1).ravel()
    )
    return LearnedModel(
        tuple(categories), THRESHOLD, ring_bytes, ring_scale, _bias(ring),
        kind_bytes, kind_scale, tuple(_bias(model) for model in each),
    )  # fmt: skip


def _regression(slackness: float) -> LogisticRegression:
    return LogisticRegression(
        C=slackness, solver="liblinear", dual=True, max_iter=300, random_state=0
    )


def _bias(model: LogisticRegression) -> float:
    return round(float(model.intercept_[0]), 6)


def _kind(case: Spoken) -> str:
    """The category; empty where danger is spoken of and nobody noted which."""
    return case.category if case.urgent else f"{NO_DANGER}{case.category}"


def _quantised(weights: np.ndarray) -> tuple[float, bytes]:
    scale = round(float(np.abs(weights).max()) / 127, 9) or 1.0
    return scale, (np.rint(weights / scale).astype(int) + 128).astype(np.uint8).tobytes()


@cache
def _matcher() -> AlarmMatcher:
    return AlarmMatcher(pack().alarm_rules())


@cache
def heard(text: str) -> tuple[list[str], frozenset[str]]:
    """The words of a sentence, and the lists of the rules of which something stands in it."""
    words = tokens(text)
    return words, _matcher().listen(words)[0]


def _matrix(sentences: Iterable[dict[str, float]], buckets: int) -> csr_matrix:
    starts, places, values = [0], list[int](), list[float]()
    for weights in sentences:
        for feature, weight in weights.items():
            places.append(bucket(feature, buckets))
            values.append(weight)
        starts.append(len(places))
    return csr_matrix((values, places, starts), shape=(len(starts) - 1, buckets))


def main() -> None:
    """Train, or measure."""
    everything = [*spoken(), *older_sentences()]
    if "--measure" not in sys.argv:
        TARGET.write_bytes(packed(trained(everything)))
        return
    from tests.support.answers.alarm_table import print_left_out

    for out in STRANGERS:
        model = trained([case for case in everything if case.writer != out])
        print_left_out(out, model, [case for case in everything if case.writer == out])


if __name__ == "__main__":
    main()
