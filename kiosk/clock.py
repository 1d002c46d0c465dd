"""The clock of the program."""

from __future__ import annotations

import time


def clock() -> float:
    """Return seconds on a clock that goes on while the machine sleeps and that nobody can set."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
