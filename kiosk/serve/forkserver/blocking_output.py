"""Standard output of a visit whose one thread writes: one who holds the line stops its heart not.

Somebody reads so, with Ctrl+S, or with a device that speaks slower than we write. Whoever carries
the bytes further knows how long that may last; here only the visit's own time ends it.
"""

from __future__ import annotations

import io
import select
import threading
from typing import Any

from kiosk.serve.forkserver.heartbeat import HEARTBEAT_INTERVAL, Heartbeat

SLOW = 1.0
"""Seconds after which a reader that has taken nothing is looked after."""


class HeartbeatingWriter(io.FileIO):
    """Writes to `sink`, which may be a visitor's own terminal and is left as it is.

    Args:
        sink: a descriptor.
        vitals: of the visit.
    """

    def __init__(self, sink: int, vitals: Heartbeat) -> None:
        super().__init__(sink, "w", closefd=False)
        self._vitals = vitals
        self._has_painted = False
        self._writes = threading.Event()
        self._is_done = threading.Event()
        threading.Thread(target=self._look_after, daemon=True).start()

    def write(self, data: Any) -> int:
        """Write it when there is room."""
        if not self._has_painted:
            self._has_painted = True
            self._vitals.report_ready()
        self._is_done.clear()
        self._writes.set()
        try:
            while (count := super().write(data)) is None:  # somebody else made it not wait
                select.select([], [self], [], HEARTBEAT_INTERVAL)
            return count
        finally:
            self._writes.clear()
            self._is_done.set()

    def _look_after(self) -> None:
        """Beat for the thread that writes, for as long as it writes; end the visit at its time."""
        while self._writes.wait():
            wait = SLOW
            while not self._is_done.wait(wait):
                left = self._vitals.seconds_left()
                if left <= 0:
                    self._vitals.report_finished()
                self._vitals.beat_if_due()
                wait = min(SLOW, left)
