"""Visits that are told line by line, and how slowly they may be read."""

from __future__ import annotations

import time
from pathlib import Path

from tests.support.terminal.listeners import Attached, House


def test_a_visit_that_is_told_may_be_held_and_let_go(tmp_path: Path) -> None:
    with House(tmp_path / "house") as house, Attached(house, "plain") as kiosk:
        kiosk.wait("START")
        kiosk.press("\x13")  # Ctrl+S holds a terminal that edits lines; people read so
        kiosk.press("1\n")
        time.sleep(20)
        kiosk.press("\x11")
        kiosk.wait("Which best describes you?")
        assert house.status()["crashed"] == 0
