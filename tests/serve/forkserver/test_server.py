"""A fork server by itself: what its workers paint, on which terminal, at which size."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import socket
import struct
import termios
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path

import pyte
import pytest

from kiosk.serve import protocol
from kiosk.serve.forkserver.handle import ForkServerHandle
from kiosk.serve.spawn import spawn_fork_server
from kiosk.site.content import DEFAULT_THEME
from kiosk.system.processes import python_command
from tests.support.prebuilt_pack import with_prebuilt_pack


@pytest.fixture
def fork_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkServerHandle]:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with_prebuilt_pack({"XDG_CACHE_HOME": str(tmp_path)})
    command = python_command("kiosk.worker.main", "{}")
    handle = ForkServerHandle(lambda control: spawn_fork_server(command, control), time.monotonic())
    received(handle)
    assert handle.is_ready
    yield handle
    handle.close()


def received(fork_server: ForkServerHandle) -> int | None:
    ready, _, _ = select.select([fork_server.control], [], [], 20)
    assert ready
    return fork_server.receive()


def painted(
    fork_server: ForkServerHandle, size: tuple[int, int] = (80, 24), term: str = "", theme: str = ""
) -> bytes:
    """Request a worker for a new terminal; return what it paints."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    fork_server.requested, line = protocol.pair()
    request = protocol.WorkerRequest(size, term, {"theme": theme})
    protocol.send(fork_server.control, request, (theirs, theirs, line.fileno()))
    line.close()
    pidfd = received(fork_server)
    assert pidfd is not None
    data = b""
    while ready := select.select([ours], [], [], 0.3 if b"Colors" in data else 10)[0]:
        data += os.read(ours, 65536)
    assert b"Colors" in data, data
    assert fork_server.requested is not None
    fork_server.requested.close()
    fork_server.requested = None
    ready, _, _ = select.select([pidfd], [], [], 5)
    assert ready, "the worker outlived its lifeline"
    for descriptor in (ours, theirs, pidfd):
        os.close(descriptor)
    return data


def test_a_visit_paints_for_the_terminal_that_it_is_given(fork_server: ForkServerHandle) -> None:
    assert b"38;5;" in painted(fork_server)
    assert b"38;5;" not in painted(fork_server, term="linux")
    assert b"38;5;" in painted(fork_server, term="screen-256color")


def test_the_only_process_that_forks_has_one_thread(fork_server: ForkServerHandle) -> None:
    """A lock that another thread has would be closed for ever in the child."""
    painted(fork_server)
    assert os.listdir(f"/proc/{fork_server.pid}/task") == [str(fork_server.pid)]


@pytest.mark.slow
def test_another_size_is_drawn_at_that_size(fork_server: ForkServerHandle) -> None:
    for size in ((132, 43), (40, 15), (80, 24)):
        output = painted(fork_server, size)
        rows = {int(row) for row in re.findall(rb"\x1b\[(\d+);\d+H", output)}
        assert max(rows) == size[1]


LAST_ROW = b"\x1b[24;1H"


def shown(output: bytes) -> list[list[pyte.screens.Char]]:
    screen = pyte.Screen(80, 24)
    pyte.ByteStream(screen).feed(output)
    return [[screen.buffer[y][x] for x in range(80)] for y in range(24)]


def test_the_page_painted_before_the_fork_is_the_page(fork_server: ForkServerHandle) -> None:
    kept = painted(fork_server)
    redrawn = painted(fork_server, theme=DEFAULT_THEME)  # which it wears, but does not know
    assert (kept.count(LAST_ROW), redrawn.count(LAST_ROW)) == (1, 1)
    assert shown(kept) == shown(redrawn)
    assert "Colors" in "".join(char.data for row in shown(kept) for char in row)


def test_invalid_requests_are_dropped_and_the_next_is_served(fork_server: ForkServerHandle) -> None:
    with open(os.devnull) as null:
        for fields, count in (
            ({}, 3), ({"size": [80]}, 3), ({"size": "x"}, 0), ({"size": [80, 24]}, 2),
            ({"size": [80, 24], "term": "x" * 500, "language": 7}, 1),
        ):  # fmt: skip
            data = json.dumps({"kind": "worker-request", **fields}).encode()
            socket.send_fds(fork_server.control, [data], [null.fileno()] * count)
    assert b"START" in painted(fork_server)


def test_a_client_that_has_gone_gets_no_visit(fork_server: ForkServerHandle) -> None:
    ours, theirs = pty.openpty()
    mine, line = protocol.pair()
    mine.close()
    request = protocol.WorkerRequest((80, 24), "xterm-256color")
    protocol.send(fork_server.control, request, (theirs, theirs, line.fileno()))
    line.close()
    pidfd = received(fork_server)
    assert pidfd is not None
    ready, _, _ = select.select([pidfd], [], [], 5)
    assert ready, "a worker has begun"
    os.set_blocking(ours, False)
    with pytest.raises(BlockingIOError):
        os.read(ours, 1)
    for descriptor in (ours, theirs, pidfd):
        os.close(descriptor)


def test_rubbish_ends_the_fork_server(fork_server: ForkServerHandle) -> None:
    fork_server.control.send(json.dumps([1, 2]).encode())
    with pytest.raises(EOFError):
        received(fork_server)
