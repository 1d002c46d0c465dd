"""Start fork servers as child processes, and reap child processes that have ended.

The console supervisor imports this module, so it imports little of the standard library, and no
pathlib.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterable

from kiosk.serve.protocol import CONTROL_FD


def spawn_fork_server(
    command: list[str],
    control: socket.socket,
    *,
    errors: int | None = 2,
    default_signals: Iterable[int] = (),
) -> int:
    """Start a fork server in a process session of its own; return its process id. Raises OSError if
    it cannot be started.

    Args:
        command: its command line.
        control: the fork server's end of the control socket; the caller closes its own copy.
        errors: the descriptor that becomes its standard error; None to drop what it writes there.
        default_signals: signals that this process ignores, but the fork server should not.
    """
    null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    journal = null if errors is None else errors
    ends = ((null, 0), (null, 1), (journal, 2), (control.fileno(), CONTROL_FD))
    try:
        return os.posix_spawn(
            command[0],
            command,
            dict(os.environ),
            file_actions=[(os.POSIX_SPAWN_DUP2, *end) for end in ends],
            setsid=True,
            setsigdef=list(default_signals),
            setsigmask=[],
        )
    finally:
        os.close(null)


def reap_children() -> None:
    """Reap all child processes that have ended, without waiting: fork servers, and workers that
    outlived their fork server.
    """
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
