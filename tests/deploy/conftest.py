"""A fresh Debian, made once for all tests that boot one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.deploy.clean_debian import install_debian
from tests.support.deploy.two_versions import build_two_versions
from tests.support.prebuilt_pack import shipped_pack


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
