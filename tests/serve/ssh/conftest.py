"""An SSH server over loopback, with fake sessions."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.password_hash import verify_password
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.sockets import listen_tcp
from kiosk.serve.ssh.host_key import host_key
from kiosk.serve.ssh.server import SSHServer
from kiosk.settings.server import SshSettings
from tests.support.serve.forkservers import LogLines
from tests.support.serve.ssh_clients import Here, Opens, until
from tests.support.serve.ssh_server import FakeSessions


@pytest.fixture
async def opens(tmp_path: Path) -> AsyncIterator[Opens]:
    servers: list[SSHServer] = []
    logs: list[LogLines] = []

    async def open_with(**settings: Any) -> Here:
        sessions = FakeSessions()
        logs.append(LogLines())
        options = {"plain": {"presentation": "lines"}, "education-es": {"language": "es"}}
        server = SSHServer(
            cast(SessionManager, sessions), SshSettings(**settings), host_key(tmp_path / "ssh"),
            verify=verify_password, options_in=lambda name: options.get(name, {}),
        )  # fmt: skip
        listeners = listen_tcp("127.0.0.1", 0)
        server.open(listeners)
        servers.append(server)
        return Here(server, sessions, listeners[0].getsockname()[1], logs[-1].lines)

    before = set(os.listdir("/proc/self/fd"))
    yield open_with
    for server in servers:
        await server.wait_closed()
    for log in logs:
        log.close()
    await until(lambda: len(os.listdir("/proc/self/fd")) <= len(before))
