"""How long a visit may be silent: less while somebody is there than while it rests in a house."""

from __future__ import annotations

import os

import pytest

from kiosk.serve import protocol
from kiosk.serve.forkserver.worker_handle import (
    ACTIVE_HEARTBEAT_TIMEOUT,
    IDLE_HEARTBEAT_INTERVAL,
    IDLE_HEARTBEAT_TIMEOUT,
    WorkerHandle,
)

HUNG = "a visit hung"


@pytest.mark.parametrize(
    ("told", "at_rest", "silent", "complaint"),
    [
        ([protocol.HEARTBEAT_IDLE], ACTIVE_HEARTBEAT_TIMEOUT, ACTIVE_HEARTBEAT_TIMEOUT - 1, ""),
        ([protocol.HEARTBEAT_IDLE], ACTIVE_HEARTBEAT_TIMEOUT, ACTIVE_HEARTBEAT_TIMEOUT + 1, HUNG),
        ([protocol.HEARTBEAT_IDLE], IDLE_HEARTBEAT_TIMEOUT, ACTIVE_HEARTBEAT_TIMEOUT + 1, ""),
        ([protocol.HEARTBEAT_IDLE], IDLE_HEARTBEAT_TIMEOUT, IDLE_HEARTBEAT_TIMEOUT + 1, HUNG),
        (
            [protocol.HEARTBEAT_IDLE, protocol.ACTIVITY],
            IDLE_HEARTBEAT_TIMEOUT,
            ACTIVE_HEARTBEAT_TIMEOUT + 1,
            HUNG,
        ),
        (
            [protocol.HEARTBEAT_ACTIVE + b"600"],
            IDLE_HEARTBEAT_TIMEOUT,
            ACTIVE_HEARTBEAT_TIMEOUT + 1,
            HUNG,
        ),
        (
            [protocol.HEARTBEAT_ACTIVE + b"600", protocol.HEARTBEAT_IDLE],
            IDLE_HEARTBEAT_TIMEOUT,
            ACTIVE_HEARTBEAT_TIMEOUT + 1,
            "",
        ),
    ],
)
def test_silence(told: list[bytes], at_rest: float, silent: float, complaint: str) -> None:
    ours, theirs = protocol.pair()
    one = WorkerHandle(ours, os.pidfd_open(os.getpid()), 100.0, at_rest)
    for said in [protocol.READY, *told]:
        theirs.send(said)
        one.receive(100.0)
    assert one.health_problem(100.0 + silent) == complaint
    one.close()
    theirs.close()


def test_three_beats_must_fail() -> None:
    assert IDLE_HEARTBEAT_INTERVAL * 3 <= IDLE_HEARTBEAT_TIMEOUT
