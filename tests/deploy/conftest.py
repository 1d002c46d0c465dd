"""A fresh Debian for all tests that boot one; a bare one, and the Debian package built in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.deploy.bare_debian import install_bare_debian, succeed_in
from tests.support.deploy.clean_debian import install_debian
from tests.support.deploy.debian_package import BuiltPackage, build_package
from tests.support.deploy.two_versions import build_two_versions
from tests.support.prebuilt_pack import shipped_pack
from tests.support.shipped import ROOT


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh Debian; in /root/kiosk two wheels, requirements.lock and a pack."""
    folder = tmp_path_factory.mktemp("debian") / "fresh"
    if why := install_debian(folder):
        pytest.skip(why)
    files = folder / "root" / "kiosk"
    files.mkdir()
    build_two_versions(files)
    shutil.copy(shipped_pack(), files / "clinic.pack")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def copy_of_fresh(
    fresh: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Path]]:
    """Makes copies of it, to boot and to spoil."""
    copies: list[Path] = []

    def copy() -> Path:
        copies.append(tmp_path_factory.mktemp("debian") / "root")
        subprocess.run(["cp", "-a", str(fresh), str(copies[-1])], check=True)
        return copies[-1]

    yield copy
    for each in copies:
        shutil.rmtree(each)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A bare Debian 13 with Python; in /srv/kiosk the wheel, the single file, what opens them."""
    folder = tmp_path_factory.mktemp("debian") / "bare"
    if why := install_bare_debian(folder, "trixie"):
        pytest.skip(why)
    succeed_in(folder, "apt-get update -qq && apt-get install -y -qq python3")
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
def copy_of_bare(bare: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it, for one test."""
    folder = tmp_path / "debian"
    subprocess.run(["cp", "-a", str(bare), str(folder)], check=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def built(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltPackage]:
    """The Debian package, built in a copy of it."""
    folder = tmp_path_factory.mktemp("debian") / "build"
    subprocess.run(["cp", "-a", str(bare), str(folder)], check=True)
    yield build_package(folder)
    shutil.rmtree(folder)
