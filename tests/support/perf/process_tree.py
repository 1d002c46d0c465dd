"""The processes of a server, and the processor time and memory that they use."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from tests.support.terminal.unattended import parent, processes

TICK = os.sysconf("SC_CLK_TCK")


def process_tree(head: int) -> set[int]:
    """Return a process and all its descendants."""
    children: dict[int, list[int]] = {}
    for pid in processes():
        children.setdefault(parent(pid), []).append(pid)
    tree, new = set(), [head]
    while new:
        pid = new.pop()
        tree.add(pid)
        new += children.get(pid, [])
    return tree


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the seconds of processor that the processes and their dead children have used."""
    total = 0.0
    for pid in pids:
        folder = Path(f"/proc/{pid}")
        try:
            for task in (folder / "task").iterdir():
                total += int((task / "schedstat").read_text().split()[0]) / 1e9
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[13]) + int(fields[14])) / TICK
    return total


def memory(pids: Iterable[int], what: str = "Pss") -> float:
    """Return the MiB of all processes: by default `Pss`, which divides shared pages among users."""
    total = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        tree = re.search(rf"^{what}:\s+(\d+) kB", text, re.MULTILINE)
        total += int(tree[1]) if tree else 0
    return total / 1024
