"""Two servers at one port share the visitors, and either may stop."""

from __future__ import annotations

import contextlib
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.support.terminal.kiosk_server import (
    KioskServer,
    SshEndpoint,
    free_port,
    listens,
    wait_until,
)
from tests.support.terminal.terminal import Terminal

pytestmark = pytest.mark.skipif(
    not shutil.which("ssh"), reason="THIS MACHINE LACKS ssh: the SSH server is not tested"
)
MAX_VISITORS = 30
"""Visitors at most until both have some: all to one server once in 2 ** 29 runs."""


def open_visitor(crowd: contextlib.ExitStack, endpoint: SshEndpoint) -> Terminal:
    """Open another visitor, who stays."""
    kiosk = crowd.enter_context(endpoint.visitor())
    kiosk.wait("START")
    return kiosk


def workers(server: KioskServer) -> int:
    """Count its workers by their processes: a server that is closing answers no status request."""
    return len(server.workers())


def test_servers_at_one_port_share_the_visitors_and_either_may_stop(tmp_path: Path) -> None:
    port = free_port()
    settings = f'[ssh]\naddress = "127.0.0.1"\nport = {port}\nreuse-port = true\n'
    with contextlib.ExitStack() as crowd:
        first, other = (
            crowd.enter_context(KioskServer(tmp_path / name, "--ssh", settings=settings))
            for name in ("one", "other")
        )
        wait_until(lambda: listens(port), "nobody listens")
        endpoint = SshEndpoint(first, port, "visitor")
        visitors: list[Terminal] = []
        while not (workers(first) and workers(other)):
            assert len(visitors) < MAX_VISITORS
            visitors.append(open_visitor(crowd, endpoint))
        assert workers(first) + workers(other) == len(visitors)

        for kiosk in visitors:
            kiosk.press("1")
            kiosk.wait("Which best describes you?")
        workers_before = workers(first)
        first.signal(signal.SIGTERM)
        time.sleep(1.5)
        before = workers(other)
        late = [open_visitor(crowd, endpoint) for _ in range(4)]
        assert workers(other) == before + len(late), "new visitors get the server that is open"
        assert workers(first) == workers_before > 0, "open sessions stay"
        for kiosk in visitors:
            kiosk.press("n")
            kiosk.settle(0.05)
        first.signal(signal.SIGTERM)
        assert first.wait(20) == 0
        assert workers(other) == before + len(late)

        other.signal(signal.SIGTERM)
        time.sleep(1.5)  # two at once would be one
        other.signal(signal.SIGTERM)
        assert other.wait(20) == 0
