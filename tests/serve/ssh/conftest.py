"""An SSH door over loopback; its house is a fake."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.password_hash import verify_password
from kiosk.serve.ssh.host_key import host_key
from kiosk.serve.ssh.server import SSHServer
from kiosk.serve.tcp import listen
from kiosk.settings.server import SshSettings
from tests.support.serve.ssh_clients import Here, Opens, until
from tests.support.serve.ssh_server import FakeHouse


@pytest.fixture
async def opens(tmp_path: Path) -> AsyncIterator[Opens]:
    doors: list[SSHServer] = []

    async def open_with(**rules: Any) -> Here:
        house, log = FakeHouse(), list[str]()
        key = host_key(tmp_path / "ssh")
        wants = {"plain": {"manner": "lines"}, "education-es": {"language": "es"}}
        door = SSHServer(
            house, SshSettings(**rules), key,
            fits=verify_password, wants_in=lambda name: wants.get(name, {}), log=log.append,
        )  # fmt: skip
        sockets = listen("127.0.0.1", 0)
        door.open(sockets)
        doors.append(door)
        return Here(door, house, sockets[0].getsockname()[1], log)

    before = set(os.listdir("/proc/self/fd"))
    yield open_with
    for door in doors:
        await door.wait_closed()
    await until(lambda: len(os.listdir("/proc/self/fd")) <= len(before))
