"""The gate, searched breadth first to a fixed point, beside a model that keeps its own books.

The model knows only pages and events: what was acknowledged is what was answered on a caution's own
page, in the words in view, a dwell after that page was shown whole and not in the wake of an early
answer, by the person who is here now, who has not doubted it since. A canary of a closed section
may be on a page only if the model has every caution of that section. `test_gate_guards` takes each
guard away.
"""

from __future__ import annotations

import pytest

from tests.support.core.gate_search import (
    LEVELS,
    PLAIN,
    SMALL,
    SMALLEST,
    UNHURRIED,
    Shape,
    search,
    setting,
)

LARGE: tuple[Shape, ...] = (
    (4, ((0, 1, 2, 3),), ("en",), PLAIN),
    (3, ((0, 1, 2), (1,), (0, 2)), ("en",), PLAIN),
    (2, ((0, 1),), ("en",), LEVELS),
)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SMALL, ids=str)
def test_no_way_leads_past_the_gate(shape: Shape) -> None:
    count, path = search(setting(shape))
    print(f"\n{shape}: {count} states")
    assert path == []
    assert count > 500


@pytest.mark.slow
def test_no_way_leads_past_the_gate_where_a_page_must_be_seen_before_it_is_left() -> None:
    """And no page is left sooner, and every choice of a page that was seen does something."""
    count, path = search(setting(SMALLEST, UNHURRIED))
    print(f"\n{SMALLEST}, unhurried: {count} states")
    assert path == []
    assert count > 500


@pytest.mark.second_tier
@pytest.mark.parametrize("shape", LARGE, ids=str)
def test_no_way_leads_past_larger_gates(shape: Shape) -> None:
    test_no_way_leads_past_the_gate(shape)
