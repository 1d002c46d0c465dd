"""`kiosk fingerprint`: print a sheet for the staff, with the command by which visitors connect over
SSH and the fingerprint of this machine's host key.
"""

from __future__ import annotations

import argparse
import socket
import sys

from kiosk.cli.options import add_config, add_port, add_state
from kiosk.cli.site.serve import require_ssh
from kiosk.site.content import settings_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk fingerprint` on its parser, and set `fingerprint` as the
    function to run.
    """
    parser.add_argument(
        "--name", metavar="HOST", default=socket.gethostname(),
        help="the name that visitors type; else this machine's",
    )  # fmt: skip
    add_port(parser)
    add_state(parser)
    add_config(parser)
    parser.set_defaults(run=fingerprint)


def fingerprint(options: argparse.Namespace) -> int:
    """Run `kiosk fingerprint`: print the sheet, and make the SSH host key before if there is none;
    return the exit status.

    Raises StartupError without the packages for SSH, HostKeyError where the key cannot be used.
    """
    require_ssh()
    from kiosk.serve.ssh.fingerprint_sheet import show

    port = options.port or settings_of(options.config).ssh.port
    return show(options.name, port, options.state, sys.stdout)
