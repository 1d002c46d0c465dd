"""A factory by itself: what it hands over, to which terminal, at which size."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path

import pyte
import pytest

from kiosk.cli.run import interpreter
from kiosk.serve import protocol
from kiosk.serve.console.main import _spawn
from kiosk.serve.forkserver.handle import ForkServerHandle
from kiosk.site.content import DEFAULT_THEME
from tests.support.terminal.warm_start import warmed


@pytest.fixture
def works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkServerHandle]:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    warmed({"XDG_CACHE_HOME": str(tmp_path)})
    command = interpreter("kiosk.worker.main", "{}")
    one = ForkServerHandle(lambda control: _spawn(command, control), time.monotonic())
    heard(one)
    assert one.is_ready
    yield one
    one.close()


def heard(works: ForkServerHandle) -> int | None:
    ready, _, _ = select.select([works.control], [], [], 20)
    assert ready
    return works.receive()


def painted(
    works: ForkServerHandle, size: tuple[int, int] = (80, 24), term: str = "", theme: str = ""
) -> bytes:
    """Ask for a visit in a terminal of its own; what it paints."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    works.asked, line = protocol.pair()
    told = {"size": size, "term": term, "theme": theme}
    protocol.send(works.control, told, (theirs, theirs, line.fileno()))
    line.close()
    pidfd = heard(works)
    assert pidfd is not None
    got = b""
    while ready := select.select([ours], [], [], 0.3 if b"Colours" in got else 10)[0]:
        got += os.read(ours, 65536)
    assert b"Colours" in got, got
    assert works.asked is not None
    works.asked.close()
    works.asked = None
    ready, _, _ = select.select([pidfd], [], [], 5)
    assert ready, "the visit outlived its lifeline"
    for descriptor in (ours, theirs, pidfd):
        os.close(descriptor)
    return got


def test_a_visit_paints_for_the_terminal_that_it_is_given(works: ForkServerHandle) -> None:
    assert b"38;5;" in painted(works)
    assert b"38;5;" not in painted(works, term="linux")
    assert b"38;5;" in painted(works, term="screen-256color")


def test_another_size_is_drawn_at_that_size(works: ForkServerHandle) -> None:
    for size in ((132, 43), (40, 15), (80, 24)):
        told = painted(works, size)
        rows = {int(row) for row in re.findall(rb"\x1b\[(\d+);\d+H", told)}
        assert max(rows) == size[1]


LAST_ROW = b"\x1b[24;1H"


def shown(told: bytes) -> list[list[pyte.screens.Char]]:
    screen = pyte.Screen(80, 24)
    pyte.ByteStream(screen).feed(told)
    return [[screen.buffer[y][x] for x in range(80)] for y in range(24)]


def test_the_page_painted_before_the_fork_is_the_page(works: ForkServerHandle) -> None:
    kept = painted(works)
    anew = painted(works, theme=DEFAULT_THEME)  # which it wears, but does not know
    assert (kept.count(LAST_ROW), anew.count(LAST_ROW)) == (1, 2)
    assert shown(kept) == shown(anew)
    assert "Colours" in "".join(char.data for row in shown(kept) for char in row)


def test_requests_that_are_none_are_dropped_and_the_next_is_served(works: ForkServerHandle) -> None:
    with open(os.devnull) as null:
        for told, count in (
            ({}, 3), ({"size": [80]}, 3), ({"size": "x"}, 0), ({"size": [80, 24]}, 2),
            ({"size": [80, 24], "term": "x" * 500, "language": 7}, 1),
        ):  # fmt: skip
            protocol.send(works.control, told, (null.fileno(),) * count)
    assert b"START" in painted(works)


def test_whose_client_has_gone_has_no_visit(works: ForkServerHandle) -> None:
    ours, theirs = pty.openpty()
    mine, line = protocol.pair()
    mine.close()
    told = {"size": [80, 24], "term": "xterm-256color"}
    protocol.send(works.control, told, (theirs, theirs, line.fileno()))
    line.close()
    pidfd = heard(works)
    assert pidfd is not None
    ready, _, _ = select.select([pidfd], [], [], 5)
    assert ready, "the visit has begun"
    os.set_blocking(ours, False)
    with pytest.raises(BlockingIOError):
        os.read(ours, 1)
    for descriptor in (ours, theirs, pidfd):
        os.close(descriptor)


def test_what_is_no_message_ends_the_factory(works: ForkServerHandle) -> None:
    works.control.send(json.dumps([1, 2]).encode())
    with pytest.raises(EOFError):
        heard(works)
