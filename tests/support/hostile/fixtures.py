"""A server for attacks: after each test its resources must be as before."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.serve.ssh.input_throttle import MAX_FLOOD
from tests.support.hostile.attacks import ELSEWHERE, ServerResources
from tests.support.prebuilt_pack import shipped_pack
from tests.support.terminal.kiosk_server import SshEndpoint, own_ssh_server, wait_until

IN_TIME = 2.0
"""Seconds within which an honest visitor has the first page during an attack."""
GRACE, UNREAD = 5, 5
SETTINGS = (
    f"[serve]\nmax-sessions = 50\n[ssh]\nlogin-grace-time = {GRACE}\nwrite-timeout = {UNREAD}\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def one_server(folder: Path) -> Iterator[SshEndpoint]:
    pack = folder / "shipped.pack"
    shutil.copy(shipped_pack(), pack)
    with own_ssh_server(folder / "server", "--content", str(pack), settings=SETTINGS) as endpoint:
        good_login(endpoint)
        time.sleep(1)
        yield endpoint


@pytest.fixture
def endpoint(one_server: SshEndpoint, folder: Path) -> Iterator[SshEndpoint]:
    """Yield the server; after the test its resources must return to what they were."""
    before = ServerResources.of(one_server, folder)
    yield one_server
    good_login(one_server)
    wait_until(
        lambda: ServerResources.of(one_server, folder).processes <= before.processes,
        "processes",
        MAX_FLOOD + 10,
    )
    wait_until(
        lambda: ServerResources.of(one_server, folder) == before,
        f"{before} is not what is left: {ServerResources.of(one_server, folder)}",
        MAX_FLOOD + 10,
    )
    assert one_server.server.zombies() == []
    assert "Traceback" not in one_server.server.journal
    assert "127.0.0" not in one_server.server.journal


def good_login(endpoint: SshEndpoint) -> float:
    """Log in as an honest visitor from elsewhere; return the seconds until the first page."""
    began = time.monotonic()
    with endpoint.visitor("-b", ELSEWHERE) as kiosk:
        kiosk.wait("START")
        return time.monotonic() - began
