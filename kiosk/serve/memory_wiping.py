"""Have the SSH server's freed memory overwritten, so that nothing that a client sent stays in it.

The server decrypts what visitors type, lives for months, and frees that memory unread. So it runs
with environment variables that have Python take all of its memory from glibc (its own allocator
keeps what is freed as it was), and glibc overwrite every piece that is freed (mallopt(3),
M_PERTURB), without the cache of small pieces, which would be left out.
"""

from __future__ import annotations

import ctypes
import os

_VARIABLES = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=1:glibc.malloc.tcache_count=0",
}
_SIZES = (40, 400, 4000)


def wiping_environment(clean: dict[str, str]) -> dict[str, str]:
    """Return a copy of the environment `clean` with the variables that
    make a process overwrite what it frees.
    """
    return clean | _VARIABLES


def wiping_command(command: list[str]) -> list[str]:
    """Return `command`, made by `kiosk.system.processes.python_command`, so changed
    that its Python heeds environment variables.

    An isolated Python heeds none, which is why the environment must be a clean one.
    """
    return [command[0], "-s", "-P", *command[2:]]


def keep_from_children() -> None:
    """Delete the memory-wiping variables from this process's environment, so that fork servers,
    which need no wiping, are not slowed down.
    """
    for variable in _VARIABLES:
        os.environ.pop(variable, None)


def is_wiped_when_freed() -> bool:
    """Whether this process overwrites memory that it frees, found by a try: with
    another C library than glibc it may not.
    """
    return not any(_stays(size) for size in _SIZES)


def _stays(size: int) -> bool:
    text = bytes(bytearray(b"x" * size))
    middle = id(text) + bytes.__basicsize__ + size // 2
    del text
    return ctypes.string_at(middle, 8) == b"x" * 8
