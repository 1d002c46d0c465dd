"""`kiosk status`: ask the server and the console supervisor of this machine for their numbers, such
as sessions, and print them.
"""

from __future__ import annotations

import argparse
import json
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from kiosk import fallback_messages
from kiosk.cli.options import add_socket
from kiosk.errors import StartupError
from kiosk.operations.draining import DrainingServer, draining_servers
from kiosk.operations.expected_services import expected_services
from kiosk.operations.machine import Machine
from kiosk.serve.sockets import socket_paths
from kiosk.serve.status import draining_text, prometheus_text, status_lines
from kiosk.serve.unix_listener import STATUS

CONSOLE = Path("/run/kiosk-console/console.sock")
"""The socket at which the console supervisor of kiosk.service answers."""
_TIMEOUT = 10.0
"""Seconds to wait for the answer."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk status` on its parser, and set
    `status` as the function to run.
    """
    add_socket(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the numbers as JSON")
    form.add_argument(
        "--prometheus", action="store_true",
        help="print them as Prometheus reads them, for the textfile collector of node_exporter",
    )  # fmt: skip
    parser.set_defaults(run=status)


def status(options: argparse.Namespace) -> int:
    """Run `kiosk status`: print the numbers of the server and of the console supervisor, and which
    servers drain, that is end once their sessions are over; return the exit status.

    --json prints one object, or a list where there are several; the draining servers are under
    `drains` in the server's. The exit status is 1 where a service that starts with the machine
    does not answer, except with --prometheus, whose numbers say so. Raises StartupError where no
    service answers, drains or is expected to.
    """
    server = [options.socket] if options.socket else socket_paths()
    answers = {"server": _first(server)}
    if not options.socket:
        answers["console"] = _first([CONSOLE])
    reports = [numbers for numbers in answers.values() if numbers]
    silent = [] if options.socket else _silent(answers)
    draining = [] if options.socket else list(draining_servers(Machine()))
    reports += silent
    if not reports and not draining:
        raise StartupError(fallback_messages.NO_SERVER.format(path=server[0]))
    if options.json:
        print(_as_json(reports, draining))
    elif options.prometheus:
        rows = [*map(prometheus_text, reports), draining_text([*map(asdict, draining)])]
        print("".join(rows), end="")
    else:
        drains = [f"{drain.unit} is {drain.text}." for drain in draining]
        print("\n\n".join([*map(status_lines, reports), *drains]))
    return int(bool(silent) and not options.prometheus)


def _as_json(reports: list[dict[str, object]], draining: list[DrainingServer]) -> str:
    if draining:
        drains = {"drains": list(map(asdict, draining))}
        if servers := [numbers for numbers in reports if numbers.get("service") == "server"]:
            servers[0].update(drains)
        else:
            reports = [{"service": "server", **drains}, *reports]
    return json.dumps(reports[0] if len(reports) == 1 else reports, indent=2)


def _silent(answers: Mapping[str, Mapping[str, object] | None]) -> list[dict[str, object]]:
    """Return what there is to say of services that start with the machine and do not answer."""
    return [
        {"service": kind, "unit": unit, "answers": False}
        for kind, unit in expected_services()
        if answers[kind] is None
    ]


def _first(paths: list[Path]) -> dict[str, object] | None:
    """Return the numbers of the first that answers; empty where this user may not ask one."""
    refused = None
    for path in paths:
        numbers = ask(path)
        if numbers:
            return numbers
        refused = numbers if refused is None else refused
    return refused


def ask(path: Path) -> dict[str, object] | None:
    """Ask the service that listens at a socket for its numbers; return them by name.

    Returns an empty dictionary where this user may not connect, None where nobody answers.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.settimeout(_TIMEOUT)
        try:
            connection.connect(str(path))
            with suppress(OSError):  # a console has answered and closed already
                connection.send(STATUS)
            try:
                answer = connection.recv(65536)
            except ConnectionResetError:  # it has closed and read nothing; its answer still stands
                answer = connection.recv(65536)
            numbers = json.loads(answer)
        except PermissionError:
            return {}
        except (OSError, ValueError):
            return None
    return numbers if isinstance(numbers, dict) else None
