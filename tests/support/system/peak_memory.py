"""Resident memory of this process, from a point of a test on."""

from __future__ import annotations

from pathlib import Path

_CLEAR_PEAK = "5"  # proc_pid_clear_refs(5): the peak becomes what is resident now


def resident(row: str = "VmRSS") -> int:
    """Return a row of /proc/self/status in bytes: what is resident now, or "VmHWM", the peak."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        name, _, value = line.partition(":")
        if name == row:
            return int(value.split()[0]) * 1024
    raise LookupError(row)


class PeakMemory:
    """Peak of resident memory since this was made, whatever earlier tests of the process took."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text(_CLEAR_PEAK, "ascii")
        self._before = resident()

    def growth(self) -> int:
        """Return how many bytes the peak lies above what was resident at first."""
        return resident("VmHWM") - self._before
