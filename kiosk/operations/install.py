"""Install a version of the program in a folder of its own, complete or not at all; and read the
version from a wheel's name.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from kiosk.operations.machine import Machine, UpgradeError

INCOMPLETE = "incomplete"
"""A file in the folder of a version while it is being installed."""
LOCK = "requirements.lock"
"""The file next to a wheel that names everything that it needs, with hashes."""
EXTRAS = "ssh,unattended,print,review"


def version_of(wheel: Path) -> str:
    """Return the version in a kiosk wheel's file name.

    Raises UpgradeError for another name, or where there is no such file.
    """
    match = re.fullmatch(r"kiosk-([0-9][A-Za-z0-9.!+]*)-py3-none-any\.whl", wheel.name)
    if not match:
        raise UpgradeError(f"{wheel}: not the name of a wheel of kiosk.")
    if not wheel.is_file():
        raise UpgradeError(f"{wheel}: there is no such file.")
    return match[1]


def install_version(
    machine: Machine, wheel: Path, version: str, lock: Path | None, stick: Path | None
) -> bool:
    """Install a wheel of the program, with its extras, as a version; return False if there already.

    A folder that an interrupted installation left is made again. Raises UpgradeError where pip
    fails; the folder is removed then.

    Args:
        machine: to install on.
        wheel: the wheel file of kiosk.
        version: names the folder in /opt.
        lock: file of requirements with hashes, all that the wheel needs; None to let pip choose.
        stick: a folder to take packages from, such as on a USB stick; None for the network.
    """
    folder = machine.folder(version)
    if folder.exists() and not (folder / INCOMPLETE).exists():
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o755)
    (folder / INCOMPLETE).touch()
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    if stick is not None:
        pip += ["--no-index", "--find-links", str(stick.absolute())]
    commands = [["python3", "-m", "venv", str(folder)]]
    if lock is not None:  # in hash-checking mode every package needs a hash; the wheel has none
        commands.append([*pip, "--require-hashes", "--requirement", str(lock.absolute())])
        commands.append([*pip, "--no-deps", str(wheel.absolute())])
    else:
        commands.append([*pip, f"kiosk[{EXTRAS}] @ {wheel.absolute().as_uri()}"])
    for command in commands:
        done = machine.run(command)
        if done.status:
            shutil.rmtree(folder, ignore_errors=True)
            raise UpgradeError(
                f"{done.output.strip()}\n\n{wheel.name} could not be installed. "
                "Nothing was changed."
            )
    (folder / INCOMPLETE).unlink()
    return True
