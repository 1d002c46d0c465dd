"""The confidence that weighted features make."""

from __future__ import annotations

import pytest

from kiosk.answers.logistic import logistic


def test_features_move_it_by_their_weights() -> None:
    assert logistic(0.0, (), ()) == 0.5
    assert logistic(1.0, (2.0, -1.0), (0.5, 2.0)) == 0.5
    assert logistic(0.0, (2.0,), (1.0,)) == pytest.approx(0.880797)


def test_a_feature_without_a_weight_is_an_error() -> None:
    with pytest.raises(ValueError, match="argument 2 is longer"):
        logistic(0.0, (1.0,), (1.0, 1.0))
