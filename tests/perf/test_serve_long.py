"""What is claimed of many visits in the long run: a day of them, and a thousand at once."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from tests.support.perf.load import Load
from tests.support.perf.running_server import LIST, at, door, told
from tests.support.terminal.listeners import until_true

pytestmark = pytest.mark.second_tier


@pytest.mark.parametrize(("rounds", "visitors"), [(11, 40), (25, 400)])
def test_rounds_leave_nothing_behind(
    tmp_path: Path, pack: Path, rounds: int, visitors: int
) -> None:
    """A few, and the ten thousand visits of a day."""
    with door(tmp_path / "house", pack) as (server, one), Load(server.port) as load:
        held, gone = [], []
        for _ in range(rounds):
            assert not load.open(visitors, at_once=8).failed
            load.press(("1",), every=2, seconds=2)
            load.close(how="abort")
            gone.append(until_true(lambda: not one.house.visits(), "some visits are left", 10))
            time.sleep(1)
            _, mebibytes, processes = server.cost()
            held.append((round(mebibytes, 1), processes, one.house.descriptors()))
        told(f"{rounds} rounds of {visitors}: MiB, processes, descriptors",
             *(str(one) for one in (held[0], held[1], held[len(held) // 2], held[-1])),
             f"all gone after {max(gone):.1f} s at most")  # fmt: skip
        assert held[-1][1:] == held[1][1:]
        assert held[-1][0] <= held[1][0] * 1.05
        assert max(gone) <= 2.0
        until_true(lambda: not one.house.zombies(), "some of the dead are not reaped", 2)
        assert one.house.journal.count("\n") <= 2


def test_a_thousand_connections(tmp_path: Path, pack: Path) -> None:
    with contextlib.ExitStack() as stack:
        server, one = stack.enter_context(door(tmp_path / "house", pack, visits=100))
        inside, crowd = (stack.enter_context(Load(server.port)) for _ in range(2))
        assert not inside.open(100, at_once=4).failed
        inside.press(("1",), every=2, seconds=2)
        calm = inside.press(LIST, every=2, seconds=10)
        before = one.house.descriptors()
        came = crowd.open(900, at_once=50)
        busy = inside.press(LIST, every=2, seconds=10)
        told("1,000 connections", f"refused {came.failed}",
             f"each knew after {at(0.5, came.refused):.0f} ms, most {max(came.refused):.0f}",
             f"those inside: p99 {at(0.99, calm.paint):.1f} then {at(0.99, busy.paint):.1f} ms",
             )  # fmt: skip
        assert not came.paint
        assert sum(came.failed.values()) == 900
        assert all("busy" in words for words in came.failed)
        assert busy.lost == 0
        assert at(0.99, busy.paint) <= max(25.0, 2 * at(0.99, calm.paint))
        assert inside.watch(0.1)[1] == 100
        until_true(lambda: one.house.descriptors() <= before, "descriptors are left", 10)
