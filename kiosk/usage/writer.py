"""The process that keeps figures: it reads tallies of visits, and adds them up by day.

The process that watches workers starts it where the site has figures on.
It waits up to `HOLD` seconds, so that the file's own time says little about one visit.
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
    """Sums of tallies that are still to be written."""

    def __init__(self) -> None:
        self._sums: Counter[Key] = Counter()

    def add(self, line: bytes, day: str) -> None:
        """Add the tally in a line of JSON to the sums of a day; a line that is none is left out."""
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
        """Write the sums to a file and empty them; where writing fails they wait for next time."""
        if not self._sums:
            return
        store.add(file, [store.Row(*key, number) for key, number in self._sums.items()])
        self._sums.clear()


def run(source: int, file: Path, hold: float = HOLD) -> None:
    """Keep the tallies that come from the descriptor `source` in `file`, until `source` ends."""
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
    """Keep figures in the file that `argument` names; standard input has the tallies.

    It ends when those do, not at a signal: systemd may send one to every process of a unit.
    """
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    run(0, Path(argument))
