"""The state of a server in numbers, for staff, programs and Prometheus; nothing of who or what."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from kiosk.serve.pool.session_manager import SessionManager

METRICS = {
    "sessions": ("gauge", "Sessions at present."),
    "max_sessions": ("gauge", "Sessions that there may be."),
    "spare_workers": ("gauge", "Workers that are forked and ready."),
    "fork_servers": ("gauge", "Fork servers that run."),
    "memory": ("gauge", "Bytes of memory of all processes, shared pages counted once."),
    "refused": ("counter", "Sessions that were refused: the server was full or closing."),
    "refused_connections": ("counter", "SSH connections above the limits, closed at once."),
    "ended": ("counter", "Workers that have ended."),
    "crashed": ("counter", "Of these, workers that crashed, hung or never started."),
    "up": ("gauge", "Seconds since the server opened."),
}
"""The kind of each number, and what it counts."""


class StatusReport:
    """Reports the numbers of `manager`, with the memory of its processes."""

    def __init__(
        self, manager: SessionManager, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._manager = manager
        self._clock = clock
        self._opened_at = clock()
        self.refused_connections: Callable[[], int] = int
        """Counts the connections that the SSH server, if there is one, refused."""

    async def numbers(self) -> dict[str, object]:
        """Return all numbers."""
        pids = [*self._manager.pids, *self._manager.fork_servers.pids]
        memory = await asyncio.to_thread(memory_of, pids)
        stats = self._manager.stats
        stats.memory = memory
        return {
            **asdict(stats),
            "max_sessions": self._manager.limits.max_sessions,
            "refused_connections": self.refused_connections(),
            "up": int(self._clock() - self._opened_at),
            "draining": self._manager.is_draining,
        }

    async def prometheus(self) -> str:
        """Return all numbers as Prometheus reads them (text format 0.0.4)."""
        numbers = await self.numbers()
        rows = []
        for name, (kind, meaning) in METRICS.items():
            full = f"kiosk_{name}" + ("_total" if kind == "counter" else "")
            rows += [f"# HELP {full} {meaning}", f"# TYPE {full} {kind}", f"{full} {numbers[name]}"]
        return "\n".join(rows) + "\n"


def status_lines(numbers: dict[str, object]) -> str:
    """Return the numbers as sentences for staff."""
    count = {name: int(str(value)) for name, value in numbers.items() if name in METRICS}
    state = "closing: it opens no more sessions" if numbers["draining"] else "open"
    return "\n".join(
        [
            f"The kiosk is {state}, for {_duration(count['up'])}.",
            f"{count['sessions']} of at most {count['max_sessions']} sessions; "
            f"{count['spare_workers']} spare workers in {count['fork_servers']} fork servers; "
            f"{count['memory'] / 1e6:.0f} MB of memory.",
            f"{count['ended']} visits have ended, {count['crashed']} of them by an error; "
            f"{count['refused']} visitors were told to come later, and "
            f"{count['refused_connections']} SSH connections were refused.",
        ]
    )


def memory_of(pids: list[int]) -> int:
    """Return the bytes that these processes use, a shared page divided among those who share it."""
    total = 0
    for pid in pids:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        total += int(match[1]) * 1024 if match else 0
    return total


def _duration(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes" if seconds < 7200 else f"{seconds // 3600} hours"
