"""A machine whose systemd is a table: versions in a folder, units that follow commands."""

from __future__ import annotations

from pathlib import Path

from kiosk.operations.machine import Done, Machine


class FakeSystemd:
    """Runs `systemctl` on a table of units, and any other program as one that succeeds.

    A server that starts replaces the one of the same kind that is up: that one then drains while it
    has readers, and ends where it has none.
    """

    def __init__(self) -> None:
        self.active: dict[str, str] = {}
        self.text: dict[str, str] = {}
        self.enabled: set[str] = set()
        self.readers: dict[str, int] = {}
        self.broken: set[str] = set()
        """Units that do not start."""
        self.doctor = Done(0, "It will open.")
        self.recalled = Done(0, "")
        self.pip = Done(0, "")
        self.commands: list[list[str]] = []

    def run(self, command: list[str]) -> Done:
        self.commands.append(command)
        if command[0] != "systemctl":
            return self._other(command)
        verb, arguments = command[1], command[2:]
        options = [argument for argument in arguments if argument.startswith("-")]
        unit = arguments[-1] if arguments else ""
        if verb == "show":
            text = self.text.get(unit, "")
            return Done(0, f"ActiveState={self.active.get(unit, 'inactive')}\nStatusText={text}\n")
        if verb == "is-enabled":
            return Done(int(unit not in self.enabled), "")
        if verb == "enable":
            self.enabled.add(unit)
            return self._start(unit) if "--now" in options else Done(0, "")
        if verb == "disable":
            self.enabled.discard(unit)
            if "--now" in options:
                self.active[unit] = "inactive"
        if verb == "kill" and "--signal=SIGUSR2" in options:
            self._replace(unit)
        return Done(0, "")

    def _other(self, command: list[str]) -> Done:
        if command[1:] == ["doctor", "--no-services"]:
            return self.doctor
        if command[1:] == ["pack", "recall"]:
            return self.recalled
        if "venv" in command:
            (Path(command[-1]) / "bin").mkdir(parents=True)
        elif command[1:2] == ["install"]:
            if self.pip.status == 0:
                (Path(command[0]).parent / "kiosk").touch()
            return self.pip
        return Done(0, "")

    def _start(self, unit: str) -> Done:
        if unit in self.broken:
            self.active[unit] = "failed"
            return Done(1, f"Job for {unit} failed.")
        self._replace(unit)
        return Done(0, "")

    def _replace(self, unit: str) -> None:
        kind = unit.partition("@")[0]
        for other in list(self.active):
            if other != unit and other.startswith(f"{kind}@") and self.active[other] == "active":
                readers = self.readers.get(other, 0)
                self.active[other] = "active" if readers else "inactive"
                self.text[other] = f"draining: {readers} sessions left" if readers else ""
        self.active[unit], self.text[unit] = "active", "open"


def machine_with(folder: Path, systemd: FakeSystemd, *versions: str) -> Machine:
    """Return a machine with these versions, the first of which is in use and serves by SSH."""
    machine = Machine(systemd.run, folder / "opt", folder / "units")
    machine.units.mkdir()
    for version in versions:
        machine.share(version).mkdir(parents=True)
        (machine.folder(version) / "bin").mkdir()
        (machine.folder(version) / "bin" / "kiosk").touch()
        (machine.share(version) / "kiosk-ssh@.service").write_text(f"# as of {version}\n")
    machine.lead_to(machine.link, versions[0])
    unit = f"kiosk-ssh@{versions[0]}.service"
    systemd.active[unit], systemd.text[unit] = "active", "open"
    systemd.enabled.add(unit)
    installed = machine.units / "kiosk-ssh@.service"
    installed.write_text(f"# as of {versions[0]}\n")
    return machine
