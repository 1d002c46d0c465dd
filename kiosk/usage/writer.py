"""The process that sums tallies of visits by day and writes the sums to the file of figures.

The process that watches workers starts it where a site keeps figures of use. Tallies wait up to
`HOLD` seconds in memory, so that the time of writing says little about one visit.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sqlite3
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from kiosk.usage import store

HOLD = 300.0
"""Seconds for which tallies may wait in memory before they are written."""
Key = tuple[str, str, str, str, str]
"""Day, site, kind, topic, detail."""


class Sums:
    """Sums of visits' tallies by day, site and kind that wait in memory to be written to a file."""

    def __init__(self) -> None:
        self._sums: Counter[Key] = Counter()

    def add(self, line: bytes, day: str) -> None:
        """Add one visit's tally, a line of JSON, to a day's sums; any other line is ignored."""
        try:
            tally = json.loads(line)
            rows = [
                ((day, str(tally["site"]), str(kind), str(topic), str(detail)), int(number))
                for kind, topic, detail, number in tally["counts"]
            ]
        except (ValueError, KeyError, TypeError):
            return
        for key, number in rows:
            self._sums[key] += number

    def write(self, file: Path) -> None:
        """Add these sums to a file of figures and empty them.

        Raises sqlite3.Error where writing fails; then they stay for the next time.
        """
        if not self._sums:
            return
        store.add(file, [store.DailyCount(*key, number) for key, number in self._sums.items()])
        self._sums.clear()


def run(source: int, file: Path, hold: float = HOLD) -> None:
    """Read tallies, lines of JSON, from descriptor `source` to its end; write sums to `file`.

    Sums are written every `hold` seconds and at the end. A failed write is reported on standard
    error and tried again, but for the last.
    """
    sums, due, rest = Sums(), time.monotonic() + hold, b""
    is_open = True
    while is_open:
        ready, _, _ = select.select([source], [], [], max(0.0, due - time.monotonic()))
        if ready:
            piece = os.read(source, 65_536)
            is_open = bool(piece)
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                sums.add(line, date.today().isoformat())
        if not is_open or time.monotonic() >= due:
            try:
                sums.write(file)
            except sqlite3.Error as error:
                print(f"kiosk: figures cannot be kept: {error}", file=sys.stderr, flush=True)
            due = time.monotonic() + hold


def main(argument: str) -> None:
    """Run the process that writes figures to the file `argument`; tallies come by standard input.

    It ignores SIGTERM, SIGINT and SIGHUP, since systemd sends them to every process of a unit: it
    ends once standard input has ended.
    """
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    run(0, Path(argument))
