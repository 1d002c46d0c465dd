"""Processes of this program: how one is started, and whether this system can run visits in them.

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
    """Return whether visits can be forked and watched here: only Linux has both means."""
    return hasattr(os, "fork") and hasattr(os, "pidfd_open")


def yield_to_others(pid: int) -> None:
    """Let a process of ours run only while others have nothing to do, where a system can."""
    set_priority = getattr(os, "setpriority", None)
    if set_priority is not None:
        try:
            set_priority(0, pid, 19)  # 0: one process (PRIO_PROCESS)
        except OSError:  # it has ended
            return


def python_command(module: str, argument: str) -> list[str]:
    """Return the command that calls `main(argument)` of a module.

    Its interpreter is isolated: it obeys no variable of Python's and no module of the user's.
    """
    code = f"import sys; sys.path.insert(0, {ROOT!r}); from {module} import main; main(sys.argv[1])"
    return [sys.executable, "-I", "-X", "utf8", "-c", code, argument]
