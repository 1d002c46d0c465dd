"""Close file descriptors in background threads, because closing one can block the event loop.

A TCP socket can keep whoever closes it waiting (SO_LINGER, socket(7)), and so can a Unix socket in
whose queue such a TCP socket waits to be received.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable

from kiosk.serve import protocol

THREADS = 4
MAX_PENDING = 64
"""Closes that may wait before the closer says that it is busy."""


class BackgroundCloser:
    """Closes descriptors in threads, in the order in which they came; the
    threads start with the first descriptor.
    """

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[list[int]] = queue.SimpleQueue()
        self._threads = 0

    @property
    def is_busy(self) -> bool:
        """Whether so many descriptors wait to be closed that no more should be taken."""
        return self._queue.qsize() >= MAX_PENDING

    def close(self, descriptors: Iterable[int]) -> None:
        """Have these descriptors closed soon, by a thread."""
        if self._threads < THREADS:
            self._threads += 1
            threading.Thread(target=self._run, daemon=True).start()
        self._queue.put([*descriptors])

    def _run(self) -> None:
        while True:
            protocol.close(self._queue.get())
