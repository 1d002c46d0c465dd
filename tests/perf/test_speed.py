"""The claims of the README on speed and memory, as ratios to a blank Textual app."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest

from kiosk.library.pack.build import build_pack
from tests.support.perf.startup import start
from tests.support.shipped import CONTENT, THEMES
from tests.support.ui.pilot import kind, screen, to_door, visit

pytestmark = pytest.mark.second_tier
BLANK = """
from textual.app import App
from textual.widgets import Static
class Blank(App):
    def compose(self):
        yield Static("blank-app")
Blank().run()
"""
RUNS = 11


Medians = dict[tuple[str, int], float]


def medians(folder: Path, arguments: list[str], marker: bytes) -> Medians:
    """Return the median milliseconds (0) and MiB (1) of `kiosk` and of a blank app, run in turn."""
    pack = folder / "shipped.pack"
    build_pack(CONTENT, THEMES, pack)
    (folder / "blank.py").write_text(BLANK)
    commands = {
        "kiosk": (["-m", "kiosk", *arguments, str(pack)], marker),
        "blank": ([str(folder / "blank.py")], b"blank-app"),
    }
    for command, marker in commands.values():
        start(command, marker, folder)
    runs = [
        {name: start(command, marker, folder) for name, (command, marker) in commands.items()}
        for _ in range(RUNS)
    ]
    return {
        (name, i): statistics.median(run[name][i] for run in runs)
        for name in commands
        for i in (0, 1)
    }


def test_a_cold_start_takes_a_quarter_more_than_a_blank_app_and_its_memory_a_fifth(
    tmp_path: Path,
) -> None:
    median_of = medians(tmp_path, ["run"], b"Quit")
    bounds = (("ms to the first whole screen", 1.25), ("MiB at most", 1.2))
    for i, (unit, bound) in enumerate(bounds):
        kiosk, blank = median_of["kiosk", i], median_of["blank", i]
        print(f"\nkiosk {kiosk:.0f}, blank {blank:.0f} {unit}: {kiosk / blank:.2f}")
        assert kiosk / blank <= bound


def test_the_first_prompt_of_read_comes_in_less_than_half_of_a_blank_app(tmp_path: Path) -> None:
    median_of = medians(tmp_path, ["read"], b"\n> ")
    kiosk, blank = median_of["kiosk", 0], median_of["blank", 0]
    print(
        f"\nkiosk read {kiosk:.0f}, blank {blank:.0f} ms to the first prompt: {kiosk / blank:.2f}"
    )
    assert kiosk / blank <= 0.45


async def test_opening_a_section_takes_a_frame() -> None:
    async with visit() as (pilot, _):
        await pilot.press("enter", "enter")
        took = []
        for _ in range(60):
            for key in ("n", "b"):
                began = time.perf_counter()
                pilot.app.screen.on_key(_key(key))  # type: ignore[attr-defined]
                screen(pilot)
                took.append((time.perf_counter() - began) * 1000)
        print(f"\nopening a section: median {statistics.median(took):.1f} ms")
        assert statistics.median(took) <= 12


async def test_a_key_on_the_longest_page_repaints_in_time() -> None:
    async with visit() as (pilot, _):
        await to_door(pilot)
        await pilot.press("p")
        took = []
        for n in range(300):
            began = time.perf_counter()
            pilot.app.screen.on_key(_key("pagedown" if n % 2 else "pageup"))  # type: ignore[attr-defined]
            screen(pilot)
            took.append((time.perf_counter() - began) * 1000)
        worst = sorted(took)[int(len(took) * 0.99) - 1]
        print(f"\nkey to repaint on the longest page: p99 {worst:.1f} ms")
        assert kind(pilot).value == "policy"
        assert worst <= 20


def _key(name: str):  # type: ignore[no-untyped-def]
    from textual.events import Key

    return Key(name, name if len(name) == 1 else None)
