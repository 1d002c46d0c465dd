"""Trains the model of `kiosk.answers.alarms.learned`, or measures it with one writer left out.

    python -m tests.support.answers.train_alarms            writes learned.bin
    python -m tests.support.answers.train_alarms --measure  prints what it reaches on each writer

It needs scikit-learn, which nothing else here does (`pip install 'kiosk[train]'`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import kiosk.answers.alarms
from kiosk.answers.alarms.features import bucket
from kiosk.answers.alarms.learned import LearnedModel, weighted
from kiosk.answers.alarms.matcher import AlarmMatcher
from kiosk.answers.alarms.typed import tokens
from tests.support.answers.older import older_sentences
from tests.support.answers.spoken import Spoken, spoken
from tests.support.shipped import pack

BUCKETS, KIND_BUCKETS = 1 << 18, 1 << 14
STRANGERS = ("A", "C", "E")
THRESHOLD = 1.2
"""Chosen with one writer left out, so that about three of a hundred false alarms are made."""
_OF_RULES = 0.3
"""What a sentence counts that was written for the rules: in each, words of their lists stand."""
TARGET = Path(kiosk.answers.alarms.__file__).parent / "learned.bin"


def trained(sentences: Sequence[Spoken]) -> LearnedModel:
    """The model of these sentences."""
    words = [weighted(*heard(sentence.text)) for sentence in sentences]
    ring = LogisticRegression(C=20, max_iter=4000)
    weights = [
        _OF_RULES if sentence.writer == "rules" and sentence.urgent else 1.0
        for sentence in sentences
    ]
    ring.fit(
        _matrix(words, BUCKETS), [sentence.urgent for sentence in sentences], sample_weight=weights
    )
    named = [(w, s.category) for w, s in zip(words, sentences, strict=True) if s.urgent]
    named = [(w, category) for w, category in named if category]
    kinds = LogisticRegression(C=20, max_iter=1000)
    kinds.fit(_matrix([w for w, _ in named], KIND_BUCKETS), [category for _, category in named])
    ring_scale, ring_bytes = _quantised(ring.coef_[0])
    kind_scale, kind_bytes = _quantised(kinds.coef_.T.ravel())
    return LearnedModel(
        tuple(kinds.classes_), THRESHOLD, ring_scale, ring_bytes, kind_bytes,
        round(float(ring.intercept_[0]), 6),
        tuple(round(float(bias), 6) for bias in kinds.intercept_), kind_scale,
    )  # fmt: skip


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
    starts, columns, values = [0], list[int](), list[float]()
    for sentence in sentences:
        for feature, weight in sentence.items():
            columns.append(bucket(feature, buckets))
            values.append(weight)
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(starts) - 1, buckets))


def write(model: LearnedModel) -> None:
    """Keep the model where the program reads it."""
    head = {
        "categories": model.categories, "threshold": model.threshold,
        "ring_scale": model.ring_scale, "bias": model.bias, "kind_bias": model.kind_bias,
        "kind_scale": model.kind_scale, "buckets": len(model.ring),
    }  # fmt: skip
    TARGET.write_bytes(json.dumps(head).encode() + b"\n" + model.ring + model.kinds)


def main() -> None:
    """Train, or measure."""
    everything = [*spoken(), *older_sentences()]
    if "--measure" not in sys.argv:
        write(trained(everything))
        return
    from tests.support.answers.alarm_table import print_left_out

    for out in STRANGERS:
        model = trained([sentence for sentence in everything if sentence.writer != out])
        print_left_out(out, model, [sentence for sentence in everything if sentence.writer == out])


if __name__ == "__main__":
    main()
