"""What is claimed of many visits on one machine, beside a fresh Python process a session.

All in one run: the door, `fresh` and `echo` behind the same SSH library, by the same load. The load
has one of the two cores that these figures are meant for: see what `late` says of it.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.perf.gc_watch import TOLD
from tests.support.perf.load import Load, Pressed
from tests.support.perf.running_server import LIST, PAGES, Server, at, baseline, door, told
from tests.support.perf.startup import start
from tests.support.terminal.listeners import House, until_true

pytestmark = pytest.mark.second_tier


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
        until_true(lambda: not one.house.zombies(), "some of the dead are not reaped", 2)


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
