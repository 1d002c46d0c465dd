"""Entry point of the console supervisor's process: the terminal of standard input.

It starts its fork servers itself, so no other service need run.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys

from kiosk.serve.console.report import ConsoleReport
from kiosk.serve.console.signals import IGNORED
from kiosk.serve.console.supervisor import ConsoleSupervisor
from kiosk.serve.console.tty import Tty
from kiosk.serve.forkserver.handle import RESTARTED
from kiosk.serve.spawn import spawn_fork_server
from kiosk.serve.systemd import SystemdNotifier
from kiosk.serve.usage_recorder import UsageRecorder
from kiosk.system.clock import clock


def main(argument: str) -> None:
    """Supervise with fork servers of the command line in `argument`, as JSON; never returns."""
    command: list[str] = json.loads(argument)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # nobody's page is left in a file
    console = Tty(0, os.environ.get("TERM", ""))

    def spawn(control: socket.socket) -> int:
        try:
            return spawn_fork_server(
                command,
                control,
                errors=None if os.isatty(2) else 2,
                default_signals=IGNORED,
            )
        finally:
            os.environ[RESTARTED] = "1"

    runtime, state = (
        os.environ.get(name, "").split(":")[0] for name in ("RUNTIME_DIRECTORY", "STATE_DIRECTORY")
    )
    report = ConsoleReport(runtime, UsageRecorder(state), clock())
    sys.exit(ConsoleSupervisor(console, spawn, clock, SystemdNotifier(), _log, report).run())


def _log(line: str) -> None:
    """Print a line of the journal; `logging` would be a tenth of this process's memory."""
    if not os.isatty(2):
        print(f"kiosk: {line}", file=sys.stderr, flush=True)
