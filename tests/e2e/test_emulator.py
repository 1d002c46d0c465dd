"""Mouse and wheel as a real terminal emulator reports them, under a virtual display."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal.terminal import ROOT

TOOLS = ("Xvfb", "xterm", "xdotool", "script")
LACKING = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(
    bool(LACKING),
    reason=f"THIS MACHINE LACKS {', '.join(LACKING)} (apt install xvfb xterm xdotool): "
    "no touch was tried in a real terminal emulator",
)
CELL = (6, 13)
"""Pixels of a character of the font `fixed`."""


class Emulator:
    """xterm at 80x24 with the unattended kiosk in it."""

    def __init__(self, folder: Path) -> None:
        self.typescript = folder / "typescript"
        self.display = f":{100 + os.getpid() % 800}"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = ["Xvfb", self.display, "-screen", "0", "640x480x24", "-nolisten", "tcp"]
        self.environment = {"DISPLAY": self.display, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        self.x = subprocess.Popen(server, **quiet)  # type: ignore[call-overload]
        time.sleep(1)
        kiosk = f"{sys.executable} -m kiosk run --unattended"
        self.xterm = subprocess.Popen(
            ["xterm", "-b", "0", "+sb", "-fn", "fixed", "-geometry", "80x24+0+0", "-e",
             "script", "-qfc", kiosk, str(self.typescript)],
            cwd=ROOT, env={**self.environment, "XDG_CACHE_HOME": str(folder)}, **quiet,
        )  # type: ignore[call-overload]  # fmt: skip

    @property
    def output(self) -> str:
        """Everything that the kiosk has written to its terminal."""
        file = self.typescript
        return file.read_text(errors="replace") if file.exists() else ""

    def wait(self, words: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while words not in self.output:
            assert time.monotonic() < end, f"{words!r} was not drawn"
            time.sleep(0.05)

    def xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.environment, check=True)
        time.sleep(0.6)  # a page that nobody can have seen yet is not left

    def click(self, column: int, row: int, button: str = "1") -> None:
        """Click on a character cell; columns and rows count from 0."""
        x, y = column * CELL[0] + CELL[0] // 2, row * CELL[1] + CELL[1] // 2
        self.xdotool("mousemove", str(x), str(y), "click", button)

    def close(self) -> None:
        for process in (self.xterm, self.x):
            process.kill()
            process.wait()
        subprocess.run(["pkill", "-f", str(self.typescript)], check=False)


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    emulator = Emulator(tmp_path)
    yield emulator
    emulator.close()


def test_a_touch_selects_and_the_other_buttons_do_nothing(emulator: Emulator) -> None:
    emulator.wait("START")
    emulator.click(40, 15, button="2")
    emulator.click(40, 15, button="3")
    emulator.click(10, 20)
    assert "Which best describes you?" not in emulator.output
    emulator.click(10, 15)
    emulator.wait("Which best describes you?")
    emulator.click(20, 6)
    emulator.wait("Step 1 of 10")
    emulator.click(60, 21)
    emulator.wait("Step 2 of 10")
    emulator.click(18, 23)
    emulator.wait("Up and Down move the mark")
