"""Nothing that a visitor meets depends on what the wall clock says: it may jump by ten years."""

from __future__ import annotations

import ast

import pytest

from tests.support.shipped import ROOT

WALL = {"time", "localtime", "gmtime", "now", "today", "utcnow", "CLOCK_REALTIME"}


def asked_of_clocks(source: str) -> set[str]:
    """The names of `time` and `datetime` that a source uses as attributes."""
    return {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("time", "datetime", "date")
    }


def test_no_wall_clock_is_asked() -> None:
    packages = ("core", "ui", "lines", "terminal", "serve", "worker", "site")
    files = [file for name in packages for file in (ROOT / "kiosk" / name).rglob("*.py")]
    files.append(ROOT / "kiosk" / "cli" / "visitors" / "run.py")
    asked = {
        str(file.relative_to(ROOT / "kiosk")): asked_of_clocks(file.read_text()) for file in files
    }
    asking = {name: clocks & WALL for name, clocks in asked.items() if clocks & WALL}
    assert asking == {"site/signers.py": {"now"}}, "only a review's dates are of the calendar"
    assert "CLOCK_BOOTTIME" in asked_of_clocks((ROOT / "kiosk" / "system" / "clock.py").read_text())


@pytest.mark.parametrize("slip", ["time.time()", "datetime.now()", "date.today()"])
def test_one_that_slips_in_is_found(slip: str) -> None:
    assert asked_of_clocks(f"x = {slip}") & WALL
