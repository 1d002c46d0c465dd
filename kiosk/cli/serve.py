"""`kiosk serve`: check what it would serve, then become the process of a house; and its status."""

from __future__ import annotations

import json
import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

from kiosk.cli.main import Request
from kiosk.cli.run import interpreter
from kiosk.serve.sockets import socket_paths
from kiosk.serve.status import status_lines
from kiosk.serve.unix_listener import STATUS
from kiosk.site.content import StartupError, library_of, pack_at, settings_of

KEPT = (
    "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "HOME", "NOTIFY_SOCKET",
    "WATCHDOG_USEC", "RUNTIME_DIRECTORY", "STATE_DIRECTORY", "LISTEN_FDS", "LISTEN_PID",
)  # fmt: skip
"""Variables that a house obeys."""
TERM = "xterm-256color"
"""What is composed for; a visit whose terminal is another looks at its own."""
NO_SSH = "SSH needs the extra `ssh`: install 'kiosk[ssh]', as docs/deploying.md says."
NOBODY = "No house answers at {path}. Start one with `kiosk serve`."


def serve(request: Request) -> int:
    """Become a house; the exit status where that cannot be."""
    try:
        with pack_at(request.content) as pack:
            library_of(pack, settings_of(request.config))
    except StartupError as why:
        print(why, file=sys.stderr)
        return 1
    told = {
        "command": interpreter("kiosk.worker.main", "")[:-1],
        "factory": fork_server_request(request),
        "socket": str(request.socket) if request.socket else None,
        "mode": request.mode,
        "metrics": request.metrics,
        "ssh": None,
    }
    if request.about == "ssh":
        if not has_ssh():
            print(NO_SSH, file=sys.stderr)
            return 1
        state = str(request.state.resolve()) if request.state else None
        told["ssh"] = {"port": request.port, "state": state}
    return os.execve(
        sys.executable, interpreter("kiosk.serve.main", json.dumps(told)), environment()
    )


def fork_server_request(request: Request) -> dict[str, object]:
    """What each factory is told, beside its size."""
    return {
        "content": str(request.content.resolve()) if request.content else None,
        "config": str(request.config.resolve()) if request.config else None,
        "theme": request.theme,
        "level": request.level,
        "topic": request.topic,
        "ascii": request.ascii_only,
    }


def environment() -> dict[str, str]:
    """Of this process's variables, those that a house may have."""
    clean = {name: os.environ[name] for name in KEPT if name in os.environ}
    return clean | {"TERM": TERM, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}


def has_ssh() -> bool:
    """Whether what the SSH door needs is installed."""
    return all(find_spec(name) for name in ("asyncssh", "segno"))


def fingerprint(request: Request) -> int:
    """Show the staff's sheet; the exit status."""
    if not has_ssh():
        print(NO_SSH, file=sys.stderr)
        return 1
    from kiosk.serve.ssh.fingerprint_sheet import show

    try:
        port = request.port or settings_of(request.config).ssh.port
    except StartupError as why:
        print(why, file=sys.stderr)
        return 1
    return show(request.name or socket.gethostname(), port, request.state, sys.stdout)


def status(request: Request) -> int:
    """Say how the house here is; 1 where none answers."""
    paths = [Path(request.socket)] if request.socket else socket_paths()
    for path in paths:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as one:
            one.settimeout(10)
            try:
                one.connect(str(path))
                one.send(STATUS)
                told = json.loads(one.recv(65536))
            except (OSError, ValueError):
                continue
        print(json.dumps(told, indent=2) if request.as_json else status_lines(told))
        return 0
    print(NOBODY.format(path=paths[0]), file=sys.stderr)
    return 1
