"""`kiosk upgrade`: install another version of kiosk and use it from now on, or go back to the one
before.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.errors import StartupError
from kiosk.operations.install import LOCK, version_of
from kiosk.operations.machine import Machine
from kiosk.operations.upgrade import Upgrade
from kiosk.system.users import is_superuser

_PROGRAM = Path(__file__).resolve().parents[2]
_DEBIAN = Path("/usr/lib/kiosk")
"""Folder into which the Debian package puts the program."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk upgrade` on its parser, and set `upgrade` as the function to
    run.
    """
    versions = parser.add_mutually_exclusive_group(required=True)
    versions.add_argument(
        "wheel", nargs="?", type=Path, metavar="WHEEL", help="the new version's wheel"
    )
    versions.add_argument("--to", metavar="VERSION", help="a version that is in /opt already")
    versions.add_argument("--back", action="store_true", help="the version that was in use before")
    parser.add_argument(
        "--name", metavar="VERSION",
        help="the wheel's name in /opt, for a rebuild of one version: 0.1.0-s1",
    )  # fmt: skip
    parser.add_argument(
        "--requirements", type=Path, metavar="FILE",
        help="versions and hashes of all that it needs; else requirements.lock beside the wheel",
    )  # fmt: skip
    parser.add_argument(
        "--stick", type=Path, metavar="DIR", help="take them from this folder, not from the network"
    )
    parser.set_defaults(run=upgrade)


def upgrade(options: argparse.Namespace) -> int:
    """Run `kiosk upgrade`: put a new version, an installed one or the one before in use; print each
    step, return 0.

    Raises StartupError where this may not be done here, as without root's rights, and UpgradeError
    where it failed; the version in use then stays the same.
    """
    if _PROGRAM == _DEBIAN:
        raise StartupError(
            "This is a Debian package: `apt install ./kiosk_VERSION_all.deb` upgrades it."
        )
    if not is_superuser():
        raise StartupError("`kiosk upgrade` changes /opt and systemd's units: run it as root.")
    machine = Machine()
    change = Upgrade(machine, lambda line: print(line, flush=True))
    if options.back:
        version = machine.version_behind(machine.link_back)
        if not version:
            raise StartupError("No version was in use before this one.")
    elif options.to:
        version = options.to
    else:
        version = options.name or version_of(options.wheel)
        change.install(options.wheel, version, _lock(options), options.stick)
    change.to(version)
    return 0


def _lock(options: argparse.Namespace) -> Path | None:
    """Return the lock that was named; else the one next to the wheel; None without one."""
    if options.requirements:
        return Path(options.requirements)
    beside: Path = options.wheel.with_name(LOCK)
    return beside if beside.is_file() else None
