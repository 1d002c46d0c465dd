"""Run the command line on a Python that lacks what POSIX has, as `python -m` of this module.

The modules cannot be imported, and the functions and numbers are not there, before anything of the
kiosk is imported. `msvcrt`, which Windows has in their stead, is made up: its locks are counted.
"""

from __future__ import annotations

import importlib.abc
import os
import signal
import sys
import time
import types
from collections.abc import Sequence
from importlib.machinery import ModuleSpec

from tests.support.system import made_up_console

MODULES = frozenset({"termios", "fcntl", "pwd", "grp", "resource", "tty", "pty"})
# platformdirs, which believes `sys.platform`, imports `os.getuid`
ATTRIBUTES = {
    os: (
        "fork", "forkpty", "pidfd_open", "geteuid", "getegid", "getgid", "pread",
        "pwrite", "fchmod", "fchown", "chown", "initgroups", "setuid", "setgid", "posix_spawn",
        "O_NONBLOCK",
        "O_CLOEXEC", "O_NOFOLLOW", "O_DIRECTORY", "set_blocking", "mkfifo", "getpgrp", "tcgetpgrp",
    ),
    time: ("CLOCK_BOOTTIME", "clock_gettime"),
    signal: (
        "SIGWINCH", "SIGHUP", "SIGQUIT", "SIGTSTP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGIO",
        "pthread_sigmask", "SIG_BLOCK", "SIG_UNBLOCK",
    ),
}  # fmt: skip


class Absent(importlib.abc.MetaPathFinder):
    """Finds none of the modules."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise ImportError for a module that is to be absent."""
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def console() -> types.ModuleType:
    """Return a made-up `msvcrt`: locks that always succeed, a console where nothing was typed."""
    module = types.ModuleType("msvcrt")
    module.LK_LOCK, module.LK_NBLCK = 1, 2  # type: ignore[attr-defined]
    module.locks = []  # type: ignore[attr-defined]
    module.locking = lambda *lock: module.locks.append(lock)  # type: ignore[attr-defined]
    module.kbhit = bool  # type: ignore[attr-defined]
    return module


def take_away() -> None:
    """Take POSIX away from this process, for good."""
    import asyncio  # noqa: F401 - Python's own modules came with the system
    import subprocess

    setattr(subprocess, "_USE_POSIX_SPAWN", False)  # noqa: B010 - it has another way left
    sys.meta_path.insert(0, Absent())
    for name in MODULES:
        sys.modules.pop(name, None)
    for module, names in ATTRIBUTES.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    for name in ("SIGWINCH", "SIGHUP", "SIGQUIT", "SIGTSTP"):
        signal.Signals._member_map_.pop(name, None)
    sys.modules["msvcrt"] = windows = console()
    made_up_console.install(windows, draws=os.environ.pop("CONSOLE_DRAWS", "1") == "1")


if __name__ == "__main__":
    take_away()
    from kiosk.cli.main import main

    sys.exit(main(sys.argv[1:]))
