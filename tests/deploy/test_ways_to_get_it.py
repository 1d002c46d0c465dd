"""In a bare Debian: the Debian package, pipx with the wheel, and the single file from a stick.

Each opens in a terminal of its own, and is removed without a trace but settings.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.deploy.bare_debian import files_in, run_in, succeed_in
from tests.support.deploy.debian_package import BuiltPackage
from tests.support.deploy.needs import needs_debian

OPENS = "python3 /srv/kiosk/opens-in-a-terminal"
BOOKS = {"/etc/gshadow-", "/etc/shadow-", "/etc/passwd-", "/etc/group-"}
"""Files in which the system keeps the users from before the last change."""
pytestmark = needs_debian()


def test_the_package_opens_and_goes_without_a_trace_but_settings(
    built: BuiltPackage, copy_of_bare: Path
) -> None:
    print(built.lintian)
    debian = copy_of_bare
    shutil.copy(built.file, debian / "srv" / "kiosk")
    needed = "python3-cryptography python3-pil python3-pydantic libseccomp2"
    succeed_in(debian, f"apt-get install -y -qq {needed} systemd-standalone-sysusers")
    before = files_in(debian)
    succeed_in(debian, f"apt-get install -y ./srv/kiosk/{built.file.name}")
    assert "It opens: kiosk" in succeed_in(debian, OPENS)
    assert "It opens" in succeed_in(debian, OPENS, user="65534:65534", home="/nonexistent")
    assert "0 problems" in succeed_in(debian, "kiosk check; rm -rf ~/.cache")
    succeed_in(
        debian,
        "mkdir /etc/kiosk; cp /usr/share/kiosk/kiosk.toml /etc/kiosk/; apt-get remove -y kiosk",
    )
    settings = {"/etc/kiosk", "/etc/kiosk/kiosk.toml"}
    state = {file for file in files_in(debian) if "/deb-systemd-helper-enabled/kiosk" in file}
    assert files_in(debian) - before - BOOKS - state == settings
    succeed_in(debian, "apt-get purge -y kiosk")
    assert files_in(debian) - BOOKS == before - BOOKS
    assert "kiosk" not in succeed_in(debian, "cat /etc/passwd /etc/group")


def test_pipx_installs_the_wheel_and_takes_it_away(copy_of_bare: Path) -> None:
    debian = copy_of_bare
    succeed_in(debian, "apt-get update -qq && apt-get install -y -qq pipx")
    (wheel,) = (debian / "srv" / "kiosk").glob("kiosk-*.whl")
    home = "/home/somebody"
    succeed_in(debian, f"useradd --create-home somebody; install -m 644 {wheel_in(wheel)} {home}")
    succeed_in(debian, "cp /srv/kiosk/opens-in-a-terminal /usr/local/lib/")
    as_somebody = {"user": "somebody", "home": home}
    before = files_in(debian)
    succeed_in(debian, f"cd; pipx install ./{wheel.name}", **as_somebody)
    opens = "python3 /usr/local/lib/opens-in-a-terminal ~/.local/bin/kiosk"
    assert "It opens" in succeed_in(debian, opens, **as_somebody)
    succeed_in(debian, "pipx uninstall kiosk", **as_somebody)
    assert [file for file in files_in(debian) - before if "kiosk" in file] == []


def wheel_in(wheel: Path) -> str:
    """Return the path of a wheel as it is in the Debian."""
    return f"/srv/kiosk/{wheel.name}"


def test_the_single_file_opens_from_a_folder_that_nobody_may_write_without_a_home(
    copy_of_bare: Path,
) -> None:
    debian = copy_of_bare
    succeed_in(
        debian, "mkdir /stick; cp /srv/kiosk/kiosk.pyz /srv/kiosk/opens-in-a-terminal /stick"
    )
    succeed_in(debian, "chmod -R a+rX,a-w /stick")
    before = files_in(debian)
    opens = "cd /stick; python3 opens-in-a-terminal python3 /stick/kiosk.pyz"
    assert "It opens" in succeed_in(debian, opens, user="65534:65534", home="/nonexistent")
    assert files_in(debian) == before
    assert run_in(debian, "ls -A /tmp").stdout == ""
