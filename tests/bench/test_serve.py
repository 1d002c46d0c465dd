"""What is claimed of many visits on one machine, beside a fresh Python process a session.

All in one run: the door, `fresh` and `echo` behind the same SSH library, by the same load. The load
has one of the two cores that these figures are meant for: see what `late` says of it.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.library.build import build_pack
from tests.bench.family import family, memory, spent
from tests.bench.gc_watch import TOLD
from tests.bench.load import Load, Pressed
from tests.bench.test_speed import start
from tests.blackbox.doors import Door, House, own_door, until_true
from tests.blackbox.terminal import ROOT
from tests.shipped import CONTENT, THEMES

pytestmark = pytest.mark.second_tier
LIST = ("\x1b[B", "\x1b[A")
"""Two keys that move the choice of a list, there and back: each paints."""
PAGES = ("n", "b")
NO_LIMITS = (
    "[serve]\nvisits = {visits}\nmemory = 128\n[ssh]\nconnections = 1500\n"
    "connections-from-one = 1500\na-minute = 0\na-minute-from-one = 0\narriving = 1500\n"
)
"""Of who may come; each visit has its own."""


@dataclass(frozen=True)
class Server:
    """A server that a load is for."""

    port: int
    pid: int

    def cost(self) -> tuple[float, float, int]:
        """Seconds of processor so far, MiB, processes."""
        all_of_it = family(self.pid)
        return spent(all_of_it), memory(all_of_it), len(all_of_it)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("packs") / "bench.pack"
    build_pack(CONTENT, THEMES, file)
    return file


@contextlib.contextmanager
def baseline(kind: str, pack: Path) -> Iterator[Server]:
    """`fresh` or `echo`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.baseline", kind, str(pack)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    try:
        yield Server(int(process.stdout.readline()), process.pid)
    finally:
        process.stdin.close()
        process.wait(20)


@contextlib.contextmanager
def door(
    folder: Path, pack: Path, visits: int = 500, *, watched: bool = False
) -> Iterator[tuple[Server, Door]]:
    """`kiosk serve ssh`."""
    settings = NO_LIMITS.format(visits=visits)
    with own_door(folder, "--content", str(pack), settings=settings, watched=watched) as one:
        time.sleep(1)
        yield Server(one.port, one.house.pid), one


@contextlib.contextmanager
def three(folder: Path, pack: Path) -> Iterator[dict[str, tuple[Server, Load]]]:
    """The door and both it is measured against, each with a load of its own."""
    with contextlib.ExitStack() as stack:
        servers = {
            "kiosk": stack.enter_context(door(folder, pack))[0],
            "fresh": stack.enter_context(baseline("fresh", pack)),
            "echo": stack.enter_context(baseline("echo", pack)),
        }
        yield {
            name: (server, stack.enter_context(Load(server.port)))
            for name, server in servers.items()
        }


def told(what: str, *figures: str) -> None:
    """Print a row of the table, with what else the machine had to do."""
    print(f"\n{what}: {'; '.join(figures)} [load average {os.getloadavg()[0]:.1f}]")


def at(share: float, figures: Sequence[float]) -> float:
    """The figure below which that share is."""
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]


