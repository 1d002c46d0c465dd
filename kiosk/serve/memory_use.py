"""Measure how much memory the processes of a server use.

The kernel tells a process's share of memory (PSS) only to who may inspect that process. Workers
forbid that (PR_SET_DUMPABLE), so that no core dump has a visitor's words. Without root's rights,
memory is therefore read from the service's control group, or estimated.
"""

from __future__ import annotations

import re
from pathlib import Path

_CONTROL_GROUPS = Path("/sys/fs/cgroup")


def memory_of(pids: list[int]) -> int:
    """Return the bytes of memory that these processes use; a page that several processes share is
    divided among them. Where the kernel hides a process, return what the whole systemd service
    uses, or else an estimate. A process that has ended counts as 0.
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
    """Return the bytes of anonymous memory of all processes in this process's systemd service, read
    from its control group; 0 where the service is not the kiosk's, or nothing can be read.

    Args:
        self_cgroup: the file that names the control group.
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
