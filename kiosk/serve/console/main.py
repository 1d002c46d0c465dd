"""The attendant's process: standard input's terminal, and factories that it starts itself."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
import time

from kiosk.serve.console.supervisor import IGNORED, ConsoleSupervisor
from kiosk.serve.console.tty import Tty
from kiosk.serve.forkserver.handle import RESTARTED
from kiosk.serve.systemd import SystemdNotifier

CONTROL = 3
"""The descriptor of a factory's control."""


def main(told: str) -> None:
    """Attend with the factory whose command line `told` encodes; leaves the process."""
    command: list[str] = json.loads(told)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # nobody's page is left in a file
    console = Tty(0, os.environ.get("TERM", ""))

    def spawn(control: socket.socket) -> int:
        try:
            return _spawn(command, control)
        finally:
            os.environ[RESTARTED] = "1"

    sys.exit(ConsoleSupervisor(console, spawn, _clock, SystemdNotifier(), _log).run())


def _spawn(command: list[str], control: socket.socket) -> int:
    """Start a factory, in a session of its own; its complaints go where the journal is."""
    null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    journal = null if os.isatty(2) else 2
    ends = ((null, 0), (null, 1), (journal, 2), (control.fileno(), CONTROL))
    try:
        return os.posix_spawn(
            command[0],
            command,
            dict(os.environ),
            file_actions=[(os.POSIX_SPAWN_DUP2, *one) for one in ends],
            setsid=True,
            setsigdef=[getattr(signal, f"SIG{name}") for name in IGNORED],
        )
    finally:
        os.close(null)


def _clock() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def _log(line: str) -> None:
    if not os.isatty(2):
        print(f"kiosk: {line}", file=sys.stderr, flush=True)
