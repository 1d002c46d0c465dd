"""Start a command in a pseudo-terminal and measure it."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
import time
from pathlib import Path

from tests.support.shipped import ROOT


def start(command: list[str], marker: bytes, cache: Path) -> tuple[float, float]:
    """Return the milliseconds until `marker` is written, and the peak resident memory in MiB."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        environment = {
            "TERM": "xterm-256color", "PATH": os.environ["PATH"], "COLUMNS": "80", "LINES": "24",
            "PYTHONPYCACHEPREFIX": str(cache / "pyc"), "XDG_CACHE_HOME": str(cache),
        }  # fmt: skip
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, *command], environment)
    output = b""
    while marker not in output:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, output
        output += os.read(terminal, 65536)
    took = (time.perf_counter() - began) * 1000
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert peak
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(terminal)
    return took, int(peak[1]) / 1024
