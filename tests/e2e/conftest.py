"""Fixtures of several test modules: an unattended kiosk, and an SSH server under attack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hostile.fixtures import endpoint, folder, one_server
from tests.support.terminal.unattended import Unattended

__all__ = ["endpoint", "folder", "one_server"]


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Unattended]:
    with Unattended(XDG_CACHE_HOME=str(tmp_path)) as unattended:
        unattended.wait("START")
        yield unattended
