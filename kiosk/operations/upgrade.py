"""Change a machine to another version of the program, or back, without ending a visit.

The new version checks this machine's settings and content before anything changes. An interrupted
upgrade is completed by the same command: an incomplete folder of a version is made again, and the
link to the version in use changes last.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from kiosk.operations.install import install_version
from kiosk.operations.machine import (
    CONSOLE_UNIT,
    TOUCH_UNIT,
    Machine,
    UnitState,
    UpgradeError,
)
from kiosk.operations.units import refresh_units

NOTICE_TIMEOUT = 15.0
"""Seconds within which a server notices that another one has replaced it, or serves again."""


class Upgrade:
    """Upgrade of one machine: installs a version of the program, and puts a version in use.

    Args:
        machine: to change.
        say: called with a sentence on each thing that was done, for the user.
        pause: waits for so many seconds.
    """

    def __init__(
        self,
        machine: Machine,
        say: Callable[[str], None],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._machine = machine
        self._say = say
        self._pause = pause

    def install(
        self, wheel: Path, version: str, lock: Path | None = None, stick: Path | None = None
    ) -> None:
        """Install a wheel as `version` next to the other versions, not yet in use.

        Does nothing if that version is there already. Raises UpgradeError where pip fails.

        Args:
            wheel: the wheel file of kiosk.
            version: names the folder in /opt.
            lock: file of requirements with hashes; None to let pip choose.
            stick: a folder to take packages from, such as on a USB stick; None for the network.
        """
        if install_version(self._machine, wheel, version, lock, stick):
            self._say(f"Installed {wheel.name} in {self._machine.folder(version)}.")
        else:
            self._say(f"{self._machine.folder(version)} is there already.")

    def to(self, version: str) -> bool:
        """Put an installed version in use, older or newer; return False if it is in use already.

        Servers, console and links change over; sessions go on to their end. Raises UpgradeError
        where the version is not installed, finds settings or content bad, or does not start; then
        the version from before stays in use.
        """
        machine = self._machine
        current = machine.version_behind(machine.link)
        if not current:
            raise UpgradeError(f"{machine.link} leads to no version: install one first.")
        if not (machine.folder(version) / "bin" / "kiosk").exists():
            raise UpgradeError(f"{machine.folder(version)} has no kiosk: nothing was changed.")
        if current == version:
            self._say(f"kiosk {version} is in use already: nothing was changed.")
            return False
        self._check(version)
        self._refresh_units(current, version)
        for kind in list(machine.servers(current)):
            self._change_server(kind, current, version)
        machine.lead_to(machine.link_back, current)
        machine.lead_to(machine.link, version)
        self._say(f"{machine.link} leads to {machine.folder(version).name}.")
        self._change_console()
        self._say(f"kiosk {version} is in use. To go back to {current}: `kiosk upgrade --back`.")
        return True

    def _check(self, version: str) -> None:
        """Have the new version look at this machine's settings and content.

        Not at services: one that is unwell is no reason to stay with what it has.
        """
        program = self._machine.folder(version) / "bin" / "kiosk"
        looked = self._machine.run([str(program), "doctor", "--no-services"])
        if looked.status:
            raise UpgradeError(
                f"{looked.output.strip()}\n\nkiosk {version} would not open here, for what is "
                "marked BAD. Nothing was changed."
            )
        self._say(f"Checked: kiosk {version} opens with the settings and content of this machine.")
        recalled = self._machine.run([str(program), "pack", "recall"])
        if not recalled.status and recalled.output.strip():
            self._say(recalled.output.strip())

    def _refresh_units(self, current: str, version: str) -> None:
        machine = self._machine
        changed, kept = refresh_units(machine, current, version)
        for name in kept:
            self._say(
                f"{machine.units / name} was changed on this machine, so it stays. Compare it with "
                f"{machine.share(version) / name}; changes of yours are safe in `systemctl edit`."
            )
        if changed:
            self._say(f"Renewed: {', '.join(changed)}.")
            machine.systemctl("daemon-reload")

    # -- servers

    def _change_server(self, kind: str, current: str, version: str) -> None:
        machine = self._machine
        old, new = f"{kind}@{current}.service", f"{kind}@{version}.service"
        self._change_socket(kind, current, version)
        state = machine.state(new)
        if state.active == "deactivating":
            machine.systemctl("enable", new)
            machine.systemctl("start", "--no-block", new)
            self._say(
                f"{new} was stopped by systemctl and waits for its last readers ({state.text}). "
                f"It opens when they have left; {old} serves until then."
            )
        elif state.is_draining:
            machine.systemctl("enable", new)
            machine.systemctl("kill", "--kill-whom=main", "--signal=SIGUSR2", new)
            if not self._wait(new, lambda state: state.is_up and not state.is_draining):
                raise UpgradeError(f"{new} does not serve again; {old} goes on.")
            self._say(f"{new} still had readers; it opens sessions again.")
        else:
            self._start(new, old)
        if state.active != "deactivating":
            self._wait(old, lambda state: state.is_draining or not state.is_up)
        machine.systemctl("disable", old)
        left = machine.state(old)
        detail = f": {left.text}" if left.is_draining else ""
        self._say(f"{old} ends with its last reader{detail}.")

    def _start(self, new: str, old: str) -> None:
        machine = self._machine
        started = machine.systemctl("enable", "--now", new)
        if started.status == 0 and machine.state(new).is_up:
            self._say(f"{new} is open, and new visitors come to it.")
            return
        machine.systemctl("disable", "--now", new)
        if machine.state(old).is_draining:
            machine.systemctl("kill", "--kill-whom=main", "--signal=SIGUSR2", old)
        raise UpgradeError(
            f"{started.output.strip()}\n{new} does not start (`journalctl -u {new}` says why), so "
            f"it is off again. {old} serves as before, and no visit was ended."
        )

    def _change_socket(self, kind: str, current: str, version: str) -> None:
        """Change over where systemd holds the port: its socket first."""
        old, new = f"{kind}@{current}.socket", f"{kind}@{version}.socket"
        if self._machine.state(old).is_up:
            self._machine.systemctl("enable", "--now", new)
            self._machine.systemctl("disable", "--now", old)

    def _wait(self, unit: str, holds: Callable[[UnitState], bool]) -> bool:
        for _ in range(int(NOTICE_TIMEOUT * 2)):
            if holds(self._machine.state(unit)):
                return True
            self._pause(0.5)
        return False

    # -- the console

    def _change_console(self) -> None:
        machine = self._machine
        if machine.state(CONSOLE_UNIT).is_up:
            machine.systemctl("kill", "--kill-whom=main", "--signal=SIGUSR1", CONSOLE_UNIT)
            self._say("The console changes over as soon as nobody is reading.")
        if machine.state(TOUCH_UNIT).is_up:
            self._say(
                f"The touch screen goes on with the version before: `systemctl restart "
                f"{TOUCH_UNIT}` while nobody is there."
            )
