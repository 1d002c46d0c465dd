"""Random input at an unattended kiosk: it never ends, and the next visitor gets through."""

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

CHUNK = 400
"""Bytes that are written at a time."""


class MonkeyKiosk(Unattended):
    """A kiosk that is given random input."""

    def type_at_random(self, seed: int, count: int) -> int:
        """Send `count` random events; return how many bytes they were."""
        chance, byte_count, pending = random.Random(seed), 0, b""
        for number in range(count):
            pending += typed(chance, (80, 24))
            if len(pending) > CHUNK or number == count - 1:
                byte_count += len(pending)
                self.write(pending)
                pending = b""
            if number % 20_000 == 19_999:
                self.resize(chance.choice([(80, 24), (40, 15), (132, 43), (20, 5)]))
        self.resize((80, 24))
        return byte_count

    def write(self, pending: bytes) -> None:
        """Write, and discard the output meanwhile."""
        while pending:
            readable, writable, _ = select.select([self.fd], [self.fd], [], 10)
            assert readable or writable, "the terminal is dead"
            if readable:
                self.raw = os.read(self.fd, 65536)
            elif writable:
                pending = pending[os.write(self.fd, pending[:CHUNK]) :]


def rss(pid: int) -> int:
    """Pages that are resident."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])


def run_monkey(seed: int, count: int, folder: Path) -> None:
    with MonkeyKiosk(XDG_CACHE_HOME=str(folder)) as kiosk:
        kiosk.wait("START")
        began = time.monotonic()
        byte_count = kiosk.type_at_random(seed, count)
        took = time.monotonic() - began
        pids = kiosk.process_tree()
        most = max(rss(pid) for pid in pids) * 4 // 1024
        print(
            f"\n{count} events, {byte_count} bytes in {took:.0f} s; at most {most} MiB in a process"
        )
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


def test_twenty_thousand_random_events_leave_the_kiosk_usable(tmp_path: Path) -> None:
    run_monkey(21, 20_000, tmp_path)


@pytest.mark.second_tier
def test_a_million_random_events_leave_the_kiosk_usable(tmp_path: Path) -> None:
    run_monkey(22, 1_000_000, tmp_path)
