"""Set the kernel's resource limits of a worker process (setrlimit(2)): processor time, memory, open
files, and no file to be written.
"""

from __future__ import annotations

import resource
from pathlib import Path

from kiosk.settings.server import SessionLimits

MEGABYTE = 1 << 20


def apply_rlimits(limits: SessionLimits, data: int) -> None:
    """Limit this worker process's processor time, memory and open files, and forbid it to write
    files and core dumps. The limits cannot be raised again.

    Args:
        limits: the site's limits for each session.
        data: the bytes of private memory that the worker had when it was forked, from
            `data_size()`; the memory that `limits` allows is added to them.
    """
    for resource_id, limit in (
        (resource.RLIMIT_CORE, 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, limits.max_open_files),
        (resource.RLIMIT_CPU, limits.cpu_limit),
        (resource.RLIMIT_DATA, data + limits.memory_limit * MEGABYTE),
    ):
        _, hard = resource.getrlimit(resource_id)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource_id, (limit, limit))


def data_size() -> int:
    """Return the bytes of private, writable memory of this process (`VmData` in proc(5)); 0 if the
    kernel does not tell.
    """
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
