"""Close file descriptors in background threads, because closing one can block the event loop.

A TCP socket can keep the thread that closes it waiting (SO_LINGER, socket(7)), and so can a Unix
socket in whose queue such a TCP socket waits to be received.
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
    """Closes file descriptors in up to `THREADS` background threads, oldest first, so that an event
    loop never waits for a close. The threads start when descriptors come.
    """

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[list[int]] = queue.SimpleQueue()
        self._threads = 0

    @property
    def is_busy(self) -> bool:
        """True if `MAX_PENDING` calls of `close` wait for a thread, so that the caller should not
        accept further descriptors now.
        """
        return self._queue.qsize() >= MAX_PENDING

    def close(self, descriptors: Iterable[int]) -> None:
        """Queue these descriptors for a background thread to close; return at once."""
        if self._threads < THREADS:
            self._threads += 1
            threading.Thread(target=self._run, daemon=True).start()
        self._queue.put([*descriptors])

    def _run(self) -> None:
        while True:
            protocol.close(self._queue.get())
