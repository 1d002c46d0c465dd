"""Computes the confidence that the passages found by full-text search answer a question, from how
much of the question fits them: never from the raw BM25 score.
"""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from functools import cache
from importlib.resources import files

from kiosk.answers.logistic import logistic
from kiosk.fast_dataclass import dataclass

THRESHOLD = 0.7
"""Below this confidence the library says that it does not answer."""


@dataclass(frozen=True)
class PassageFeatures:
    """Inputs of the confidence that the best passages found answer a question: what speaks for it
    and against it. All from 0 to 1, except `asked`.
    """

    covered: float = 0.0
    """Of the question's topic, by weight, what one of the best passages holds."""
    naming: float = 0.0
    """Of the question's topic, what the name of the best passage's subject has."""
    near: float = 0.0
    """As `naming`, but of those groups of adjacent words alone in which the name has a word."""
    named: float = 0.0
    """Of that name, what the question has."""
    unknown: float = 1.0
    """Of the question's topic, what the library does not have at all."""
    guessed: float = 0.0
    """Of the question's topic, what had to be guessed from its spelling."""
    has_kind: float = 0.0
    """Nearness of the topic's nearest kind of section to the kind asked for; 1 where none is."""
    asked: bool = False
    """True if the question asks for a kind of section."""


@cache
def _weights() -> tuple[float, ...]:
    read = json.loads((files("kiosk.answers.fulltext") / "confidence.json").read_text("utf-8"))
    return (read["bias"], *(read[field.name] for field in fields(PassageFeatures)))


def confidence(evidence: PassageFeatures) -> float:
    """Return the confidence, from 0 to 1, that the passages answer: the logistic function of their
    weighted features, whose weights are in `confidence.json`.
    """
    bias, *weights = _weights()
    return logistic(bias, weights, astuple(evidence))
