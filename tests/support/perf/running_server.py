"""Servers to measure, what they cost, and how the figures are printed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.perf.process_tree import cpu_seconds, memory, process_tree
from tests.support.prebuilt_pack import shipped_pack
from tests.support.terminal.kiosk_server import SshEndpoint, own_ssh_server
from tests.support.terminal.terminal import ROOT

LIST = ("\x1b[B", "\x1b[A")
"""Two keys that move the choice of a list down and up: each redraws."""
PAGES = ("n", "b")
NO_LIMITS = (
    "[serve]\nmax-sessions = {max_sessions}\nmemory-limit = 128\n[ssh]\nmax-connections = 1500\n"
    "max-connections-per-source = 1500\nconnection-rate = 0\n"
    "connection-rate-per-source = 0\nmax-startups = 1500\n"
)
"""Settings without limits on connections; each session keeps its own limits."""


@dataclass(frozen=True)
class Server:
    """A server under load."""

    port: int
    pid: int

    def cost(self) -> tuple[float, float, int]:
        """Return the processor seconds used so far, the MiB of memory, the number of processes."""
        tree = process_tree(self.pid)
        return cpu_seconds(tree), memory(tree), len(tree)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("packs") / "bench.pack"
    shutil.copy(shipped_pack(), file)
    return file


@contextlib.contextmanager
def baseline(kind: str, pack: Path) -> Iterator[Server]:
    """Run the baseline `fresh` or `echo`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.perf.baseline", kind, str(pack)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    try:
        yield Server(int(process.stdout.readline()), process.pid)
    finally:
        process.stdin.close()
        process.wait(20)


@contextlib.contextmanager
def serve_kiosk(
    folder: Path, pack: Path, max_sessions: int = 500, *, watch_gc: bool = False
) -> Iterator[tuple[Server, SshEndpoint]]:
    """Run `kiosk serve --ssh`."""
    settings = NO_LIMITS.format(max_sessions=max_sessions)
    with own_ssh_server(
        folder, "--content", str(pack), settings=settings, watch_gc=watch_gc
    ) as endpoint:
        time.sleep(1)
        yield Server(endpoint.port, endpoint.server.pid), endpoint


def print_row(what: str, *figures: str) -> None:
    """Print a row of figures, and the load average of the machine."""
    print(f"\n{what}: {'; '.join(figures)} [load average {os.getloadavg()[0]:.1f}]")


def percentile(share: float, figures: Sequence[float]) -> float:
    """Return the figure below which this share of the figures is."""
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]
