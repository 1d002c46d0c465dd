"""Start a command in a pseudo-terminal and measure it."""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import time
from pathlib import Path

from tests.support.shipped import ROOT


def start(command: list[str], marker: bytes, cache: Path) -> tuple[float, float]:
    """Return the milliseconds until `marker` is written, and the peak resident memory in MiB.

    The command is spawned, not forked: a fork copies the tables of this process's memory first,
    and those milliseconds are none of the command's.
    """
    environment = {
        "TERM": "xterm-256color", "PATH": os.environ["PATH"], "COLUMNS": "80", "LINES": "24",
        "PYTHONPYCACHEPREFIX": str(cache / "pyc"), "XDG_CACHE_HOME": str(cache),
    }  # fmt: skip
    terminal, other_end = os.openpty()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.ttyname(other_end), os.O_RDWR, 0),
        (os.POSIX_SPAWN_DUP2, 0, 1),
        (os.POSIX_SPAWN_DUP2, 0, 2),
    ]
    with contextlib.chdir(ROOT):
        began = time.perf_counter()
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, *command],
            environment,
            file_actions=actions,
            setsid=True,  # what it opens first is its controlling terminal
        )
    os.close(other_end)
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
