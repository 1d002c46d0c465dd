"""A monkey at an unattended kiosk in a real terminal: it never ends, and the next one gets in."""

from __future__ import annotations

import os
import random
import select
import time
from pathlib import Path

import pytest

from tests.support.terminal.unattended import Unattended, state
from tests.support.terminal.visitors import NOT_OURS, honest_visitor
from tests.support.ui.monkey_input import typed

PIECE = 400
"""Bytes that are written at a time; what the kiosk cannot take it drops."""


class Caged(Unattended):
    """A kiosk and its monkey."""

    def rave(self, seed: int, count: int) -> int:
        """Do `count` things; how many bytes they were."""
        chance, told, waiting = random.Random(seed), 0, b""
        for number in range(count):
            waiting += typed(chance, (80, 24))
            if len(waiting) > PIECE or number == count - 1:
                told += len(waiting)
                self.write(waiting)
                waiting = b""
            if number % 20_000 == 19_999:
                self.resize(chance.choice([(80, 24), (40, 15), (132, 43), (20, 5)]))
        self.resize((80, 24))
        return told

    def write(self, waiting: bytes) -> None:
        """Write, and read what comes meanwhile; nothing of it is drawn here."""
        while waiting:
            readable, writable, _ = select.select([self.fd], [self.fd], [], 10)
            assert readable or writable, "the terminal is dead"
            if readable:
                self.raw = os.read(self.fd, 65536)
            elif writable:
                waiting = waiting[os.write(self.fd, waiting[:PIECE]) :]


def rss(pid: int) -> int:
    """Pages that are resident."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])


def raving(seed: int, count: int, folder: Path) -> None:
    with Caged(XDG_CACHE_HOME=str(folder)) as kiosk:
        kiosk.wait("START")
        began = time.monotonic()
        told = kiosk.rave(seed, count)
        took = time.monotonic() - began
        family = kiosk.family()
        most = max(rss(pid) for pid in family) * 4 // 1024
        print(f"\n{count} events, {told} bytes in {took:.0f} s; at most {most} MiB in a process")
        assert state(kiosk.pid)[0] != "Z"
        assert os.waitpid(kiosk.pid, os.WNOHANG) == (0, 0)
        assert most < 120
        time.sleep(2)
        kiosk.screen.reset()
        kiosk.resize((81, 24))
        kiosk.resize((80, 24))
        kiosk.settle(1)
        assert not [words for words in NOT_OURS if words in kiosk.text]
        honest_visitor(kiosk)


def test_a_monkey_leaves_the_kiosk_as_it_found_it(tmp_path: Path) -> None:
    raving(21, 20_000, tmp_path)


@pytest.mark.second_tier
def test_a_million_things_leave_the_kiosk_as_they_found_it(tmp_path: Path) -> None:
    raving(22, 1_000_000, tmp_path)
