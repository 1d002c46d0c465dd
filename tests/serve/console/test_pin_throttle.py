"""The wait between two PINs doubles, and is forgotten in time."""

from __future__ import annotations

from kiosk.serve.console.pin_throttle import FORGET_AFTER, FREE_TRIES, MAX_WAIT, PinThrottle


def test_after_three_free_tries_each_delay_doubles() -> None:
    throttle, now = PinThrottle(), 1000.0
    for _ in range(FREE_TRIES):
        assert throttle.request_attempt(now) == 0
    waits = []
    for _ in range(8):
        wait = throttle.request_attempt(now)
        assert wait > 0
        assert throttle.request_attempt(now + wait - 0.5) > 0
        now += wait
        assert throttle.request_attempt(now) == 0
        waits.append(wait)
    assert waits[:5] == [15, 30, 60, 120, 240]
    assert max(waits) == MAX_WAIT


def test_one_try_is_forgotten_with_each_quiet_hour() -> None:
    throttle = PinThrottle()
    for _ in range(FREE_TRIES):
        throttle.request_attempt(0.0)
    assert throttle.request_attempt(1.0) > 0
    assert throttle.request_attempt(FORGET_AFTER + 1) == 0
    assert throttle.request_attempt(FORGET_AFTER + 2) > 0
    assert [throttle.request_attempt(5 * FORGET_AFTER) for _ in range(FREE_TRIES)] == [
        0
    ] * FREE_TRIES
    assert throttle.request_attempt(5 * FORGET_AFTER) > 0


def test_only_an_allowed_try_can_leave() -> None:
    throttle = PinThrottle()
    assert not throttle.may_leave(0.0)
    throttle.request_attempt(100.0)
    assert throttle.may_leave(101.0)
    assert not throttle.may_leave(200.0)


def test_ten_thousand_pins_take_years() -> None:
    throttle, now, tries = PinThrottle(), 0.0, 0
    while tries < 200:
        wait = throttle.request_attempt(now)
        now += wait
        tries += wait == 0
    assert now / tries * 10_000 > 60 * 60 * 24 * 60
