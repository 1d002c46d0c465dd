"""The logistic function of weighted features, which makes a confidence from 0 to 1 of them."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp


def logistic(bias: float, weights: Iterable[float], features: Iterable[float]) -> float:
    """Return a confidence from 0 to 1: the logistic function of `bias` and the features, each times
    its weight. Raises ValueError unless there are as many weights as features.
    """
    total = bias + sum(weight * x for weight, x in zip(weights, features, strict=True))
    return 1 / (1 + exp(-total))
