"""Have the SSH server's freed memory overwritten, so that nothing that a client sent stays in it.

The server decrypts what visitors type, lives for months, and frees that memory without clearing
it. So it runs with environment variables that make Python take all memory from glibc (Python's own
allocator would keep what is freed as it was), make glibc overwrite every piece that is freed
(mallopt(3), M_PERTURB), and switch off glibc's cache of small pieces, which is not overwritten.
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
    """Return a copy of the environment `clean` with added variables that make a Python process
    overwrite the memory that it frees.
    """
    return clean | _VARIABLES


def wiping_command(command: list[str]) -> list[str]:
    """Return a command line from `kiosk.system.processes.python_command`, changed so that its
    Python reads environment variables.

    That command is an isolated Python, which ignores them. Because this one does not, it must be
    given a clean environment.
    """
    return [command[0], "-s", "-P", *command[2:]]


def keep_from_children() -> None:
    """Delete the memory-wiping variables from this process's environment, so that child processes
    such as fork servers, which need no wiping, are not slowed down.
    """
    for variable in _VARIABLES:
        os.environ.pop(variable, None)


def is_wiped_when_freed() -> bool:
    """Return whether this process overwrites memory that it frees, found by freeing some and
    looking. False without the variables, or with a C library other than glibc.
    """
    return not any(_stays(size) for size in _SIZES)


def _stays(size: int) -> bool:
    text = bytes(bytearray(b"x" * size))
    middle = id(text) + bytes.__basicsize__ + size // 2
    del text
    return ctypes.string_at(middle, 8) == b"x" * 8
