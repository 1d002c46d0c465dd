"""How long a visit may be silent: less while somebody is there than while it rests in a house."""

from __future__ import annotations

import os

import pytest

from kiosk.serve import protocol
from kiosk.serve.forkserver.worker_handle import HEART, HEART_AT_REST, RESTS, HeldVisit

HUNG = "a visit hung"


@pytest.mark.parametrize(
    ("told", "at_rest", "silent", "complaint"),
    [
        ([protocol.RESTING], HEART, HEART - 1, ""),
        ([protocol.RESTING], HEART, HEART + 1, HUNG),
        ([protocol.RESTING], HEART_AT_REST, HEART + 1, ""),
        ([protocol.RESTING], HEART_AT_REST, HEART_AT_REST + 1, HUNG),
        ([protocol.RESTING, protocol.STIRRED], HEART_AT_REST, HEART + 1, HUNG),
        ([protocol.IN_USE + b"600"], HEART_AT_REST, HEART + 1, HUNG),
        ([protocol.IN_USE + b"600", protocol.RESTING], HEART_AT_REST, HEART + 1, ""),
    ],
)
def test_silence(told: list[bytes], at_rest: float, silent: float, complaint: str) -> None:
    ours, theirs = protocol.pair()
    one = HeldVisit(ours, os.pidfd_open(os.getpid()), 100.0, at_rest)
    for said in [protocol.PAINTED, *told]:
        theirs.send(said)
        one.hear(100.0)
    assert one.complaint(100.0 + silent) == complaint
    one.close()
    theirs.close()


def test_three_beats_must_fail() -> None:
    assert RESTS * 3 <= HEART_AT_REST
