"""Trains the network of `kiosk.answers.alarms.learned`: one layer of hidden units between.

It learns two things at once: which danger, or which way to speak of none, a sentence is of; and,
of every sentence, whether it is urgent at all. Half of the hidden units are trained apart from the
other half, from another beginning: what two have learned errs less than what one has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

UNKNOWN = -1
"""The category of a sentence of which nobody noted one."""
_SCALE = 8.0
"""What features are multiplied by, so that weights of about 0.1 say something."""
_ROUNDS, _BATCH, _RATE = 12, 64, 2e-3
_DROPPED = 0.3
"""The share of features, and of hidden units, that each step does without."""
_SHRINK = 1e-4
"""What each step takes off the weights."""
_BLOCK = 2_048
"""Rows of weights that are moved at once."""
_SPREAD = 0.05
"""How far from 0 the weights begin."""


@dataclass(frozen=True)
class Labels:
    """What is known of the sentences, one entry for each."""

    category: np.ndarray
    """Its number, or UNKNOWN."""
    urgent: np.ndarray
    weight: np.ndarray
    """How much it counts."""
    is_danger: np.ndarray
    """By category: whether it is one."""


@dataclass(frozen=True)
class Network:
    """Weights of features to hidden units, and of those to categories."""

    rows: np.ndarray
    biases: np.ndarray
    votes: np.ndarray
    vote_biases: np.ndarray


def trained_network(
    features: csr_matrix, labels: Labels, units: int, seeds: Sequence[int]
) -> Network:
    """The networks of all seeds as one, each of so many units and with its part of the vote."""
    each = [_train(features, labels, units, np.random.default_rng(seed)) for seed in seeds]
    return Network(
        np.concatenate([one.rows * _SCALE for one in each], axis=1),
        np.concatenate([one.biases for one in each]),
        np.concatenate([one.votes for one in each]) / len(each),
        sum(one.vote_biases for one in each) / len(each),
    )


class _Adam:
    """Moves weights against their gradients; a few rows at a time, as many as a cache holds."""

    def __init__(self, weights: Sequence[np.ndarray]) -> None:
        self._weights = weights
        self._mean = [np.zeros_like(one) for one in weights]
        self._square = [np.zeros_like(one) for one in weights]
        self._steps = 0

    def step(self, gradients: Sequence[np.ndarray], rate: float, shrink: float) -> None:
        """Move by one step; the first of the weights shrink by this share."""
        self._steps += 1
        rate *= float(np.sqrt(1 - 0.999**self._steps)) / (1 - 0.9**self._steps)
        kept = 1 - shrink
        for arrays in zip(self._weights, gradients, self._mean, self._square, strict=True):
            for start in range(0, len(arrays[0]), _BLOCK):
                weights, gradient, mean, square = (one[start : start + _BLOCK] for one in arrays)
                mean *= 0.9
                mean += 0.1 * gradient
                square *= 0.999
                square += 0.001 * (gradient * gradient)
                moved = np.sqrt(square)
                moved += 1e-7
                np.divide(mean, moved, out=moved)
                moved *= rate
                weights -= moved
                weights *= kept
            kept = 1.0


def _train(
    features: csr_matrix, labels: Labels, units: int, random: np.random.Generator
) -> Network:
    features = features.astype(np.float32) * np.float32(_SCALE)
    count, categories = features.shape[0], len(labels.is_danger)
    network = Network(
        (random.standard_normal((features.shape[1], units)) * _SPREAD).astype(np.float32),
        np.zeros(units, np.float32),
        (random.standard_normal((units, categories)) / np.sqrt(units)).astype(np.float32),
        np.zeros(categories, np.float32),
    )
    adam = _Adam([network.rows, network.biases, network.votes, network.vote_biases])
    steps, step = _ROUNDS * -(-count // _BATCH), 0
    for _ in range(_ROUNDS):
        order = random.permutation(count)
        for start in range(0, count, _BATCH):
            chosen = order[start : start + _BATCH]
            step += 1
            left = 1 - step / steps
            gradients = _gradients(network, features[chosen], labels, chosen, random)
            adam.step(gradients, _RATE * left, _SHRINK * left)
    return network


def _gradients(
    network: Network, batch: csr_matrix, labels: Labels, chosen: np.ndarray,
    random: np.random.Generator,
) -> list[np.ndarray]:  # fmt: skip
    """What each weight adds to the loss of these sentences."""
    batch = batch.copy()
    batch.data = (batch.data * _kept(batch.data.shape, random)).astype(np.float32)
    sums = batch @ network.rows + network.biases
    kept = _kept(sums.shape, random).astype(np.float32)
    active = np.maximum(sums, 0) * kept
    beliefs = _softmax(active @ network.votes + network.vote_biases)
    error = _error(beliefs, labels, chosen).astype(np.float32)
    back = (error @ network.votes.T) * kept * (sums > 0)
    return [batch.T @ back, back.sum(0), active.T @ error, error.sum(0)]


def _error(beliefs: np.ndarray, labels: Labels, chosen: np.ndarray) -> np.ndarray:
    """By how much the beliefs are off: of the category where it is known, and of urgent or not."""
    categories, urgent = labels.category[chosen], labels.urgent[chosen]
    known = np.flatnonzero(categories != UNKNOWN)
    right_side = beliefs * (urgent[:, None] == labels.is_danger[None, :])
    error = beliefs - right_side / np.maximum(right_side.sum(1, keepdims=True), 1e-9)
    error[known] += beliefs[known]
    error[known, categories[known]] -= 1
    return error * labels.weight[chosen][:, None] / len(chosen)


def _kept(shape: tuple[int, ...], random: np.random.Generator) -> np.ndarray:
    return (random.random(shape) >= _DROPPED) / (1 - _DROPPED)


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)
