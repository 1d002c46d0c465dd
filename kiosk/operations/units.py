"""Replace installed systemd units by a new version's, except for units changed by hand."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.operations.machine import Machine

PATTERN = "kiosk*.s*"
"""Service and socket units."""


def refresh_units(machine: Machine, current: str, version: str) -> tuple[list[str], list[str]]:
    """Replace installed units by those of `version`; return the names of units replaced, and kept.

    A unit is replaced if it is as the version in use (`current`) brought it. Another was changed
    by hand, and is kept. Units that are not installed, or need no change, are in neither list.
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
