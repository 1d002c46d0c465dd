"""`kiosk pack`, as whoever looks after the machine types it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.library.pack.build import build_pack
from tests.support.library.altered import altered, flipped
from tests.support.shipped import CONTENT, THEMES
from tests.support.terminal.terminal import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("built") / "ours"
    build_pack(CONTENT, THEMES, file)
    return file.read_bytes()


@pytest.fixture
def pack(built: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "a.pack"
    file.write_bytes(built)
    return file


def kiosk(*arguments: object, answers: str = "") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, arguments)],
        input=answers, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def said(*arguments: object, status: int = 0) -> str:
    came, told = kiosk("pack", *arguments)
    assert came == status, told
    return told


def test_a_life_of_packs(pack: Path, tmp_path: Path) -> None:
    place = tmp_path / "lib" / "library.pack"
    at = ("--to", place)
    assert "every byte is as it was built" in said("verify", pack)
    assert "there is no pack before" in said("rollback", *at, status=1)
    assert "is now what" in said("install", pack, *at)
    assert place.parent.stat().st_mode & 0o777 == 0o755
    assert place.stat().st_mode & 0o777 == 0o644
    assert "kiosk pack rollback" in said("install", pack, *at)
    info = said("info", *at)
    for words in ("format 3", "Topics: en 1.", "Status: submitted 1.", "Themes: 4", "SHA-256: "):
        assert words in info
    assert "no topic sore-back" in said("recall", "sore-back", *at, status=1)
    assert said("recall", *at) == ""
    assert "leaky-gut (en) is recalled" in said("recall", "leaky-gut", *at)
    assert said("recall", *at) == "Recalled: leaky-gut (en).\n"
    assert "Recalled: leaky-gut (en)." in said("info", *at)
    assert "Still recalled: leaky-gut (en)" in said("install", pack, *at)
    _, doctor = kiosk("doctor", "--content", place)
    assert "Recalled, so it is not shown: leaky-gut (en)." in doctor
    assert "shown again" in said("recall", "leaky-gut", "--undo", *at)
    assert "no topic leaky-gut is recalled" in said("recall", "leaky-gut", "--undo", *at, status=1)
    assert "from before again" in said("rollback", *at)


def test_what_is_damaged_is_said_in_one_sentence(pack: Path, tmp_path: Path) -> None:
    place = tmp_path / "library.pack"
    flipped(pack, 20_000)
    for task in (("verify", pack), ("info", pack), ("install", pack, "--to", place)):
        told = said(*task, status=1)
        assert told == f"{pack}: it is damaged: its seal is broken, a byte is not what was built.\n"
    assert not place.exists()


@pytest.mark.parametrize("table", ["library", "topic", "card", "theme", "meta"])
def test_a_damaged_table_stops_a_visit_with_a_sentence(pack: Path, table: str) -> None:
    column = "value" if table == "meta" else "sha256"
    altered(pack, f"UPDATE {table} SET {column} = 'x'")
    for command in (("read", pack), ("doctor", "--content", pack), ("pack", "verify", pack)):
        _, told = kiosk(*command, answers="1\n1\n")
        assert table in ("topic", "card", "theme") or str(pack) in told


def test_nothing_is_installed_where_nothing_can_be(pack: Path) -> None:
    told = said("install", pack, "--to", "/proc/nowhere/library.pack", status=1)
    assert told.count("\n") == 1
    assert said("recall", "x", "--to", "/nowhere/library.pack", status=1).count("\n") == 1
