"""In a bare Debian: the Debian package, pipx with the wheel, and the single file from a stick.

Each opens in a terminal of its own, and is removed without a trace but settings.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deploy.bare_debian import files_in, install_bare_debian, run_in
from tests.support.deploy.needs import needs_debian
from tests.support.shipped import ROOT

SUITE = "trixie"
TOOLS = "make dpkg-dev debhelper dh-python python3-pip lintian"
OPENS = "python3 /srv/kiosk/opens-in-a-terminal"
BOOKS = {"/etc/gshadow-", "/etc/shadow-", "/etc/passwd-", "/etc/group-"}
"""Files in which the system keeps the users from before the last change."""
pytestmark = needs_debian()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A bare Debian with Python, and what is to be installed in /srv/kiosk."""
    folder = tmp_path_factory.mktemp("debian") / "bare"
    if why := install_bare_debian(folder, SUITE):
        pytest.skip(why)
    done(folder, "apt-get update -qq && apt-get install -y -qq python3")
    files = folder / "srv" / "kiosk"
    files.mkdir()
    shutil.copy(ROOT / "debian" / "tests" / "opens-in-a-terminal", files)
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(files), str(ROOT)]
    subprocess.run(pip, check=True)
    subprocess.run([sys.executable, ROOT / ".ci" / "single_file.py"], check=True)
    shutil.copy(ROOT / "dist" / "kiosk.pyz", files)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def debian(bare: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it, for one test."""
    folder = tmp_path / "debian"
    subprocess.run(["cp", "-a", str(bare), str(folder)], check=True)
    yield folder
    shutil.rmtree(folder)


def done(folder: Path, script: str, *, user: str = "0:0", home: str = "/root") -> str:
    """Run a script; return what it printed."""
    ran = run_in(folder, script, user=user, home=home)
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    return ran.stdout


def test_the_package_is_built_opens_and_goes_without_a_trace_but_settings(
    bare: Path, debian: Path
) -> None:
    built = build(debian)
    package = bare / "srv" / "kiosk" / built.name
    shutil.copy(built, package)
    needed = "python3-cryptography python3-pil python3-pydantic libseccomp2"
    done(bare, f"apt-get install -y -qq {needed} systemd-standalone-sysusers")
    before = files_in(bare)
    done(bare, f"apt-get install -y ./srv/kiosk/{package.name}")
    assert "It opens: kiosk" in done(bare, OPENS)
    assert "It opens" in done(bare, OPENS, user="65534:65534", home="/nonexistent")
    assert "0 problems" in done(bare, "kiosk check; rm -rf ~/.cache")
    done(
        bare,
        "mkdir /etc/kiosk; cp /usr/share/kiosk/kiosk.toml /etc/kiosk/; apt-get remove -y kiosk",
    )
    settings = {"/etc/kiosk", "/etc/kiosk/kiosk.toml"}
    state = {file for file in files_in(bare) if "/deb-systemd-helper-enabled/kiosk" in file}
    assert files_in(bare) - before - BOOKS - state == settings
    done(bare, "apt-get purge -y kiosk")
    assert files_in(bare) - BOOKS == before - BOOKS
    assert "kiosk" not in done(bare, "cat /etc/passwd /etc/group")


def build(debian: Path) -> Path:
    """Build the package in a Debian with Debian's tools; lintian finds nothing wrong."""
    tree = debian / "srv" / "kiosk" / "kiosk"
    subprocess.run([sys.executable, ROOT / ".ci" / "deb.py", "--tree", tree], check=True)
    done(debian, f"apt-get update -qq && apt-get install -y -qq {TOOLS}")
    done(
        debian,
        "cd /srv/kiosk/kiosk && dpkg-buildpackage --build=all --no-sign --no-check-builddeps",
    )
    command = "lintian --allow-root --fail-on error,warning /srv/kiosk/*.changes"
    print(done(debian, command))
    (built,) = (debian / "srv" / "kiosk").glob("kiosk_*_all.deb")
    return built


def test_pipx_installs_the_wheel_and_takes_it_away(debian: Path) -> None:
    done(debian, "apt-get update -qq && apt-get install -y -qq pipx")
    (wheel,) = (debian / "srv" / "kiosk").glob("kiosk-*.whl")
    home = "/home/somebody"
    done(debian, f"useradd --create-home somebody; install -m 644 {wheel_in(wheel)} {home}")
    done(debian, "cp /srv/kiosk/opens-in-a-terminal /usr/local/lib/")
    as_somebody = {"user": "somebody", "home": home}
    before = files_in(debian)
    done(debian, f"cd; pipx install ./{wheel.name}", **as_somebody)
    opens = "python3 /usr/local/lib/opens-in-a-terminal ~/.local/bin/kiosk"
    assert "It opens" in done(debian, opens, **as_somebody)
    done(debian, "pipx uninstall kiosk", **as_somebody)
    left = {file for file in files_in(debian) - before if "kiosk" in file}
    assert {
        file for file in left if "/.cache/" not in file and "/.local/state" not in file
    } == set()


def wheel_in(wheel: Path) -> str:
    """Return the path of a wheel as it is in the Debian."""
    return f"/srv/kiosk/{wheel.name}"


def test_the_single_file_opens_from_a_folder_that_nobody_may_write_without_a_home(
    debian: Path,
) -> None:
    done(debian, "mkdir /stick; cp /srv/kiosk/kiosk.pyz /srv/kiosk/opens-in-a-terminal /stick")
    done(debian, "chmod -R a+rX,a-w /stick")
    before = files_in(debian)
    opens = "cd /stick; python3 opens-in-a-terminal python3 /stick/kiosk.pyz"
    assert "It opens" in done(debian, opens, user="65534:65534", home="/nonexistent")
    assert files_in(debian) == before
    assert run_in(debian, "ls -A /tmp").stdout == ""
