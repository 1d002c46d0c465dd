"""`kiosk serve`: check that the content and settings can be used, then replace this process by the
server.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib.util import find_spec

from kiosk import fallback_messages
from kiosk.cli.options import (
    add_ascii,
    add_config,
    add_content,
    add_port,
    add_socket,
    add_state,
    add_theme,
    launch_options,
)
from kiosk.errors import StartupError
from kiosk.serve.memory_wiping import wiping_command, wiping_environment
from kiosk.site.content import library_of, pack_at, settings_of
from kiosk.system.processes import python_command

_KEPT = (
    "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "HOME", "NOTIFY_SOCKET",
    "WATCHDOG_USEC", "RUNTIME_DIRECTORY", "STATE_DIRECTORY", "LISTEN_FDS", "LISTEN_PID",
)  # fmt: skip
"""Environment variables that the server obeys."""
TERM = "xterm-256color"
"""The terminal that pages are prepared for; a worker at another looks at its own."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk serve` on its parser, and set `serve` as the function to run."""
    parser.add_argument(
        "--ssh", action="store_true", help="listen for SSH, too, as [ssh] in the settings says"
    )
    add_content(parser)
    add_config(parser)
    add_theme(parser)
    add_ascii(parser)
    add_socket(parser)
    parser.add_argument(
        "--mode", metavar="OCTAL", help="who may connect to the socket; else 660: owner and group"
    )
    parser.add_argument(
        "--metrics", metavar="PATH|127.0.0.1:PORT", help="answer Prometheus at this socket or port"
    )
    add_port(parser)
    add_state(parser)
    parser.set_defaults(run=serve)


def serve(options: argparse.Namespace) -> int:
    """Run `kiosk serve`: replace this process by the server, so that this never returns.

    Raises an error instead where the settings or content cannot be used or the packages for SSH
    lack.
    """
    launch = launch_options(options)
    with pack_at(launch.content) as pack:
        library_of(pack, settings_of(launch.config))
    request = {
        "command": python_command("kiosk.worker.main", "")[:-1],
        "fork_server": launch.to_json(),
        "socket": str(options.socket) if options.socket else None,
        "mode": options.mode,
        "metrics": options.metrics,
        "ssh": None,
    }
    if options.ssh:
        require_ssh()
        state = str(options.state.resolve()) if options.state else None
        request["ssh"] = {"port": options.port, "state": state}
    command = python_command("kiosk.serve.main", json.dumps(request))
    if not options.ssh:  # the server sees nothing of what is typed
        return os.execve(sys.executable, command, _environment())
    return os.execve(sys.executable, wiping_command(command), wiping_environment(_environment()))


def require_ssh() -> None:
    """Raise StartupError, which says what to install, where a package that SSH needs is not
    installed.
    """
    if not all(find_spec(name) for name in ("asyncssh", "segno")):
        raise StartupError(fallback_messages.NO_SSH)


def _environment() -> dict[str, str]:
    clean = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return clean | {"TERM": TERM, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
