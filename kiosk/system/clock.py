"""Monotonic clock of the program: seconds that only go up, which nobody can set back."""

from __future__ import annotations

import sys
import time

if sys.platform == "linux" and hasattr(time, "CLOCK_BOOTTIME"):

    def clock() -> float:
        """Return seconds on a clock that goes on while the machine sleeps and nobody can set."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

else:

    def clock() -> float:
        """Return seconds on a clock that nobody can set.

        It goes on while the machine sleeps on Windows (QueryPerformanceCounter) and stands still
        then on macOS (mach_absolute_time): there a visit left open before a sleep lasts longer.
        """
        return time.monotonic()
