"""A door that is served, what it costs, and how its figures are told."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.library.pack.build import build_pack
from tests.support.perf.process_tree import family, memory, spent
from tests.support.shipped import CONTENT, THEMES
from tests.support.terminal.listeners import Door, own_door
from tests.support.terminal.terminal import ROOT

LIST = ("\x1b[B", "\x1b[A")
"""Two keys that move the choice of a list, there and back: each paints."""
PAGES = ("n", "b")
NO_LIMITS = (
    "[serve]\nmax-sessions = {visits}\nmemory-limit = 128\n[ssh]\nmax-connections = 1500\n"
    "max-connections-per-source = 1500\nconnection-rate = 0\n"
    "connection-rate-per-source = 0\nmax-startups = 1500\n"
)
"""Of who may come; each visit has its own."""


@dataclass(frozen=True)
class Server:
    """A server that a load is for."""

    port: int
    pid: int

    def cost(self) -> tuple[float, float, int]:
        """Seconds of processor so far, MiB, processes."""
        all_of_it = family(self.pid)
        return spent(all_of_it), memory(all_of_it), len(all_of_it)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("packs") / "bench.pack"
    build_pack(CONTENT, THEMES, file)
    return file


@contextlib.contextmanager
def baseline(kind: str, pack: Path) -> Iterator[Server]:
    """`fresh` or `echo`."""
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
def door(
    folder: Path, pack: Path, visits: int = 500, *, watched: bool = False
) -> Iterator[tuple[Server, Door]]:
    """`kiosk serve --ssh`."""
    settings = NO_LIMITS.format(visits=visits)
    with own_door(folder, "--content", str(pack), settings=settings, watched=watched) as one:
        time.sleep(1)
        yield Server(one.port, one.house.pid), one


def told(what: str, *figures: str) -> None:
    """Print a row of the table, with what else the machine had to do."""
    print(f"\n{what}: {'; '.join(figures)} [load average {os.getloadavg()[0]:.1f}]")


def at(share: float, figures: Sequence[float]) -> float:
    """The figure below which that share is."""
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]
