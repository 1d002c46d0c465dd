"""A house of the test's own, and terminals that `kiosk attach` hands over to it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

from tests.blackbox.terminal import ROOT, Terminal
from tests.blackbox.unattended import parent, processes


class Housed:
    """`kiosk serve` with its socket in `folder`; ended at the end."""

    def __init__(self, folder: Path, *arguments: str, settings: str = "") -> None:
        self.folder = folder
        self.path = folder / "kiosk.sock"
        self.journal = folder / f"journal-{time.monotonic_ns()}"
        config = folder / "kiosk.toml"
        if settings or not config.exists():
            config.write_text(settings)
        command = [sys.executable, "-m", "kiosk", "serve", "--socket", str(self.path)]
        environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(folder)}
        with self.journal.open("w") as journal:
            self.process = subprocess.Popen(
                [*command, "--config", str(config), *arguments],
                cwd=ROOT, env=environment, stdout=journal, stderr=journal,
            )  # fmt: skip
        self.wait_for("kiosk: open")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wait_for(self, line: str, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while line not in self.journal.read_text():
            assert time.monotonic() < end, self.journal.read_text()
            assert self.process.poll() is None, self.journal.read_text()
            time.sleep(0.02)

    def attach(self, *arguments: str, size: tuple[int, int] = (80, 24), **more: str) -> Terminal:
        return Attached("--socket", str(self.path), *arguments, size=size, **more)

    def status(self) -> dict[str, Any]:
        asked = [sys.executable, "-m", "kiosk", "serve", "status", "--json"]
        ran = subprocess.run(
            [*asked, "--socket", str(self.path)],
            cwd=ROOT, capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(ran.stdout)
        return found

    def factories(self) -> list[int]:
        return [pid for pid in processes() if parent(pid) == self.process.pid and is_factory(pid)]

    def until(self, seconds: float = 10, **numbers: int) -> None:
        """Until the status says these numbers."""
        end = time.monotonic() + seconds
        while (told := {key: self.status()[key] for key in numbers}) != numbers:
            assert time.monotonic() < end, told
            time.sleep(0.1)


class Attached(Terminal):
    """`kiosk attach` in a terminal."""

    command = ("-m", "kiosk", "attach")


def is_factory(pid: int) -> bool:
    """Whether a process was started as one; what it forked looks the same, but has a parent."""
    try:
        told = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return re.search(rb"kiosk\.visits", told) is not None
