"""What a house must bear: another that fails beside it, and a terminal that is held."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.blackbox.doors import Attached, House, own_door
from tests.blackbox.terminal import ROOT


def test_a_second_house_that_finds_the_port_taken_harms_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    with own_door(folder) as door:
        for _ in range(2):
            second = subprocess.run(
                [sys.executable, "-m", "kiosk", "serve", "ssh", "--config", str(door.house.config)],
                cwd=ROOT, capture_output=True, timeout=30, check=False,
                env={
                    "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(folder),
                    "RUNTIME_DIRECTORY": str(folder), "STATE_DIRECTORY": str(folder),
                },
            )  # fmt: skip
            assert second.returncode == 1
            time.sleep(1.5)
            assert door.house.socket.exists()
            assert not door.house.status()["draining"]
        with Attached(door.house) as kiosk:
            kiosk.wait("START")


def test_a_visit_that_is_told_may_be_held_and_let_go(tmp_path: Path) -> None:
    with House(tmp_path / "house") as house, Attached(house, "plain") as kiosk:
        kiosk.wait("START")
        kiosk.press("\x13")  # Ctrl+S holds a terminal that edits lines; people read so
        kiosk.press("1\n")
        time.sleep(20)
        kiosk.press("\x11")
        kiosk.wait("Which best describes you?")
        assert house.status()["crashed"] == 0
