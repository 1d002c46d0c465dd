"""`kiosk pack`, as the administrator of a machine types it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.library.pack.build import build_pack
from kiosk.library.pack.schema import FORMAT
from tests.support.library.edited_pack import edit_pack, flip_bit
from tests.support.prebuilt_pack import shipped_pack
from tests.support.shipped import CONTENT, THEMES
from tests.support.terminal.terminal import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("built") / "ours"
    shutil.copy(shipped_pack(), file)
    return file.read_bytes()


@pytest.fixture
def pack(built: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "a.pack"
    file.write_bytes(built)
    return file


def other_pack(folder: Path) -> Path:
    """Build a pack that differs from the other in a theme."""
    themes = shutil.copytree(THEMES, folder / "themes")
    (themes / "high-contrast.toml").unlink()
    build_pack(CONTENT, themes, folder / "b.pack")
    return folder / "b.pack"


def kiosk(*arguments: object, answers: str = "") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, arguments)],
        input=answers, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def kiosk_pack(*arguments: object, status: int = 0) -> str:
    returned, output = kiosk("pack", *arguments)
    assert returned == status, output
    return output


def test_a_pack_is_verified_installed_recalled_and_rolled_back(pack: Path, tmp_path: Path) -> None:
    installed = tmp_path / "lib" / "library.pack"
    at = ("--to", installed)
    assert "every byte is as it was built" in kiosk_pack("verify", pack)
    assert "there is no pack before" in kiosk_pack("rollback", *at, status=1)
    assert "is now what" in kiosk_pack("install", other_pack(tmp_path), *at)
    assert installed.parent.stat().st_mode & 0o777 == 0o755
    assert installed.stat().st_mode & 0o777 == 0o644
    assert "kiosk pack rollback" in kiosk_pack("install", pack, *at)
    info = kiosk_pack("info", *at)
    for words in (
        f"format {FORMAT}",
        "Topics: en 1.",
        "Status: submitted 1.",
        "Themes: 4",
        "SHA-256: ",
    ):
        assert words in info
    assert "no topic sore-back" in kiosk_pack("recall", "sore-back", *at, status=1)
    assert kiosk_pack("recall", *at) == ""
    assert "leaky-gut (en) is recalled" in kiosk_pack("recall", "leaky-gut", *at)
    assert kiosk_pack("recall", *at) == "Recalled: leaky-gut (en).\n"
    assert "Recalled: leaky-gut (en)." in kiosk_pack("info", *at)
    assert "Still recalled: leaky-gut (en)" in kiosk_pack("install", pack, *at)
    _, doctor = kiosk("doctor", "--content", installed)
    assert "Recalled, so it is not shown: leaky-gut (en)." in doctor
    assert "shown again" in kiosk_pack("recall", "leaky-gut", "--undo", *at)
    assert "no topic leaky-gut is recalled" in kiosk_pack(
        "recall", "leaky-gut", "--undo", *at, status=1
    )
    assert "nothing was changed" in kiosk_pack("install", pack, *at)
    assert "from before again" in kiosk_pack("rollback", *at)
    assert "Themes: 3" in kiosk_pack("info", *at)


def test_a_damaged_pack_is_reported_in_one_sentence(pack: Path, tmp_path: Path) -> None:
    installed = tmp_path / "library.pack"
    flip_bit(pack, 20_000)
    for task in (("verify", pack), ("info", pack), ("install", pack, "--to", installed)):
        output = kiosk_pack(*task, status=1)
        assert (
            output == f"{pack}: it is damaged: its seal is broken, a byte is not what was built.\n"
        )
    assert not installed.exists()


@pytest.mark.parametrize("table", ["library", "topic", "card", "theme", "meta"])
def test_a_damaged_table_is_reported_without_a_traceback(pack: Path, table: str) -> None:
    column = "value" if table == "meta" else "sha256"
    edit_pack(pack, f"UPDATE {table} SET {column} = 'x'")
    for command in (("read", pack), ("doctor", "--content", pack), ("pack", "verify", pack)):
        _, output = kiosk(*command, answers="1\n1\n")
        assert table in ("topic", "card", "theme") or str(pack) in output


def test_a_folder_that_cannot_be_written_is_reported_in_one_line(pack: Path) -> None:
    output = kiosk_pack("install", pack, "--to", "/proc/nowhere/library.pack", status=1)
    assert output.count("\n") == 1
    assert kiosk_pack("recall", "x", "--to", "/nowhere/library.pack", status=1).count("\n") == 1
