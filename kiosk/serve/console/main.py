"""The process of the console supervisor: it puts the supervisor and its parts together and runs it
on the terminal of standard input.

The supervisor starts its fork servers itself, so no other service need run.
"""

from __future__ import annotations

import json
import os
import socket
import sys

from kiosk.serve.console.report import ConsoleReport
from kiosk.serve.console.sheet_printer import SheetPrinter
from kiosk.serve.console.signals import IGNORED
from kiosk.serve.console.supervisor import ConsoleSupervisor
from kiosk.serve.console.tty import Tty
from kiosk.serve.forkserver.handle import RESTARTED
from kiosk.serve.spawn import spawn_fork_server
from kiosk.serve.systemd import SystemdNotifier
from kiosk.serve.usage_recorder import UsageRecorder
from kiosk.system.clock import clock
from kiosk.system.core_dumps import forbid_core_dumps


def main(argument: str) -> None:
    """Run the console supervisor on the terminal of standard input; never returns: exits with the
    supervisor's exit status.

    Args:
        argument: a JSON object with two command lines: `worker` starts a fork server, and `sheet`
            the process that prints a sheet (an empty list where nothing is printed).
    """
    commands: dict[str, list[str]] = json.loads(argument)
    command = commands["worker"]
    forbid_core_dumps()
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
    printer = SheetPrinter(commands["sheet"], clock(), _log)
    supervisor = ConsoleSupervisor(console, spawn, clock, SystemdNotifier(), _log, report, printer)
    sys.exit(supervisor.run())


def _log(line: str) -> None:
    """Print a line of the journal; `logging` would be a tenth of this process's memory."""
    if line and not os.isatty(2):
        print(f"kiosk: {line}", file=sys.stderr, flush=True)
