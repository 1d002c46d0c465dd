"""Standard output of a line-by-line visit, which keeps sending the worker's heartbeats while a
write blocks.

Such a visit has one thread. When its reader stops the output with Ctrl+S, or uses a device that
speaks more slowly than the program writes, that thread waits in `write()`. A second thread then
sends the heartbeats, and ends the visit when its time is up. Any other limit on a blocked write is
for the process that relays the bytes.
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
    """Unbuffered file that writes to a descriptor, and has a thread send heartbeats while a write
    blocks. Its first write reports the worker as ready.

    Args:
        sink: the file descriptor to write to. It may be the visitor's own terminal, so it stays
            open, with its modes, when the writer is closed.
        heartbeat: sends the worker's heartbeats.
    """

    def __init__(self, sink: int, heartbeat: Heartbeat) -> None:
        super().__init__(sink, "w", closefd=False)
        self._heartbeat = heartbeat
        self._has_written = False
        self._is_writing = threading.Event()
        self._is_done = threading.Event()
        threading.Thread(target=self._stand_in, daemon=True).start()

    def write(self, data: Any) -> int:
        """Write as many of the bytes as there is room for, waiting until there is some; return how
        many.
        """
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
