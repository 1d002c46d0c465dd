"""The machine that versions of the program are installed on: folders and links of versions, a way
to run programs, and what systemd says of units.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError

SERVER_UNITS = ("kiosk-ssh", "kiosk-serve")
"""Template units; an instance is a version."""
CONSOLE_UNIT = "kiosk.service"
TOUCH_UNIT = "kiosk-touch.service"
SSHD_UNIT = "kiosk-sshd.service"
"""The second sshd, before kiosk-serve."""
DRAINING = "draining"
"""The first word of what a server tells systemd while it drains."""


@dataclass(frozen=True)
class Done:
    """Result of a program that was run to its end: exit status, and what it printed."""

    status: int
    output: str
    """The text that it printed, errors included."""


Run = Callable[[list[str]], Done]


def run_program(command: list[str]) -> Done:
    """Run a program, without input, to its end; return its exit status and all that it printed.

    A status other than 0 raises nothing; raises OSError where there is no such program.
    """
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout)


class UpgradeError(KioskError):
    """An installation or upgrade failed, as its message says; the version in use stays in use."""


@dataclass(frozen=True)
class UnitState:
    """State of one systemd unit, by `systemctl show`: whether it runs, and its status text."""

    name: str
    active: str
    """ActiveState: active, activating, deactivating, failed or inactive."""
    text: str
    """StatusText: what the service says it does."""

    @property
    def is_up(self) -> bool:
        """True if the unit's process runs and is not being stopped."""
        return self.active in ("active", "reloading")

    @property
    def is_draining(self) -> bool:
        """True if the unit's server runs, but opens no more sessions: it has been replaced."""
        return self.is_up and self.text.startswith(DRAINING)


@dataclass(frozen=True)
class Machine:
    """A machine: its folders for versions and units, and a function that runs programs on it."""

    run: Run = run_program
    opt: Path = Path("/opt")
    units: Path = Path("/etc/systemd/system")

    # -- versions

    @property
    def link(self) -> Path:
        """Path of the symbolic link to the version in use: /opt/kiosk."""
        return self.opt / "kiosk"

    @property
    def link_back(self) -> Path:
        """Path of the symbolic link to the version that was in use before: /opt/kiosk.previous."""
        return self.opt / "kiosk.previous"

    def folder(self, version: str) -> Path:
        """Return the path of a version's folder, such as /opt/kiosk-1.2.0; it need not exist."""
        return self.opt / f"kiosk-{version}"

    def version_behind(self, link: Path) -> str:
        """Return the version that a symbolic link points to; empty where there is no such link."""
        if not link.is_symlink():
            return ""
        return link.readlink().name.removeprefix("kiosk-")

    def lead_to(self, link: Path, version: str) -> None:
        """Point a symbolic link to a version's folder, in one step; any old link is replaced."""
        fresh = link.with_name(f".{link.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(self.folder(version).name)
        fresh.replace(link)

    def share(self, version: str) -> Path:
        """Return the path of the folder with the systemd units that a version comes with."""
        return self.folder(version) / "share" / "kiosk"

    # -- units

    def systemctl(self, *arguments: str) -> Done:
        """Run systemctl with these arguments; return its exit status and output."""
        return self.run(["systemctl", *arguments])

    def state(self, unit: str) -> UnitState:
        """Return the state of a systemd unit; an unknown unit counts as inactive."""
        shown = self.systemctl("show", "-p", "ActiveState", "-p", "StatusText", unit).output
        facts = dict(line.split("=", 1) for line in shown.splitlines() if "=" in line)
        return UnitState(unit, facts.get("ActiveState", "inactive"), facts.get("StatusText", ""))

    def is_enabled(self, unit: str) -> bool:
        """Return whether a systemd unit is enabled, which means that it starts with the machine."""
        return self.systemctl("is-enabled", "--quiet", unit).status == 0

    def servers(self, version: str) -> Iterator[str]:
        """Yield the kinds of server, `kiosk-ssh` or `kiosk-serve`, that use this version.

        A kind counts if its unit for the version is not inactive, or starts with the machine.
        """
        for kind in SERVER_UNITS:
            unit = f"{kind}@{version}.service"
            if self.state(unit).active != "inactive" or self.is_enabled(unit):
                yield kind
