"""Which services of the kiosk start with this machine, read from systemd's links: any user may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.operations.machine import CONSOLE_UNIT, SERVER_UNITS, TOUCH_UNIT

UNITS = Path("/etc/systemd/system")


def expected_services(units: Path = UNITS) -> Iterator[tuple[str, str]]:
    """Yield the kinds of service that start with this machine, each with the name of a unit.

    Kinds are `server` and `console`; one that starts with the machine should answer.
    """
    names = sorted({link.name for link in units.glob("*.wants/kiosk*.service")})
    kinds = tuple(f"{kind}@" for kind in SERVER_UNITS)
    servers = [name for name in names if name.startswith(kinds)]
    consoles = [name for name in names if name in (CONSOLE_UNIT, TOUCH_UNIT)]
    if servers:
        yield "server", servers[-1]
    if consoles:
        yield "console", consoles[0]
