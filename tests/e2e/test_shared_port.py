"""Two servers at one port: each has some of the visitors, and either may go."""

from __future__ import annotations

import contextlib
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.support.terminal.listeners import Door, House, free_port, listens, until_true
from tests.support.terminal.terminal import Terminal

pytestmark = pytest.mark.skipif(
    not shutil.which("ssh"), reason="THIS MACHINE LACKS ssh: nothing of the SSH door is tested"
)
MOST = 30
"""Visitors at most until both have some: all to one server once in 2 ** 29 runs."""


def come(crowd: contextlib.ExitStack, door: Door) -> Terminal:
    """One visitor more, who stays."""
    kiosk = crowd.enter_context(door.visitor())
    kiosk.wait("START")
    return kiosk


def visits(house: House) -> int:
    """By its processes: a house that closes answers no question any more."""
    return len(house.visits())


def test_each_has_some_of_the_visitors_and_either_may_go(tmp_path: Path) -> None:
    port = free_port()
    settings = f'[ssh]\naddress = "127.0.0.1"\nport = {port}\nreuse-port = true\n'
    with contextlib.ExitStack() as crowd:
        one, other = (
            crowd.enter_context(House(tmp_path / name, "--ssh", settings=settings))
            for name in ("one", "other")
        )
        until_true(lambda: listens(port), "nobody listens")
        door = Door(one, port, "visitor")
        came: list[Terminal] = []
        while not (visits(one) and visits(other)):
            assert len(came) < MOST
            came.append(come(crowd, door))
        assert visits(one) + visits(other) == len(came)

        for kiosk in came:
            kiosk.press("1")
            kiosk.wait("Which best describes you?")
        stay = visits(one)
        one.signal(signal.SIGTERM)
        time.sleep(1.5)
        before = visits(other)
        late = [come(crowd, door) for _ in range(4)]
        assert visits(other) == before + len(late), "who comes now comes to the one that is open"
        assert visits(one) == stay > 0, "those who are there stay"
        for kiosk in came:
            kiosk.press("n")
            kiosk.settle(0.05)
        one.signal(signal.SIGTERM)
        assert one.wait(20) == 0
        assert visits(other) == before + len(late)

        other.signal(signal.SIGTERM)
        time.sleep(1.5)  # two at once would be one
        other.signal(signal.SIGTERM)
        assert other.wait(20) == 0
