"""Kinds of service that start with this machine, by systemd's links, readable to any user."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.operations.machine import CONSOLE_UNIT, SERVER_UNITS, TOUCH_UNIT

UNITS = Path("/etc/systemd/system")


def expected_services(units: Path = UNITS) -> Iterator[tuple[str, str]]:
    """Yield "server" and "console", each if it starts with this machine, and its unit's name.

    `kiosk status` expects these to answer. `units` is the folder of systemd's units.
    """
    names = sorted({link.name for link in units.glob("*.wants/kiosk*.service")})
    kinds = tuple(f"{kind}@" for kind in SERVER_UNITS)
    servers = [name for name in names if name.startswith(kinds)]
    consoles = [name for name in names if name in (CONSOLE_UNIT, TOUCH_UNIT)]
    if servers:
        yield "server", servers[-1]
    if consoles:
        yield "console", consoles[0]
