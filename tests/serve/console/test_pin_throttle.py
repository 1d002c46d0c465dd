"""The wait between two PINs doubles, and is forgotten in time."""

from __future__ import annotations

from kiosk.serve.console.pin_throttle import FORGOTTEN, FREE, LONGEST_WAIT, PinThrottle


def test_three_are_free_then_each_waits_twice_as_long() -> None:
    patience, now = PinThrottle(), 1000.0
    for _ in range(FREE):
        assert patience.request_attempt(now) == 0
    waits = []
    for _ in range(8):
        wait = patience.request_attempt(now)
        assert wait > 0
        assert patience.request_attempt(now + wait - 0.5) > 0
        now += wait
        assert patience.request_attempt(now) == 0
        waits.append(wait)
    assert waits[:5] == [15, 30, 60, 120, 240]
    assert max(waits) == LONGEST_WAIT


def test_one_try_is_forgotten_with_each_quiet_hour() -> None:
    patience = PinThrottle()
    for _ in range(FREE):
        patience.request_attempt(0.0)
    assert patience.request_attempt(1.0) > 0
    assert patience.request_attempt(FORGOTTEN + 1) == 0
    assert patience.request_attempt(FORGOTTEN + 2) > 0
    assert [patience.request_attempt(5 * FORGOTTEN) for _ in range(FREE)] == [0] * FREE
    assert patience.request_attempt(5 * FORGOTTEN) > 0


def test_nobody_leaves_without_a_try_that_was_let() -> None:
    patience = PinThrottle()
    assert not patience.may_leave(0.0)
    patience.request_attempt(100.0)
    assert patience.may_leave(101.0)
    assert not patience.may_leave(200.0)


def test_ten_thousand_pins_take_years() -> None:
    patience, now, tries = PinThrottle(), 0.0, 0
    while tries < 200:
        wait = patience.request_attempt(now)
        now += wait
        tries += wait == 0
    assert now / tries * 10_000 > 60 * 60 * 24 * 60
