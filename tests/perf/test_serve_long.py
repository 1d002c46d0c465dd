"""The claims for many sessions in the long run: a day of them, and a thousand connections."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from tests.support.perf.load import Load
from tests.support.perf.running_server import LIST, percentile, print_row, serve_kiosk
from tests.support.terminal.kiosk_server import wait_until

pytestmark = pytest.mark.second_tier


@pytest.mark.parametrize(("rounds", "visitors"), [(11, 40), (25, 400)])
def test_ten_thousand_sessions_leak_nothing(
    tmp_path: Path, pack: Path, rounds: int, visitors: int
) -> None:
    """A few rounds, and the ten thousand sessions of a day."""
    with serve_kiosk(tmp_path / "server", pack) as (server, endpoint), Load(server.port) as load:
        resources, closing_times = [], []
        for _ in range(rounds):
            assert not load.open(visitors, at_once=8).failed
            load.press(("1",), every=2, seconds=2)
            load.close(how="abort")
            closing_times.append(
                wait_until(lambda: not endpoint.server.workers(), "some visits are left", 10)
            )
            time.sleep(1)
            _, mebibytes, processes = server.cost()
            resources.append((round(mebibytes, 1), processes, endpoint.server.descriptors()))
        print_row(f"{rounds} rounds of {visitors}: MiB, processes, descriptors",
             *(str(resources[index]) for index in (0, 1, rounds // 2, -1)),
             f"all gone after {max(closing_times):.1f} s at most")  # fmt: skip
        assert resources[-1][1:] == resources[1][1:]
        assert resources[-1][0] <= resources[1][0] * 1.05
        assert max(closing_times) <= 2.0
        wait_until(lambda: not endpoint.server.zombies(), "some of the dead are not reaped", 2)
        assert endpoint.server.journal.count("\n") <= 2


def test_a_thousand_connections_delay_no_open_session(tmp_path: Path, pack: Path) -> None:
    with contextlib.ExitStack() as stack:
        server, endpoint = stack.enter_context(
            serve_kiosk(tmp_path / "server", pack, max_sessions=100)
        )
        inside, crowd = (stack.enter_context(Load(server.port)) for _ in range(2))
        assert not inside.open(100, at_once=4).failed
        inside.press(("1",), every=2, seconds=2)
        calm = inside.press(LIST, every=2, seconds=10)
        before = endpoint.server.descriptors()
        came = crowd.open(900, at_once=50)
        busy = inside.press(LIST, every=2, seconds=10)
        print_row("1,000 connections", f"refused {came.failed}",
             f"refused after {percentile(0.5, came.refused):.0f} ms, most {max(came.refused):.0f}",
             f"p99 of open sessions {percentile(0.99, calm.paint):.1f} ms before, "
             f"{percentile(0.99, busy.paint):.1f} ms during")  # fmt: skip
        assert not came.paint
        assert sum(came.failed.values()) == 900
        assert all("busy" in words for words in came.failed)
        assert busy.lost == 0
        assert percentile(0.99, busy.paint) <= max(25.0, 2 * percentile(0.99, calm.paint))
        assert inside.watch(0.1)[1] == 100
        wait_until(lambda: endpoint.server.descriptors() <= before, "descriptors are left", 10)
