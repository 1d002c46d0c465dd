"""`kiosk status`: ask the server that runs on this machine how it is."""

from __future__ import annotations

import argparse
import json
import socket

from kiosk import fallback_messages
from kiosk.cli.options import add_socket
from kiosk.errors import StartupError
from kiosk.serve.sockets import socket_paths
from kiosk.serve.status import status_lines
from kiosk.serve.unix_listener import STATUS

_TIMEOUT = 10.0
"""Seconds to wait for the answer."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kiosk status`."""
    add_socket(parser)
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    parser.set_defaults(run=status)


def status(options: argparse.Namespace) -> int:
    """Print the numbers of the first server that answers; StartupError where none does."""
    paths = [options.socket] if options.socket else socket_paths()
    for path in paths:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
            connection.settimeout(_TIMEOUT)
            try:
                connection.connect(str(path))
                connection.send(STATUS)
                numbers = json.loads(connection.recv(65536))
            except (OSError, ValueError):
                continue
        print(json.dumps(numbers, indent=2) if options.json else status_lines(numbers))
        return 0
    raise StartupError(fallback_messages.NO_SERVER.format(path=paths[0]))
