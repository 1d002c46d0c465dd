"""Limit what a worker may use (setrlimit)."""

from __future__ import annotations

import resource
from pathlib import Path

from kiosk.settings.server import SessionLimits

MEGABYTE = 1 << 20


def apply_rlimits(limits: SessionLimits, data: int) -> None:
    """In a visit, for good: no file written, no core, so much time and so many descriptors.

    And so much memory beyond the `data_now()` that it was forked with.
    """
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, limits.max_open_files),
        (resource.RLIMIT_CPU, limits.cpu_limit),
        (resource.RLIMIT_DATA, data + limits.memory_limit * MEGABYTE),
    ):
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, most))


def data_now() -> int:
    """Bytes of private memory that this process may write (`VmData`, proc_pid_status(5))."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
