"""Find the servers of this machine that drain: no new session opens there, and some run still.

Their sockets belong to the version that replaced them. What they tell systemd says how they are.
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
    """A server that opens no new session and runs some still; None for figures it does not give."""

    unit: str
    version: str
    text: str
    """What it says of itself."""
    seconds: int | None = None
    """Since it opened the last session."""
    sessions: int | None = None
    """Those that are left."""
    seconds_left: int | None = None
    """After which it ends, though somebody reads."""


def draining_servers(machine: Machine, has_systemd: bool | None = None) -> Iterator[DrainingServer]:
    """Yield each server that opens no new session and runs some still; any user may ask for it."""
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
