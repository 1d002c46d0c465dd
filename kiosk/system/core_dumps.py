"""Keeping a process out of core dumps: its memory has what a visitor types."""

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
    """Have this process never dumped: to no file, to no program, over no socket.

    A limit of 1 byte is too little for a file, and the kernel takes it as a sign to start no
    program (a limit of 0 is none). Where that limit cannot be set, or dumps are sent to a socket,
    the process is made one that is not dumped. That is not done everywhere, because then its share
    of memory cannot be measured without root's rights.

    Args:
        is_sent: what `are_dumps_sent()` has returned, where it can be asked no more.
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
