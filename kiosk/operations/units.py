"""The units of this machine that a version brings: renewed, unless somebody changed them here."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.operations.machine import Machine

PATTERN = "kiosk*.s*"
"""Service and socket units."""


def refresh_units(machine: Machine, current: str, version: str) -> tuple[list[str], list[str]]:
    """Renew the installed units from those of another version.

    A unit that is as the version in use brought it is replaced. One that differs from that was
    changed by somebody, and stays. A unit that is not installed is not installed.

    Returns the names of those that were renewed, and of those that were changed here and stay.
    """
    changed, kept = [], []
    for fresh in sorted(machine.share(version).glob(PATTERN)):
        installed = machine.units / fresh.name
        if not installed.is_file() or installed.read_bytes() == fresh.read_bytes():
            continue
        before = machine.share(current) / fresh.name
        if before.is_file() and before.read_bytes() == installed.read_bytes():
            _replace(installed, fresh.read_bytes())
            changed.append(fresh.name)
        else:
            kept.append(fresh.name)
    return changed, kept


def _replace(file: Path, content: bytes) -> None:
    new = file.with_name(f".{file.name}.new")
    new.write_bytes(content)
    new.chmod(0o644)
    os.replace(new, file)
