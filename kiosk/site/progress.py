"""Say at a terminal that content is being compiled, and that it goes on."""

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
    """Print a line on standard error, and a dot every now and then, for as long as this lasts.

    Nothing is printed where standard error is no terminal: a journal has no use for it. The thread
    has ended when this returns, so that a process may fork afterwards.
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
