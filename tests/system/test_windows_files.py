"""What is easy to get wrong with files on Windows, as far as another system can show it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.system.files import is_device_name
from tests.support.prebuilt_pack import with_prebuilt_pack
from tests.support.shipped import CONTENT, ROOT, THEMES

EXAMPLE = ROOT / "docs" / "example-topic"
SAVING = ("start", "easy", "t", "1", "stop")
"""Typed by somebody who saves their page from the first step."""


def run(*arguments: str, typed: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line without POSIX."""
    command = [sys.executable, "-m", "tests.support.system.without_posix", *arguments]
    return subprocess.run(
        command, input=typed.encode(), capture_output=True, timeout=120, check=False, cwd=ROOT,
        env={"PATH": "", **variables},
    )  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Settings of a laptop whose user may save pages."""
    file = tmp_path / "kiosk.toml"
    file.write_text(f'[take-home]\nprinter = "desk"\nsave = "{tmp_path / "saved"}"\n', "utf-8")
    with_prebuilt_pack({"XDG_CACHE_HOME": str(tmp_path)})
    return file


def test_a_page_is_saved_and_none_is_printed(settings: Path) -> None:
    typed = "\n".join((*SAVING, ""))
    cache = str(settings.parent)
    done = run("read", "--config", str(settings), typed=typed, XDG_CACHE_HOME=cache)
    assert done.returncode == 0, done.stderr
    assert b"Print" not in done.stdout
    (saved,) = (settings.parent / "saved").iterdir()
    assert saved.stat().st_size > 1000
    assert f"{saved}" in "".join(done.stdout.decode().split())


@pytest.mark.slow
def test_a_folder_that_takes_nothing_is_told_in_words(settings: Path) -> None:
    (settings.parent / "saved").touch()  # no folder can be made there
    typed = "\n".join((*SAVING, ""))
    cache = str(settings.parent)
    done = run("read", "--config", str(settings), typed=typed, XDG_CACHE_HOME=cache)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "It could not be saved" in done.stdout.decode()


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("con", True), ("NUL", True), ("aux.toml", True), ("com1", True), ("lpt9.x.y", True),
        ("nul .txt", True), ("page.", True), ("page ", True), ("console", False), ("com", False),
        ("handout-2026-11-27.pdf", False),
    ],
)  # fmt: skip
def test_names_of_devices_are_known(name: str, is_one: bool) -> None:
    assert is_device_name(name) is is_one


def test_no_topic_gets_the_name_of_a_device(tmp_path: Path) -> None:
    done = run("new", "topic", "aux", "-o", str(tmp_path / "content"))
    assert done.returncode == 2
    assert b'On Windows "aux" is a device. Try aux-topic.' in done.stderr
    assert not list(tmp_path.iterdir())


def test_no_shipped_file_has_a_name_that_windows_cannot_have() -> None:
    paths = files_of_checkout() or [
        str(path.relative_to(ROOT))
        for folder in (CONTENT, THEMES, ROOT / "kiosk", ROOT / "docs")
        for path in folder.rglob("*")
    ]
    wrong = [path for path in paths if any(map(is_device_name, path.split("/")))]
    assert not [*wrong, *(path for path in paths if set(path) & set('<>:"\\|?*'))]
    assert len({path.lower() for path in paths}) == len(set(paths))


def files_of_checkout() -> list[str]:
    """Return the path of each file that git knows; none where there is no git, or no checkout."""
    if shutil.which("git") is None:
        return []
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return listed.stdout.splitlines()


OPEN_ELSEWHERE = """
import os, sys
from tests.support.system import without_posix
without_posix.take_away()
def refuse(source, target):
    raise PermissionError(13, "Access is denied", str(target))
os.replace = refuse
from kiosk.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_pack_that_another_program_has_open_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    pack = tmp_path / "library.pack"
    pack.write_bytes(b"old")
    passages = tmp_path / "passages.jsonl"
    passages.write_text(
        '{"id": "a", "topic_id": "t", "title": "T", "section": "S", "text": "Words.", "url": ""}\n'
    )
    done = subprocess.run(
        [sys.executable, "-c", OPEN_ELSEWHERE, "build", "--passages", passages, "-o", pack],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == f"{pack}: Access is denied. Is it open in another program?\n"
    assert sorted(os.listdir(tmp_path)) == ["library.pack", "passages.jsonl"]
    assert pack.read_bytes() == b"old"


@pytest.mark.parametrize(
    "page",
    [
        "cp437",
        pytest.param("cp1252", marks=pytest.mark.slow),
        pytest.param("cp850", marks=pytest.mark.slow),
    ],
)
def test_a_visit_is_told_whole_in_the_characters_of_every_code_page(
    page: str, settings: Path
) -> None:
    typed = "\n".join(["start", "easy", *["next"] * 30, "stop", ""])
    variables = {"PYTHONUTF8": "0", "XDG_CACHE_HOME": str(settings.parent)}
    told = run("read", typed=typed, PYTHONIOENCODING=page, **variables)
    plain = run("read", "--ascii", typed=typed, PYTHONIOENCODING="utf-8", **variables)
    assert (told.returncode, told.stderr) == (0, b"")
    assert told.stdout == plain.stdout


@pytest.mark.slow
def test_files_with_line_ends_of_windows_give_the_same_pack(tmp_path: Path) -> None:
    changed = tmp_path / "content"
    shutil.copytree(CONTENT, changed)
    for file in (path for path in changed.rglob("*") if path.is_file()):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    for folder, pack in ((CONTENT, "one.pack"), (changed, "two.pack")):
        done = run("build", str(folder), "-o", str(tmp_path / pack))
        assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "one.pack").read_bytes() == (tmp_path / "two.pack").read_bytes()
