"""Decides whether the item nearest to a question is near enough to answer it: a confidence from 0
to 1, for topics whose authors wrote questions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple

from kiosk.answers.curated.match import ItemMatch
from kiosk.answers.curated.query import QueryTerm
from kiosk.answers.logistic import logistic
from kiosk.fast_dataclass import dataclass

LEAST = 0.5
"""The confidence from which on it answers; see `tests/answers/questions/README.md`."""


@dataclass(frozen=True)
class ItemFeatures:
    """Inputs of the confidence that the nearest item answers a question: what speaks for it and
    against it. All from 0 to 1, except `length`.
    """

    whole: float
    """Nearness of the whole question to the item."""
    part: float
    """Nearness to the item of that part of the question which is nearest to it."""
    length: float
    """The logarithm of the question's length: a long one is nearer to nothing."""
    unanswered: float
    """Nearness of the question to the nearest one that the library is known not to answer."""
    nearer: float
    """`unanswered` less `whole`, at least 0: high if the question is rather one with no answer
    here."""
    in_text: float
    """The share of the question that the item has and the library's texts say."""


_BIAS = -5.65
_WEIGHTS = ItemFeatures(whole=3.2, part=4.9, length=1.7, unanswered=-4.5, nearer=-3.1, in_text=2.3)
"""Fitted by logistic regression on labelled questions that are none of `set-b`."""


def is_answer(hit: ItemMatch, unanswered: ItemMatch | None, slots: Sequence[QueryTerm]) -> bool:
    """Return whether the item nearest to a question is confidently its answer.

    Args:
        hit: the item nearest to the question.
        unanswered: the nearest of the questions that the library is known not to answer, or None.
        slots: the terms of the question.
    """
    return confidence(item_features(hit, unanswered, slots)) >= LEAST


def item_features(
    hit: ItemMatch, unanswered: ItemMatch | None, slots: Sequence[QueryTerm]
) -> ItemFeatures:
    """Return the features from which the confidence in the nearest item, `hit`, is computed.

    `unanswered` is the nearest of the questions known to have no answer, `slots` are the
    question's terms.
    """
    all_said = sum(slot.weight for slot in slots) or 1.0
    has = [slot for number, slot in enumerate(slots) if number in hit.covered]
    away = unanswered.whole if unanswered else 0.0
    return ItemFeatures(
        hit.whole,
        hit.part,
        math.log(len(slots)),
        away,
        max(0.0, away - hit.whole),
        sum(slot.weight * slot.sure for slot in has if slot.in_text) / all_said,
    )


def confidence(features: ItemFeatures) -> float:
    """Return the confidence, from 0 to 1, that an item with these features answers the question:
    the logistic function of their weighted sum.
    """
    return logistic(_BIAS, astuple(_WEIGHTS), astuple(features))
