"""Findings of `kiosk doctor` on the services of this machine: whether they run, and why not; what
they say of themselves; and whether the SSH host key can be used.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kiosk import __version__
from kiosk.operations.machine import CONSOLE_UNIT, SERVER_UNITS, SSHD_UNIT, TOUCH_UNIT, Machine
from kiosk.system.processes import LEFT_BY_STAFF

GOOD, NOTE, BAD, CLOSED = "ok  ", "note", "BAD ", "shut"
Finding = tuple[str, str]
"""State and a sentence; CLOSED is a console that staff have closed with their PIN."""
Ask = Callable[[Path], Mapping[str, object] | None]
"""Asks the service that listens at a socket for its numbers; None where none answers."""
SERVER_SOCKET = Path("/run/kiosk/kiosk.sock")
CONSOLE_SOCKET = Path("/run/kiosk-console/console.sock")
HOST_KEY = Path("/var/lib/kiosk-ssh/ssh/ssh_host_ed25519_key")
PROPERTIES = (
    "LoadState", "UnitFileState", "ActiveState", "SubState", "NRestarts", "Result",
    "ExecMainStatus", "ExecMainStartTimestampMonotonic", "User", "StatusText",
)  # fmt: skip


def service_findings(
    machine: Machine, ask: Ask, host_key: Path = HOST_KEY, has_systemd: bool | None = None
) -> Iterator[Finding]:
    """Yield findings on each kiosk service of this machine: whether it runs, and what it says.

    A finding is a state (GOOD, NOTE, BAD or CLOSED) and a sentence. There is one also where no
    service is found; none on a machine without systemd.

    Args:
        machine: where systemctl is run.
        ask: asks the service at a control socket for its figures; returns None without an answer.
        host_key: path of the SSH server's host key, whose owner and mode are checked.
        has_systemd: whether there is systemd; None to look for systemctl.
    """
    if not (shutil.which("systemctl") if has_systemd is None else has_systemd):
        return
    units = list(_units(machine))
    for unit in units:
        yield from _unit(machine, unit, ask)
    if any(unit.startswith("kiosk-ssh@") for unit in units):
        yield from _host_key(machine, host_key)
    if not units:
        yield NOTE, "No service of the kiosk runs here, and none starts with the machine."


def _units(machine: Machine) -> Iterator[str]:
    listed = machine.systemctl(
        "list-units", "--all", "--plain", "--no-legend", "--full",
        *(f"{kind}@*.service" for kind in SERVER_UNITS), CONSOLE_UNIT, TOUCH_UNIT, SSHD_UNIT,
    ).output  # fmt: skip
    names = {line.split()[0] for line in listed.splitlines() if line.split()}
    for link in sorted(machine.units.glob("*.wants/kiosk*.service")):
        names.add(link.name)
    for name in sorted(names):
        if name.startswith(tuple(f"{kind}@" for kind in SERVER_UNITS)) or name in (
            CONSOLE_UNIT, TOUCH_UNIT, SSHD_UNIT,
        ):  # fmt: skip
            yield name


def _unit(machine: Machine, unit: str, ask: Ask) -> Iterator[Finding]:
    options = [word for name in PROPERTIES for word in ("-p", name)]
    shown = machine.systemctl("show", *options, unit).output
    facts = dict(line.split("=", 1) for line in shown.splitlines() if "=" in line)
    active = facts.get("ActiveState", "")
    if facts.get("LoadState") == "not-found":
        return  # another unit names it, and it is not installed
    if active not in ("active", "reloading") or facts.get("SubState") == "auto-restart":
        yield _not_running(unit, facts)
    elif facts.get("StatusText", "").startswith("draining"):
        yield NOTE, f"{unit} was replaced and is {facts['StatusText']}."
    else:
        yield GOOD, f"{unit} runs as the user {facts.get('User') or 'root'}."
        if unit == SSHD_UNIT:
            return  # OpenSSH, which says nothing of itself
        is_console = unit in (CONSOLE_UNIT, TOUCH_UNIT)
        numbers = ask(CONSOLE_SOCKET if is_console else SERVER_SOCKET)
        yield from _answer(unit, numbers)


def _not_running(unit: str, facts: Mapping[str, str]) -> Finding:
    """Return what is wrong with a service that does not run, and what to do."""
    active, restarts = facts.get("ActiveState", ""), facts.get("NRestarts", "0")
    log, start = f"`journalctl -u {unit}` says why", f"`systemctl start {unit}`"
    if active == "failed" or facts.get("SubState") == "auto-restart":
        tried = f"{facts.get('Result')}, tried {restarts} times"
        return BAD, f"{unit} does not start ({tried}): {log}. Mend that, then {start}."
    if active == "activating":
        return NOTE, f"{unit} is starting: look again in a minute."
    is_console = unit in (CONSOLE_UNIT, TOUCH_UNIT)
    if is_console and active == "inactive" and facts.get("ExecMainStatus") == str(LEFT_BY_STAFF):
        return CLOSED, f"Staff have closed the screen with their PIN. To open it again: {start}."
    if not facts.get("UnitFileState", "").startswith("enabled"):
        return NOTE, f"{unit} is {active or 'unknown'}, and does not start with the machine."
    if active == "deactivating":
        return BAD, f"{unit} is being stopped, and waits for its readers. Once it has: {start}."
    if facts.get("ExecMainStartTimestampMonotonic") == "0":
        return BAD, f"{unit} has not run since the machine was started: reboot, or {start}."
    return BAD, (
        f"{unit} is stopped, though it starts with the machine: {start}. {log[0].upper()}{log[1:]} "
        f"it stopped; if it is not to run, `systemctl disable {unit}`."
    )


def _answer(unit: str, numbers: Mapping[str, object] | None) -> Iterator[Finding]:
    """Yield what a service says of itself."""
    if numbers is None:
        yield BAD, f"{unit} answers no `kiosk status`: restart it while nobody is there."
        return
    version = numbers.get("version")
    if version != __version__:
        yield NOTE, f"It runs kiosk {version}; this is kiosk {__version__}."
    content = numbers.get("content")
    facts = content if isinstance(content, dict) else {}
    files = ", ".join(map(str, facts.get("settings", ()))) or "no settings file"
    yield GOOD, f"It last read {files}, and {facts.get('pack', 'no content')}."
    if not numbers.get("settings_ok", True):
        age = numbers.get("settings_age")
        yield (
            BAD,
            (
                f"For {age} seconds it cannot use what is on the disk: it goes on with what it "
                "read before. See Settings and Content below."
            ),
        )
    for sentence in facts.get("lacking", ()):
        yield BAD, f"In this unit a visit cannot give up all that it should. {sentence}"
    if numbers.get("last_crash"):
        yield (
            NOTE,
            (
                f"The last error in a visit: {numbers['last_crash']}, "
                f"{numbers.get('last_crash_age')} seconds ago."
            ),
        )


def _host_key(machine: Machine, file: Path) -> Iterator[Finding]:
    try:
        status = file.stat()
    except OSError:
        yield NOTE, f"There is no host key at {file} yet: the first start makes one."
        return
    try:
        owner = file.owner()
    except KeyError:
        owner = str(status.st_uid)
    if owner != "kiosk":
        yield (
            BAD,
            (
                f"The host key belongs to {owner}, not to kiosk, so the server does not use it: "
                f"`chown -R kiosk: {file.parent}`."
            ),
        )
    elif status.st_mode & 0o077:
        yield BAD, f"Others may read the host key, so it is not used: `chmod 600 {file}`."
    else:
        yield GOOD, f"The host key is {file}, for the user kiosk alone."
