"""The claims for the unattended kiosk: how soon Welcome is back, and what it costs."""

from __future__ import annotations

import re
import statistics
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.library.pack.build import build_pack
from tests.support.perf.startup import start
from tests.support.shipped import CONTENT, THEMES
from tests.support.terminal.unattended import READERS, WELCOME, UndrawnKiosk, state

pytestmark = pytest.mark.second_tier
RESETS = 31
FRESH = 11
VISITS = 10_000
KIOSKS = 16
FIRST_VISITS = 50
"""Visits of each kiosk that are its first, and its last."""


def memory(pid: int, what: str = "VmRSS") -> float:
    """Return the memory of a process in MiB."""
    match = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert match
    return int(match[1]) / 1024


def test_a_reset_is_a_fraction_of_a_fresh_start(tmp_path: Path) -> None:
    pack = tmp_path / "bench.pack"
    build_pack(CONTENT, THEMES, pack)
    fresh = statistics.median(
        start(["-m", "kiosk", "--content", str(pack)], WELCOME, tmp_path)[0] for _ in range(FRESH)
    )
    with UndrawnKiosk(tmp_path, "--content", str(pack)) as kiosk:
        kiosk.read_until(WELCOME)
        time.sleep(1)
        took = []
        for _ in range(RESETS):
            took.append(kiosk.reset() * 1000)
            time.sleep(0.3)
        peak = memory(kiosk.pid, "VmHWM")
    median = statistics.median(took)
    print(f"\nreset to Welcome: median {median:.0f} ms, fresh process {fresh:.0f} ms: "
          f"{median / fresh:.2f}; supervisor {peak:.1f} MiB at most")  # fmt: skip
    assert median <= 50
    assert median <= fresh / 4
    assert peak <= 16


def test_the_bytes_of_a_page_are_within_their_bounds(tmp_path: Path) -> None:
    with UndrawnKiosk(tmp_path) as kiosk:
        first = kiosk.read_until(WELCOME)
        kiosk.settle(0.5)
        kiosk.press("1")
        readers = kiosk.read_until(READERS)
        kiosk.settle(0.5)
        bytes_before = len(kiosk.raw)
        kiosk.press("\x1b[B")
        kiosk.settle(0.5)
        move = len(kiosk.raw) - bytes_before
        kiosk.press("1")
        pages = []
        for _ in range(8):
            kiosk.settle(0.5)
            bytes_before = len(kiosk.raw)
            kiosk.press("n")
            kiosk.settle(0.5)
            pages.append(len(kiosk.raw) - bytes_before)
        bytes_before = len(kiosk.raw)
        kiosk.settle(12)
        idle = len(kiosk.raw) - bytes_before
    print(f"\nfirst paint {first} bytes, readers {readers}, list move {move}, "
          f"page {statistics.median(pages):.0f} (most {max(pages)}), idle {idle}")  # fmt: skip
    assert first <= 12_000
    assert move <= 3_000
    assert statistics.median(pages) <= 5_000
    assert idle == 0


def test_ten_thousand_visits_leak_nothing(tmp_path: Path) -> None:
    """Sixteen kiosks share the visits: most of a visit is a wait for its pages to be looked at."""
    pack = tmp_path / "bench.pack"
    build_pack(CONTENT, THEMES, pack)
    with ExitStack() as stack, ThreadPoolExecutor(KIOSKS) as threads:
        kiosks = []
        for number in range(KIOSKS):
            (folder := tmp_path / str(number)).mkdir()
            kiosks.append(stack.enter_context(UndrawnKiosk(folder, "--content", str(pack))))
            kiosks[-1].read_until(WELCOME)
        time.sleep(1)
        early = reset_all(threads, kiosks, FIRST_VISITS)
        before = resources_of(kiosks)
        took = reset_all(threads, kiosks, VISITS // KIOSKS - 2 * FIRST_VISITS)
        late = reset_all(threads, kiosks, FIRST_VISITS)
        after = resources_of(kiosks)
        journals = [kiosk.journal.read_text() for kiosk in kiosks]
        zombies = [
            sum(state(int(pid.name))[0] == "Z" for pid in pids() if is_child(kiosk, pid))
            for kiosk in kiosks
        ]
    ratio = statistics.median(late) / statistics.median(early)
    print(f"\n{len(early) + len(took) + len(late)} visits of {KIOSKS} kiosks: their supervisors "
          f"{before[0]:.1f} then {after[0]:.1f} MiB in all, descriptors and threads of the first "
          f"{before[1][0]} then {after[1][0]}, zombies {zombies}; the last {len(late)} started in "
          f"{ratio:.2f} of the first")  # fmt: skip
    assert len(early) + len(took) + len(late) == VISITS
    assert after[0] <= before[0] + 0.5
    assert after[1] == before[1]
    assert max(zombies) <= 1
    assert journals == [""] * KIOSKS
    assert ratio <= 1.10


def reset_all(threads: Executor, kiosks: list[UndrawnKiosk], visits: int) -> list[float]:
    """Begin and start over so many visits on each kiosk; return the seconds of all resets."""

    def reset(kiosk: UndrawnKiosk) -> list[float]:
        return [kiosk.reset() for _ in range(visits)]

    return [seconds for each in threads.map(reset, kiosks) for seconds in each]


def resources_of(kiosks: list[UndrawnKiosk]) -> tuple[float, list[list[tuple[int, int]]]]:
    """Return the memory of all supervisors in MiB, and the counts of each kiosk, once the workers
    of their next visits are ready.
    """
    time.sleep(2)
    return sum(memory(kiosk.pid) for kiosk in kiosks), [resource_counts(one) for one in kiosks]


def resource_counts(kiosk: UndrawnKiosk) -> list[tuple[int, int]]:
    """Count the descriptors and threads of the supervisor and its fork servers."""
    zombies_seen = []
    for pid in (kiosk.pid, *kiosk.fork_servers()):
        folder = Path(f"/proc/{pid}")
        zombies_seen.append(
            (len(list((folder / "fd").iterdir())), len(list((folder / "task").iterdir())))
        )
    return zombies_seen


def pids() -> list[Path]:
    return [path for path in Path("/proc").iterdir() if path.name.isdecimal()]


def is_child(kiosk: UndrawnKiosk, process: Path) -> bool:
    return int(state(int(process.name))[1]) in (kiosk.pid, *kiosk.fork_servers())
