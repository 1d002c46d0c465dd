"""An SSH server for hostile clients; after each test nothing of what it did may be left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.library.pack.build import build_pack
from kiosk.serve.ssh.input_throttle import MAX_FLOOD
from tests.support.hostile.attacks import ELSEWHERE, Left
from tests.support.shipped import CONTENT, THEMES
from tests.support.terminal.listeners import Door, own_door, until_true

IN_TIME = 2.0
"""Seconds within which an honest visitor has the first page, whatever others do."""
GRACE, UNREAD = 5, 5
SETTINGS = (
    f"[serve]\nmax-sessions = 50\n[ssh]\nlogin-grace-time = {GRACE}\nwrite-timeout = {UNREAD}\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def one_door(folder: Path) -> Iterator[Door]:
    pack = folder / "shipped.pack"
    build_pack(CONTENT, THEMES, pack)
    with own_door(folder / "house", "--content", str(pack), settings=SETTINGS) as door:
        good_login(door)
        time.sleep(1)
        yield door


@pytest.fixture
def door(one_door: Door, folder: Path) -> Iterator[Door]:
    """Yield the server; when the test has ended, nothing may be left of what it did."""
    before = Left.of(one_door, folder)
    yield one_door
    good_login(one_door)
    until_true(
        lambda: Left.of(one_door, folder).processes <= before.processes, "processes", MAX_FLOOD + 10
    )
    until_true(
        lambda: Left.of(one_door, folder) == before,
        f"{before} is not what is left: {Left.of(one_door, folder)}",
        MAX_FLOOD + 10,
    )
    assert one_door.house.zombies() == []
    assert "Traceback" not in one_door.house.journal
    assert "127.0.0" not in one_door.house.journal


def good_login(door: Door) -> float:
    """Log in as an honest visitor from elsewhere; return the seconds until the first page."""
    began = time.monotonic()
    with door.visitor("-b", ELSEWHERE) as kiosk:
        kiosk.wait("START")
        return time.monotonic() - began
