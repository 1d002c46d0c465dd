"""`kiosk fingerprint`: print the sheet by which visitors know this machine's SSH host key."""

from __future__ import annotations

import argparse
import socket
import sys

from kiosk.cli.options import add_config, add_port, add_state
from kiosk.cli.site.serve import require_ssh
from kiosk.site.content import settings_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kiosk fingerprint`."""
    parser.add_argument(
        "--name", metavar="HOST", default=socket.gethostname(),
        help="the name that visitors type; else this machine's",
    )  # fmt: skip
    add_port(parser)
    add_state(parser)
    add_config(parser)
    parser.set_defaults(run=fingerprint)


def fingerprint(options: argparse.Namespace) -> int:
    """Print the sheet; makes the key where there is none yet."""
    require_ssh()
    from kiosk.serve.ssh.fingerprint_sheet import show

    port = options.port or settings_of(options.config).ssh.port
    return show(options.name, port, options.state, sys.stdout)
