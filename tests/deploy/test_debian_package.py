"""The Debian package carries what Debian has not, fits its paths, and passes its own tests."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from kiosk import __version__
from kiosk.cli.site import upgrade
from kiosk.errors import StartupError
from tests.support.deploy.bare_debian import run_in, succeed_in
from tests.support.deploy.debian_package import BuiltPackage
from tests.support.deploy.needs import missing
from tests.support.shipped import ROOT

DEBIAN = ROOT / "debian"


def script() -> ModuleType:
    """Load the script that builds it."""
    spec = importlib.util.spec_from_file_location("deb", ROOT / ".ci" / "deb.py")
    assert spec is not None and spec.loader is not None  # noqa: PT018
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_locked_package_is_carried_with_its_hashes_or_comes_from_debian() -> None:
    deb = script()
    carried = {entry.split("==")[0]: entry for entry in deb.carried_packages(deb.LOCK.read_text())}
    locked = set(re.findall(r"(?m)^([a-z][\w.-]*)==", deb.LOCK.read_text()))
    assert carried.keys() | set(deb.FROM_DEBIAN) | set(deb.LEFT_OUT) == locked
    assert all("--hash=sha256:" in entry for entry in carried.values())
    assert {"textual", "rich", "fpdf2"} <= carried.keys()


def test_it_has_the_version_of_the_program() -> None:
    assert (DEBIAN / "changelog").read_text().startswith(f"kiosk ({__version__}) ")


def test_nothing_that_it_installs_leads_to_opt(tmp_path: Path) -> None:
    share = tmp_path / "share"
    shutil.copytree(ROOT / "deploy", share, ignore=shutil.ignore_patterns("ansible", "*.lock"))
    for file in share.glob("kiosk-ssh@*"):
        file.unlink()
    subprocess.run([DEBIAN / "fit-paths", share], check=True)
    for file in share.iterdir():
        settings = re.sub(r"(?m)^#.*", "", file.read_text())
        assert not re.search(r"/opt[/ ]", settings), file.name
    unit = (share / "kiosk-serve@.service").read_text()
    assert "\nExecStart=/usr/bin/kiosk serve $KIOSK_OPTIONS\n" in unit
    assert "\nExecPaths=/usr/bin/kiosk /usr/bin/python3\n" in unit
    assert 'exec /usr/bin/python3 -I -S "$here/attach.py"' in (share / "login").read_text()


def test_it_is_upgraded_by_apt_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade, "_PROGRAM", Path("/usr/lib/kiosk"))
    with pytest.raises(StartupError, match="apt install"):
        upgrade.upgrade(argparse.Namespace(back=True))


@pytest.mark.second_tier
@pytest.mark.skipif(bool(missing()), reason=missing() or "-")
def test_autopkgtest_runs_the_tests_that_it_brings(built: BuiltPackage, copy_of_bare: Path) -> None:
    folder = copy_of_bare / "srv" / "kiosk"
    shutil.copy(built.file, folder / "kiosk.deb")
    shutil.copytree(built.tree / "debian", folder / "source" / "debian")
    succeed_in(copy_of_bare, "apt-get update -qq && apt-get install -y -qq autopkgtest")
    # null: on the machine that it runs on, which is this Debian
    command = "autopkgtest -B kiosk.deb source/ --summary-file=summary -- null"
    ran = run_in(copy_of_bare, f"cd /srv/kiosk && {command}")
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    assert (folder / "summary").read_text().split() == ["opens-in-a-terminal", "PASS"]
    assert run_in(copy_of_bare, "dpkg-query --show kiosk").stdout.split()[1] == __version__
