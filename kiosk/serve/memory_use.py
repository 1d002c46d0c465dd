"""How much memory the processes of a server use.

The kernel tells the share of each process (PSS) only of one that may be looked at. A worker may
not, so that no core dump has a visitor's words (PR_SET_DUMPABLE): without root's rights its memory
is taken from the service's control group, or estimated.
"""

from __future__ import annotations

import re
from pathlib import Path

_CONTROL_GROUPS = Path("/sys/fs/cgroup")


def memory_of(pids: list[int]) -> int:
    """Return the bytes of memory that these processes use; a page that
    several share is divided among them.
    """
    shares = {pid: _share(pid) for pid in pids}
    hidden = [pid for pid, share in shares.items() if share is None]
    if hidden and (whole := service_memory()):
        return whole
    known = [pid for pid in pids if pid not in hidden]
    copied = min((_own_pages(pid) for pid in known), default=0)
    estimates = (max(0, _own_pages(pid) - copied) for pid in hidden)
    return sum(share for share in shares.values() if share) + sum(estimates)


def service_memory(self_cgroup: Path = Path("/proc/self/cgroup")) -> int:
    """Return the bytes that all processes of the kiosk's systemd service use, by its control
    group; 0 where this process runs in no such service.
    """
    try:
        name = self_cgroup.read_text().rpartition("0::")[2].strip()
        if not re.search(r"/kiosk-[^/]*\.service$", name):
            return 0
        text = Path(f"{_CONTROL_GROUPS}{name}", "memory.stat").read_text()
    except OSError:
        return 0
    match = re.search(r"^anon (\d+)$", text, re.MULTILINE)
    return int(match[1]) if match else 0


def _share(pid: int) -> int | None:
    """Return the process's share of memory; 0 where it has gone, None where nobody may look."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except PermissionError:
        return None
    except OSError:
        return 0
    match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(match[1]) * 1024 if match else 0


def _own_pages(pid: int) -> int:
    """Return the bytes of a process that are of no file, those of its parent included."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    match = re.search(r"^RssAnon:\s+(\d+) kB", status, re.MULTILINE)
    return int(match[1]) * 1024 if match else 0
