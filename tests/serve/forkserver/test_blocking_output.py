"""A worker whose reader does not read lives until its own time is up."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable

import pytest

from kiosk.serve import protocol
from kiosk.serve.forkserver import blocking_output, heartbeat
from kiosk.serve.forkserver.blocking_output import HeartbeatingWriter
from kiosk.serve.forkserver.heartbeat import Heartbeat
from tests.support.serve.child_process import in_a_process, status

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "HEARTBEAT_INTERVAL", 0.1)
    monkeypatch.setattr(blocking_output, "SLOW", 0.05)


def written(to: int, line: socket.socket, ends_in: float, size: int) -> None:
    """Be a worker that writes so much, and is silent after that."""
    ends_at = time.monotonic() + ends_in
    sender = Heartbeat(lambda: ends_in == float("inf"), lambda: ends_at, time.monotonic)
    sender.begin_without_loop(line)
    output = HeartbeatingWriter(to, sender)
    left = b"x" * size
    while left:
        left = left[output.write(left) :]
    time.sleep(30)


Opens = Callable[[], tuple[int, int]]


def a_pipe_that_never_waits() -> tuple[int, int]:
    read, write = os.pipe()
    os.set_blocking(write, False)
    return read, write


@pytest.mark.slow
@pytest.mark.parametrize("opens", [os.pipe, a_pipe_that_never_waits, os.openpty])
def test_it_sends_heartbeats_until_it_is_read(opens: Opens) -> None:
    read, write = opens()
    pid, line = in_a_process(lambda line: written(write, line, 1000, 200_000))
    kinds = [line.recv(protocol.MAX_MESSAGE)[:1] for _ in range(10)]
    assert kinds == [protocol.READY] + [protocol.HEARTBEAT_ACTIVE] * 9
    count = 0
    while count < 200_000:
        count += len(os.read(read, 65_536))
    line.settimeout(1)
    with contextlib.suppress(TimeoutError):  # it writes no more, and nobody beats for it
        for _ in range(5):
            line.recv(protocol.MAX_MESSAGE)
        raise AssertionError("it beats, and does nothing")
    line.close()
    assert status(pid) == 0
    os.close(read)
    os.close(write)


@pytest.mark.parametrize(
    ("ends_in", "ends"), [(0.5, True), (float("inf"), False)], ids=["in use", "resting"]
)
def test_a_timeout_ends_a_blocked_write(ends_in: float, ends: bool) -> None:
    read, write = os.pipe()
    pid, line = in_a_process(lambda line: written(write, line, ends_in, 200_000))
    began, kinds = time.monotonic(), []
    while time.monotonic() - began < 2 and (kind := line.recv(protocol.MAX_MESSAGE)[:1]):
        kinds.append(kind)
    line.close()
    assert status(pid) == 0
    assert (protocol.FINISHED in kinds) == ends
    assert (protocol.HEARTBEAT_IDLE in kinds) != ends
    os.close(read)
    os.close(write)
