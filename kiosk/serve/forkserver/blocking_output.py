"""Standard output that keeps sending heartbeats while a write blocks.

A line session has one thread. When its reader stops the output with Ctrl+S, or uses a device that
speaks more slowly than we write, that thread waits in `write()`; a second thread then stands in for
it. How long that may last is for whoever carries the bytes; here only the visit's own time ends it.
"""

from __future__ import annotations

import io
import select
import threading
from typing import Any

from kiosk.serve.forkserver.heartbeat import HEARTBEAT_INTERVAL, Heartbeat

SLOW = 1.0
"""Seconds after which a write counts as blocked."""


class HeartbeatingWriter(io.FileIO):
    """Writer to the descriptor `sink`, which may be a visitor's own terminal and is left as it is.

    Args:
        sink: a file descriptor.
        heartbeat: of the worker.
    """

    def __init__(self, sink: int, heartbeat: Heartbeat) -> None:
        super().__init__(sink, "w", closefd=False)
        self._heartbeat = heartbeat
        self._has_written = False
        self._is_writing = threading.Event()
        self._is_done = threading.Event()
        threading.Thread(target=self._stand_in, daemon=True).start()

    def write(self, data: Any) -> int:
        """Write as much as there is room for, and wait until there is some."""
        if not self._has_written:
            self._has_written = True
            self._heartbeat.report_ready()
        self._is_done.clear()
        self._is_writing.set()
        try:
            while (count := super().write(data)) is None:  # somebody made it non-blocking
                select.select([], [self], [], HEARTBEAT_INTERVAL)
            return count
        finally:
            self._is_writing.clear()
            self._is_done.set()

    def _stand_in(self) -> None:
        """Send heartbeats while the other thread writes; end the visit when its time is up."""
        while self._is_writing.wait():
            wait = SLOW
            while not self._is_done.wait(wait):
                left = self._heartbeat.seconds_left()
                if left <= 0:
                    self._heartbeat.report_finished()
                self._heartbeat.beat_if_due()
                wait = min(SLOW, left)
