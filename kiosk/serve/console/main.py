"""Entry point of the console supervisor's process: the terminal of standard input.

It starts its fork servers itself, so no other service need run.
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
    """Supervise the terminal of standard input; never returns.

    Args:
        argument: two command lines as JSON: that of fork servers, and that of the process which
            prints a sheet, empty where nothing is printed.
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
    printer = SheetPrinter(commands["sheet"], clock())
    supervisor = ConsoleSupervisor(console, spawn, clock, SystemdNotifier(), _log, report, printer)
    sys.exit(supervisor.run())


def _log(line: str) -> None:
    """Print a line of the journal; `logging` would be a tenth of this process's memory."""
    if line and not os.isatty(2):
        print(f"kiosk: {line}", file=sys.stderr, flush=True)
