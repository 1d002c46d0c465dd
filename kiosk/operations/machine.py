"""A machine that kiosks are installed on: where versions are, and what systemd says of services."""

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
    """Result of a program that was run and has ended: exit status, and what it printed."""

    status: int
    output: str
    """What it printed, errors included."""


Run = Callable[[list[str]], Done]


def run_program(command: list[str]) -> Done:
    """Run a program and wait for it."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout)


class UpgradeError(KioskError):
    """Another version could not be put in use; what was in use still is."""


@dataclass(frozen=True)
class UnitState:
    """What systemd says of a unit."""

    name: str
    active: str
    """ActiveState: active, activating, deactivating, failed or inactive."""
    text: str
    """StatusText: what the service says it does."""

    @property
    def is_up(self) -> bool:
        """Whether its process runs and is not being stopped."""
        return self.active in ("active", "reloading")

    @property
    def is_draining(self) -> bool:
        """Whether it runs, and opens no more sessions because another version has replaced it."""
        return self.is_up and self.text.startswith(DRAINING)


@dataclass(frozen=True)
class Machine:
    """Folders of this machine, and a way to run programs on it."""

    run: Run = run_program
    opt: Path = Path("/opt")
    units: Path = Path("/etc/systemd/system")

    # -- versions

    @property
    def link(self) -> Path:
        """The link to the version in use."""
        return self.opt / "kiosk"

    @property
    def link_back(self) -> Path:
        """The link to the version that was in use before."""
        return self.opt / "kiosk.previous"

    def folder(self, version: str) -> Path:
        """Return the folder of a version."""
        return self.opt / f"kiosk-{version}"

    def version_behind(self, link: Path) -> str:
        """Return the version that a link leads to; empty where there is no link."""
        if not link.is_symlink():
            return ""
        return link.readlink().name.removeprefix("kiosk-")

    def lead_to(self, link: Path, version: str) -> None:
        """Make a link to a version in one step, in the place of the link that was there."""
        fresh = link.with_name(f".{link.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(self.folder(version).name)
        fresh.replace(link)

    def share(self, version: str) -> Path:
        """Return the folder of the units that a version carries."""
        return self.folder(version) / "share" / "kiosk"

    # -- units

    def systemctl(self, *arguments: str) -> Done:
        """Run systemctl."""
        return self.run(["systemctl", *arguments])

    def state(self, unit: str) -> UnitState:
        """Return what systemd says of a unit."""
        shown = self.systemctl("show", "-p", "ActiveState", "-p", "StatusText", unit).output
        facts = dict(line.split("=", 1) for line in shown.splitlines() if "=" in line)
        return UnitState(unit, facts.get("ActiveState", "inactive"), facts.get("StatusText", ""))

    def is_enabled(self, unit: str) -> bool:
        """Return whether a unit starts with the machine."""
        return self.systemctl("is-enabled", "--quiet", unit).status == 0

    def servers(self, version: str) -> Iterator[str]:
        """Yield the template units that serve this version: it runs, or starts with the machine."""
        for kind in SERVER_UNITS:
            unit = f"{kind}@{version}.service"
            if self.state(unit).active != "inactive" or self.is_enabled(unit):
                yield kind
