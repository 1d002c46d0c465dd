"""How a house is: numbers for staff, programs and Prometheus, and nothing of who or what."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from kiosk.serve.pool.session_manager import SessionManager

METRICS = {
    "visits": ("gauge", "Visits at present."),
    "most_visits": ("gauge", "Visits that there may be."),
    "waiting": ("gauge", "Visits forked and ready."),
    "factories": ("gauge", "Factories that run."),
    "memory": ("gauge", "Bytes of memory of all processes, shared pages counted once."),
    "refused": ("counter", "Visitors who were told that it is full or closing."),
    "turned_away": ("counter", "Connections by SSH above the limits, closed before any keys."),
    "ended": ("counter", "Visits that have ended."),
    "crashed": ("counter", "Of these, visits that crashed, hung or never began."),
    "up": ("gauge", "Seconds since the house opened."),
}
"""Of each number, its kind and what it counts."""


class StatusReport:
    """Counts of `house`, with its memory."""

    def __init__(self, house: SessionManager, clock: Callable[[], float] = time.monotonic) -> None:
        self._house = house
        self._clock = clock
        self._opened_at = clock()
        self.turned_away: Callable[[], int] = int
        """How many never came as far as the house; the SSH door, if there is one, knows."""

    async def numbers(self) -> dict[str, object]:
        """Everything that may be known."""
        pids = [*self._house.pids, *self._house.workshops.pids]
        memory = await asyncio.to_thread(memory_of, pids)
        counts = self._house.counts
        counts.memory = memory
        return {
            **asdict(counts),
            "most_visits": self._house.limits.max_sessions,
            "turned_away": self.turned_away(),
            "up": int(self._clock() - self._opened_at),
            "draining": self._house.is_draining,
        }

    async def prometheus(self) -> str:
        """The same as Prometheus reads it (text format 0.0.4)."""
        told = await self.numbers()
        rows = []
        for name, (kind, meaning) in METRICS.items():
            full = f"kiosk_{name}" + ("_total" if kind == "counter" else "")
            rows += [f"# HELP {full} {meaning}", f"# TYPE {full} {kind}", f"{full} {told[name]}"]
        return "\n".join(rows) + "\n"


def status_lines(told: dict[str, object]) -> str:
    """What staff read."""
    memory = int(str(told["memory"])) / 1e6
    state = "closing: nobody more is received" if told["draining"] else "open"
    return "\n".join(
        [
            f"The kiosk is {state}, for {_lasted(int(str(told['up'])))}.",
            f"{told['visits']} of at most {told['most_visits']} visits; {told['waiting']} wait, "
            f"ready, in {told['factories']} factories; {memory:.0f} MB of memory.",
            f"{told['ended']} visits have ended, {told['crashed']} of them by a mistake; "
            f"{told['refused']} visitors were told to come later, and {told['turned_away']} "
            "connections by SSH were turned away.",
        ]
    )


def memory_of(pids: list[int]) -> int:
    """Bytes that these processes use, a shared page divided among those who share it."""
    total = 0
    for pid in pids:
        try:
            told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
        total += int(found[1]) * 1024 if found else 0
    return total


def _lasted(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes" if seconds < 7200 else f"{seconds // 3600} hours"
