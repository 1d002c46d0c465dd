"""How long a worker may be silent, less while its visit is in use; and how much it may send."""

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

HUNG = "a worker hung"


@pytest.mark.parametrize(
    ("messages", "idle_timeout", "silent", "problem"),
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
def test_a_worker_counts_as_hung_after_so_much_silence(
    messages: list[bytes], idle_timeout: float, silent: float, problem: str
) -> None:
    ours, theirs = protocol.pair()
    handle = WorkerHandle(ours, os.pidfd_open(os.getpid()), 100.0, idle_timeout)
    for message in [protocol.READY, *messages]:
        theirs.send(message)
        handle.receive(100.0)
    assert handle.health_problem(100.0 + silent) == problem
    handle.close()
    theirs.close()


@pytest.mark.parametrize(
    ("messages", "seconds", "problem"),
    [(2000, 1.0, "a worker sent too much"), (3000, 60.0, ""), (900, 0.0, "")],
)
def test_a_worker_that_floods_its_lifeline_is_ended(
    messages: int, seconds: float, problem: str
) -> None:
    ours, theirs = protocol.pair()
    handle = WorkerHandle(ours, os.pidfd_open(os.getpid()), 100.0)
    theirs.send(protocol.READY)
    for number in range(messages):
        handle.receive(100.0 + seconds * number / messages)
        theirs.send(protocol.COUNT)
    assert handle.health_problem(100.0 + seconds) == problem
    handle.close()
    theirs.close()


def test_three_idle_heartbeats_must_be_missed() -> None:
    assert IDLE_HEARTBEAT_INTERVAL * 3 <= IDLE_HEARTBEAT_TIMEOUT
