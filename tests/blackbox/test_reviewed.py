"""What a house must bear: another that fails beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.blackbox.doors import Attached, own_door
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
