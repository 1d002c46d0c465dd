"""Nothing is believed of a cache that another user may have written, or that is damaged."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.library.pack import cache
from kiosk.library.pack.cache import pack_for
from kiosk.settings.file import read_settings
from tests.support.library.small_tree import Tree
from tests.support.other_user import NOBODY, needs_root

SETTINGS = '[clinic]\nname = "Elm"\n[times]\ndwell = 3\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "kiosk"
    folder.mkdir(parents=True, mode=0o700)
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_text(SETTINGS)
    return file


def poison(folder: Path, file: Path, **times: object) -> Path:
    """Have the settings cached, and change the times in the cache."""
    read_settings(file)
    (kept,) = folder.glob("settings-*.json")
    data = json.loads(kept.read_text())
    data["times"] |= times
    kept.write_text(json.dumps(data))
    return kept


def test_the_cache_is_believed_where_it_is_ours(folder: Path, file: Path) -> None:
    poison(folder, file, dwell=7.0)
    assert read_settings(file).times.dwell == 7.0  # so the tests below can fail


@pytest.mark.parametrize(
    "times",
    [{"dwell": 0.0}, {"dwell": float("nan")}, {"dwell": 31.0}, {"idle": 1e9}, {"warning": -1.0}],
)
def test_values_that_no_key_may_have_are_not_believed_and_made_anew(
    folder: Path, file: Path, times: dict[str, float]
) -> None:
    fresh = read_settings(file)
    kept = poison(folder, file, **times)
    assert read_settings(file) == fresh
    assert json.loads(kept.read_text())["times"]["dwell"] == 3.0


def test_a_text_that_no_key_may_have_is_not_believed(folder: Path, file: Path) -> None:
    kept = poison(folder, file)
    data = json.loads(kept.read_text())
    data["staff"] = {"emergency": "0900-EVIL"}
    kept.write_text(json.dumps(data))
    assert read_settings(file).staff.emergency == ""


def writable_folder(folder: Path, kept: Path) -> None:
    folder.chmod(0o777)


def writable_file(folder: Path, kept: Path) -> None:
    kept.chmod(0o666)


def anothers_folder(folder: Path, kept: Path) -> None:
    os.chown(folder, NOBODY, NOBODY)


def anothers_file(folder: Path, kept: Path) -> None:
    os.chown(kept, NOBODY, NOBODY)


WAYS = [
    writable_folder, writable_file,
    pytest.param(anothers_folder, marks=needs_root), pytest.param(anothers_file, marks=needs_root),
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_settings_that_others_may_have_cached_are_not_believed(
    folder: Path, file: Path, way: Callable[[Path, Path], None]
) -> None:
    way(folder, poison(folder, file, dwell=7.0))
    assert read_settings(file).times.dwell == 3.0


@pytest.mark.parametrize("way", WAYS)
def test_a_pack_that_others_may_have_cached_is_not_opened(
    folder: Path, tree: Tree, way: Callable[[Path, Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = pack_for(tree.root, None)
    assert isinstance(kept, Path)
    way(folder, kept)
    built: list[Path | None] = []

    def build(_: Path, __: Path | None, file: Path | None) -> bytes:
        built.append(file)
        return b""

    monkeypatch.setattr(cache, "_build", build)
    pack_for(tree.root, None)
    assert built == [kept if way.__name__.endswith("file") else None]


def test_a_byte_of_a_cached_pack_that_has_changed_is_noticed(tree: Tree) -> None:
    kept = pack_for(tree.root, None)
    assert isinstance(kept, Path)
    whole = kept.read_bytes()
    place = whole.index(b"The clinic") if b"The clinic" in whole else len(whole) // 2
    kept.write_bytes(whole[:place] + b"X" + whole[place + 1 :])
    assert pack_for(tree.root, None) == kept
    assert kept.read_bytes() == whole


def fifo(kept: Path) -> None:
    os.mkfifo(kept)


def endless(kept: Path) -> None:
    kept.symlink_to("/dev/zero")


def deep(kept: Path) -> None:
    kept.write_text("[" * 100_000)


@pytest.mark.parametrize("make", [fifo, endless, deep])
def test_what_is_no_ordinary_file_in_the_cache_is_no_obstacle(
    folder: Path, file: Path, make: Callable[[Path], None]
) -> None:
    kept = poison(folder, file)
    kept.unlink()
    make(kept)
    assert read_settings(file).times.dwell == 3.0
    assert stat.S_ISREG(kept.lstat().st_mode), "it is kept anew in its place"
