"""How many visits there may be, how long, and what each may use."""

from __future__ import annotations

import resource
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class SessionLimits:
    """Of one house. Times are in seconds."""

    visits: int = 200
    """At once; whoever comes then is told that it is full."""
    waiting: int = 3
    """Visits that wait, forked, in each factory."""
    idle: float = 600.0
    """How long nobody may touch a first page."""
    longest: float = 7200.0
    """How long a visit may last in all."""
    drain: float = 600.0
    """How long visits may go on after the house was asked to stop."""
    memory: int = 96
    """MiB that a visit may use beyond what it was forked with."""
    cpu: int = 300
    """Seconds of a processor that a visit may use."""
    files: int = 64
    """Descriptors that a visit may have open."""


def session_limits_in(told: object) -> SessionLimits:
    """The limits in a message; the usual ones for what it does not say."""
    found = SessionLimits()
    if isinstance(told, Mapping):
        for one in fields(SessionLimits):
            value = told.get(one.name)
            if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
                kind = type(getattr(found, one.name))
                found = replace(found, **{one.name: kind(value)})
    return found


def apply_rlimits(limits: SessionLimits, data: int) -> None:
    """In a visit, for good: no file written, no core, so much time and so many descriptors.

    And so much memory beyond the `data_now()` that it was forked with.
    """
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_DATA, data + limits.memory * MEGABYTE),
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
