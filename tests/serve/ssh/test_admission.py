"""Which connections are admitted: at once and a minute, in all and from one source."""

from __future__ import annotations

import pytest

from kiosk.serve.ssh.admission import AdmissionControl, Decision, source_of
from kiosk.settings.server import ConnectionLimits

NONE = ConnectionLimits(0, 0, 0, 0)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def asked(admission: AdmissionControl, *addresses: str) -> list[bool]:
    return [admission.try_admit(address) is Decision.ADMIT for address in addresses]


@pytest.mark.parametrize(
    ("limits", "addresses", "admitted"),
    [
        (NONE, ["a"] * 500, [True] * 500),
        (ConnectionLimits(2, 0, 0, 0), ["a", "b", "c"], [True, True, False]),
        (ConnectionLimits(0, 1, 0, 0), ["a", "a", "b"], [True, False, True]),
        (ConnectionLimits(0, 0, 3, 0), ["a", "b", "c", "d"], [True, True, True, False]),
        (ConnectionLimits(0, 0, 0, 2), ["a", "a", "a", "b"], [True, True, False, True]),
        # A flood uses up nobody else's connections.
        (
            ConnectionLimits(0, 0, 4, 2),
            ["a"] * 50 + ["b", "b"],
            [True] * 2 + [False] * 48 + [True] * 2,
        ),
    ],
)
def test_connections_beyond_a_limit_are_refused(
    limits: ConnectionLimits, addresses: list[str], admitted: list[bool]
) -> None:
    admission = AdmissionControl(limits, Clock())
    assert asked(admission, *addresses) == admitted
    assert admission.refused == admitted.count(False)
    assert admission.open == admitted.count(True)


def test_a_connection_that_ends_makes_room() -> None:
    admission = AdmissionControl(ConnectionLimits(1, 1, 0, 0), Clock())
    assert asked(admission, "a", "a") == [True, False]
    admission.release("a")
    assert asked(admission, "a") == [True]


def test_a_minute_is_made_good_steadily() -> None:
    clock = Clock()
    admission = AdmissionControl(ConnectionLimits(0, 0, 0, 60), clock)
    assert asked(admission, *["a"] * 61).count(True) == 60
    clock.now += 2
    assert asked(admission, *["a"] * 5).count(True) == 2
    clock.now += 600
    assert asked(admission, *["a"] * 100).count(True) == 60


def test_far_above_the_limit_there_are_no_messages() -> None:
    clock = Clock()
    admission = AdmissionControl(ConnectionLimits(0, 0, 0, 1), clock)
    answers = [admission.try_admit("a") for _ in range(1000)]
    assert answers[0] is Decision.ADMIT
    assert answers[1:301] == [Decision.BUSY] * 300
    assert answers[301:] == [Decision.FLOOD] * 699


def test_sources_are_forgotten() -> None:
    clock = Clock()
    admission = AdmissionControl(ConnectionLimits(0, 0, 0, 60), clock)
    for number in range(5000):
        admission.try_admit(f"source {number}")
        admission.release(f"source {number}")
    admission.try_admit("who stays")
    clock.now += 200
    admission.try_admit("another")
    assert set(admission._sources) == {"who stays", "another"}


def test_new_limits_hold_at_once() -> None:
    admission = AdmissionControl(NONE, Clock())
    assert asked(admission, "a", "b") == [True, True]
    admission.reconfigure(ConnectionLimits(2, 0, 0, 0))
    assert asked(admission, "c") == [False]


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_what_counts_as_one_source(address: str, source: str) -> None:
    assert source_of(address) == source


def test_new_limits_hold_for_known_sources() -> None:
    admission = AdmissionControl(ConnectionLimits(0, 0, 0, 2), Clock())
    assert asked(admission, "a", "a", "a") == [True, True, False]
    admission.reconfigure(ConnectionLimits(0, 0, 0, 4))
    assert asked(admission, *"aaaaa") == [True] * 4 + [False]
    admission.reconfigure(NONE)
    assert asked(admission, *"aaaaa") == [True] * 5