def test_the_first_page_comes_in_an_eighth_of_a_fresh_process(tmp_path: Path, pack: Path) -> None:
    paint: dict[str, list[float]] = {"kiosk": [], "fresh": [], "echo": []}
    cost: dict[str, list[float]] = {"kiosk": [], "fresh": [], "echo": []}
    with three(tmp_path / "house", pack) as all_three:
        for _, load in all_three.values():
            load.open(2)
            load.close()
        for _ in range(20):
            for name, (server, load) in all_three.items():
                before = server.cost()[0]
                came = load.open(1)
                assert not came.failed
                paint[name] += came.paint
                assert max(came.sent) <= 12_000
                load.watch(0.4)  # what is made ready for the next one is counted, too
                cost[name].append(server.cost()[0] - before)
                load.close()
                load.watch(0.1)
    middle = {name: statistics.median(found) for name, found in paint.items()}
    processor = {name: statistics.mean(found) * 1000 for name, found in cost.items()}
    told(
        "connect to first page, median ms",
        *(f"{name} {took:.1f}" for name, took in middle.items()),
        f"{middle['kiosk'] / middle['fresh']:.3f} of fresh, echo + "
        f"{middle['kiosk'] - middle['echo']:.1f}",
    )
    told(
        "processor a session, mean ms",
        *(f"{name} {took:.1f}" for name, took in processor.items()),
        f"{processor['kiosk'] / processor['fresh']:.3f} of fresh",
    )
    assert middle["kiosk"] <= middle["fresh"] / 8
    assert processor["kiosk"] <= processor["fresh"] / 6


def test_a_burst_of_a_hundred_takes_a_tenth(tmp_path: Path, pack: Path) -> None:
    middle = {}
    with three(tmp_path / "house", pack) as all_three:
        for name in ("kiosk", "fresh"):
            load = all_three[name][1]
            load.open(2)
            came = load.open(100, at_once=100, patience=120)
            assert not came.failed
            middle[name] = statistics.median(came.paint)
            told(f"burst of 100, {name}", f"median {middle[name]:.0f} ms",
                 f"most {max(came.paint):.0f}")  # fmt: skip
            load.close(how="abort")
            load.watch(2)
    told("burst of 100", f"{middle['kiosk'] / middle['fresh']:.3f} of fresh")
    assert middle["kiosk"] <= middle["fresh"] / 10


def test_memory_of_a_session(tmp_path: Path, pack: Path) -> None:
    own: dict[str, list[float]] = {}
    with three(tmp_path / "house", pack) as all_three:
        for name, count in (("kiosk", 50), ("fresh", 20)):
            server, load = all_three[name]
            before = server.cost()[1]
            assert not load.open(count, at_once=4).failed
            load.watch(2)
            own[name] = [(server.cost()[1] - before) / count]
            load.press(("1",), every=1, seconds=1)
            load.press(LIST, every=0.4, seconds=64)
            load.press(("1",), every=1, seconds=1)
            load.press(PAGES, every=0.4, seconds=16)
            own[name].append((server.cost()[1] - before) / count)
            load.close(how="abort")
    for name, (painted, pressed) in own.items():
        told(f"own memory a session, {name}", f"painted {painted:.1f} MiB",
             f"after 200 keys {pressed:.1f}")  # fmt: skip
    assert own["kiosk"][0] <= 9.0
    assert own["kiosk"][1] <= 12.0
    assert own["kiosk"][0] <= own["fresh"][0] * 9 / 26


@pytest.mark.parametrize(("visitors", "seconds"), [(50, 20.0), (400, 120.0)])
def test_keys_of_many_visitors_paint_in_time(
    tmp_path: Path, pack: Path, visitors: int, seconds: float
) -> None:
    with door(tmp_path / "house", pack) as (server, one), Load(server.port) as load:
        came = load.open(visitors, at_once=4)
        assert not came.failed
        load.press(("1",), every=2, seconds=2)
        began, before = time.monotonic(), server.cost()[0]
        found = load.press(LIST, every=2, seconds=seconds)
        core = (server.cost()[0] - before) / (time.monotonic() - began)
        tell_of_keys(found, visitors, core)
        assert found.lost == 0
        assert load.watch(0.1)[1] == visitors
        assert at(0.5, found.paint) <= 8
        assert at(0.99, found.paint) <= 25
        load.close(how="abort")
        took = until_true(lambda: not one.house.visits(), "some visits are left", 10)
        told(f"{visitors} gone", f"{took:.1f} s after closing")
        assert took <= 2.0
        assert one.house.zombies() == []


