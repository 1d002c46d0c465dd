"""Processes of this program: how they are started, their priority, and if this system can fork.

The console supervisor imports this module: few modules of the standard library, no pathlib.
"""

from __future__ import annotations

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
"""The folder that has the package `kiosk`."""
LEFT_BY_STAFF = 3
"""Exit status of a console that staff have ended with their PIN; systemd does not restart that."""
CAN_SPAWN = hasattr(os, "posix_spawn")
"""False on Windows: there `subprocess` starts a process, and there is no CUPS."""


def can_run_sessions() -> bool:
    """Return whether this system can fork worker processes and watch them: only Linux can."""
    return hasattr(os, "fork") and hasattr(os, "pidfd_open")


def yield_to_others(pid: int) -> None:
    """Give a process the lowest priority; do nothing where that fails or a system has none."""
    set_priority = getattr(os, "setpriority", None)
    if set_priority is not None:
        try:
            set_priority(0, pid, 19)  # 0: one process (PRIO_PROCESS)
        except OSError:  # it has ended
            return


def python_command(module: str, argument: str) -> list[str]:
    """Return the command line, as a list, which runs `main(argument)` of a Python module.

    Its interpreter is isolated: it ignores Python's environment variables and the user's modules.
    """
    code = f"import sys; sys.path.insert(0, {ROOT!r}); from {module} import main; main(sys.argv[1])"
    return [sys.executable, "-I", "-X", "utf8", "-c", code, argument]
