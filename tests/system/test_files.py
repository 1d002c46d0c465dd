"""Files on systems that cannot replace an open one."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kiosk.library.pack import atomic_file
from kiosk.system import files, locks
from tests.support.system.without_posix import console


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Load `files`, `locks` and `atomic_file` as a Python without `fcntl` and `pread` does."""
    made_up = console()
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "msvcrt", made_up)
        without.setitem(sys.modules, "fcntl", None)
        without.delattr(os, "pread")
        for module in (locks, files, atomic_file):
            importlib.reload(module)
        yield made_up
    for module in (locks, files, atomic_file):
        importlib.reload(module)


def test_a_file_is_closed_before_it_takes_the_name_of_another(
    windows: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")
    real = os.replace
    open_then: list[int] = []

    def replace(source: Path, to: Path) -> None:
        open_then.extend(files.descriptors_of(descriptor := os.open(source, os.O_RDONLY)))
        open_then.remove(descriptor)
        os.close(descriptor)
        real(source, to)

    monkeypatch.setattr(os, "replace", replace)
    atomic_file.write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert open_then == []
    assert os.listdir(tmp_path) == ["file"]
    assert windows.locks, "the new file is locked while it is written"


def test_a_lock_leaves_the_position_in_the_file_alone(windows: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")
    descriptor = os.open(file, files.CHANGE)
    try:
        os.lseek(descriptor, 4, os.SEEK_SET)
        locks.lock_file(descriptor)
        assert os.read(descriptor, 2) == b"45"
        assert files.read_at(descriptor, 3, 1) == b"123"
        files.write_at(descriptor, b"x", 9)
    finally:
        os.close(descriptor)
    assert file.read_bytes() == b"012345678x"


def test_a_folder_is_locked_by_a_file_in_it(windows: ModuleType, tmp_path: Path) -> None:
    with files.locked_folder(tmp_path):
        assert len(windows.locks) == 1