def tell_of_keys(found: Pressed, visitors: int, core: float) -> None:
    told(
        f"{visitors} visitors, a key every 2 s: key to page",
        f"p50 {at(0.5, found.paint):.1f} ms, p99 {at(0.99, found.paint):.1f}, "
        f"most {max(found.paint):.0f}",
        f"{found.lost} of {len(found.paint) + found.lost} lost",
        f"{core * 100:.0f} % of a core",
        f"the load itself late by p99 {at(0.99, found.late):.1f} ms",
    )


def test_a_hundred_who_do_nothing_cost_next_to_nothing(tmp_path: Path, pack: Path) -> None:
    with door(tmp_path / "house", pack) as (server, _), Load(server.port) as load:
        assert not load.open(100, at_once=4).failed
        load.watch(5)
        before = server.cost()[0]
        _, alive = load.watch(60)
        core = (server.cost()[0] - before) / 60 * 100
        told("100 idle visits", f"{core:.2f} % of a core")
        assert alive == 100
        assert core <= 0.5


def test_rounds_leave_nothing_behind(tmp_path: Path, pack: Path) -> None:
    with door(tmp_path / "house", pack) as (server, one), Load(server.port) as load:
        held = []
        for _ in range(11):
            assert not load.open(40, at_once=10).failed
            load.press(("1",), every=0.5, seconds=0.5)
            load.close(how="abort")
            until_true(lambda: not one.house.visits(), "some visits are left")
            time.sleep(1)
            _, mebibytes, processes = server.cost()
            held.append((mebibytes, processes, one.house.descriptors()))
        told("eleven rounds of 40: MiB, processes, descriptors", *map(str, held))
        assert held[-1][1:] == held[1][1:]
        assert held[-1][0] <= held[1][0] * 1.05
        assert one.house.zombies() == []
        assert one.house.journal.count("\n") <= 2


def test_garbage_never_stops_a_server_for_long(tmp_path: Path, pack: Path) -> None:
    house = tmp_path / "house"
    with door(house, pack, watched=True) as (server, _), Load(server.port) as load:
        assert not load.open(200, at_once=4).failed
        load.press(("1",), every=2, seconds=2)
        begun = (house / TOLD).read_text().count("\n")
        found = load.press(LIST, every=2, seconds=20)
        for _ in range(5):  # arrivals and departures make the garbage
            load.close(40)
            assert not load.open(40, at_once=4).failed
        rows = [line.split() for line in (house / TOLD).read_text().splitlines()[begun:]]
        pauses = [float(row[0]) for row in rows]
        told(f"{len(pauses)} garbage collections of the server", f"longest {max(pauses):.1f} ms",
             f"most key to page {max(found.paint):.0f} ms")  # fmt: skip
        assert pauses
        assert max(pauses) <= 20
        assert "2" not in {row[1] for row in rows}


def test_attach_paints_in_a_fraction_of_a_blank_app(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "blank.py").write_text(BLANK)
    took: dict[str, list[float]] = {"attach": [], "blank": []}
    with House(tmp_path / "house", "--content", str(pack)) as house:
        time.sleep(1)
        attach = ["-m", "kiosk", "attach", "--socket", str(house.socket)]
        for _ in range(12):
            took["attach"].append(start(attach, b"Colours", tmp_path)[0])
            time.sleep(0.4)
            took["blank"].append(start([str(tmp_path / "blank.py")], b"blank-app", tmp_path)[0])
    middle = {name: statistics.median(found[1:]) for name, found in took.items()}
    told("first page", f"attach {middle['attach']:.0f} ms, blank app {middle['blank']:.0f}",
         f"{middle['attach'] / middle['blank']:.3f}")  # fmt: skip
    assert middle["attach"] <= 0.15 * middle["blank"]


BLANK = """
from textual.app import App
from textual.widgets import Static
class Blank(App):
    def compose(self):
        yield Static("blank-app")
Blank().run()
"""


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
