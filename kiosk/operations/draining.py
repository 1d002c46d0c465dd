"""Find the servers of this machine that drain: an upgrade has replaced them, they open no new
session, and the sessions that they have go on.

Their control sockets belong to the version that replaced them, so what they say is read from
systemd's status text.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.operations.machine import DRAINING, SERVER_UNITS, Machine

_WORDS = re.compile(rf"{DRAINING} for (\d+) s: (\d+) sessions? left, (\d+) seconds at most")
"""The beginning of what `kiosk.serve.drain` tells systemd."""
_RUNNING = ("active", "reloading", "deactivating")


@dataclass(frozen=True)
class DrainingServer:
    """A replaced server that opens no new session and still runs some; None for unknown figures."""

    unit: str
    version: str
    text: str
    """The server's own words on its state."""
    seconds: int | None = None
    """Since it opened the last session."""
    sessions: int | None = None
    """Those that are left."""
    seconds_left: int | None = None
    """After which it ends, though somebody reads."""


def draining_servers(machine: Machine, has_systemd: bool | None = None) -> Iterator[DrainingServer]:
    """Yield each draining server of a machine: one that opens no new session and still runs some.

    Any user may call this. Yields nothing on a machine without systemd.

    Args:
        machine: where systemctl is run.
        has_systemd: whether there is systemd; None to look for systemctl.
    """
    if not (shutil.which("systemctl") if has_systemd is None else has_systemd):
        return
    shown = machine.systemctl(
        "show", "-p", "Id", "-p", "ActiveState", "-p", "StatusText",
        *(f"{kind}@*.service" for kind in SERVER_UNITS),
    ).output  # fmt: skip
    for unit in shown.split("\n\n"):
        facts = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line)
        name, text = facts.get("Id", ""), facts.get("StatusText", "")
        if facts.get("ActiveState") in _RUNNING and text.startswith(DRAINING):
            version = name.partition("@")[2].removesuffix(".service")
            match = _WORDS.match(text)
            yield DrainingServer(name, version, text, *(map(int, match.groups()) if match else ()))
