"""Preventing core dumps of a process: a dump of its memory could show what a visitor has typed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_PATTERN = "/proc/sys/kernel/core_pattern"
_SET_DUMPABLE = 4
"""PR_SET_DUMPABLE of prctl(2)."""


def forbid_core_dumps(*, is_sent: bool | None = None) -> None:
    """Prevent core dumps of this process for good: to a file, to a program, over a socket.

    Core dumps are limited to 1 byte: too little for a file, and for the kernel a sign to start no
    program (0 is no such sign). Where that limit cannot be set, or dumps go over a socket, the
    process is marked as undumpable. Elsewhere it is not, because then only root could measure its
    share of memory.

    Args:
        is_sent: whether the kernel sends dumps over a socket; None to call `are_dumps_sent()`,
            which a process in its sandbox cannot.
    """
    is_limited = False
    if sys.platform != "win32" and resource is not None:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
            is_limited = True
    if not is_limited or (are_dumps_sent() if is_sent is None else is_sent):
        _make_undumpable()


def are_dumps_sent() -> bool:
    """Return whether the kernel sends core dumps over a socket (core(5), Linux 6.16 and later)."""
    try:
        pattern = os.open(_PATTERN, os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.read(pattern, 1) == b"@"
    finally:
        os.close(pattern)


def _make_undumpable() -> None:
    import ctypes  # only here: a start does without it

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
