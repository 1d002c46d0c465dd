"""Progress line at a terminal while a content directory is being compiled."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from kiosk import fallback_messages

INTERVAL = 0.4
"""Seconds between two dots."""


@contextmanager
def announced(directory: Path) -> Iterator[None]:
    """Show progress while the block of this context manager runs: a line on standard error that
    says that `directory` is being compiled, then a dot every 0.4 s.

    Nothing is printed where standard error is no terminal, since a journal has no use for dots.
    The thread that prints has ended when the block is left, so that the process may fork
    afterwards.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield
        return
    ended = Event()

    def dots() -> None:
        while not ended.wait(INTERVAL):
            print(".", end="", file=stream, flush=True)

    print(fallback_messages.PREPARING.format(path=directory), end="", file=stream, flush=True)
    thread = Thread(target=dots, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        print(file=stream, flush=True)
