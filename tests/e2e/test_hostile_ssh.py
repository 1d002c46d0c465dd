"""The SSH server under attack: nothing is given out or left behind, and no visitor is delayed."""

from __future__ import annotations

import os
import random
import select
import shutil
import subprocess
import sys
import threading
import time

import pytest

from tests.support.hostile.attacks import (
    ELSEWHERE,
    VERSION,
    SlowProxy,
    is_closed,
    open_connection,
    send_noise,
)
from tests.support.hostile.fixtures import GRACE, IN_TIME, UNREAD, good_login
from tests.support.hostile.flooder import KINDS
from tests.support.terminal.kiosk_server import SshEndpoint, wait_until
from tests.support.terminal.terminal import ROOT, Terminal
from tests.support.timing import check_time

pytestmark = pytest.mark.skipif(
    not shutil.which("ssh"), reason="THIS MACHINE LACKS ssh: the SSH server is not tested"
)
PRESSES = 60
SOON = 0.05
"""Seconds from a key to its page, at the 90th percentile, during an attack; or see `CALMLY`."""
CALMLY = 8
"""The same bound as a multiple of the time without an attack; the larger bound counts."""
later = pytest.mark.second_tier


@pytest.mark.timed
@pytest.mark.parametrize("count", [40, pytest.param(200, marks=later)])
@pytest.mark.parametrize("greeting", [b"", VERSION], ids=["nothing", "a greeting"])
def test_connections_that_never_log_in_are_closed(
    endpoint: SshEndpoint, count: int, greeting: bytes
) -> None:
    connections = [open_connection(endpoint.port, greeting) for _ in range(count)]
    took = good_login(endpoint)
    print(f"\n{count} half-open: a good login in {took:.2f} s; load {os.getloadavg()[0]:.1f}")
    check_time(took, IN_TIME, "a good login")
    wait_until(
        lambda: all(is_closed(connection) for connection in connections),
        "some connections stay open",
        GRACE + 5,
    )
    for connection in connections:
        connection.close()


@pytest.mark.timed
@pytest.mark.parametrize(("count", "seconds"), [(100, 3.0), pytest.param(1000, 60.0, marks=later)])
def test_a_flood_of_connections_delays_no_visitor(
    endpoint: SshEndpoint, count: int, seconds: float
) -> None:
    def flood() -> None:
        for n in range(count):
            open_connection(endpoint.port, VERSION if n % 2 else b"").close()
            time.sleep(seconds / count)

    others = threading.Thread(target=flood)
    others.start()
    took = []
    while others.is_alive():
        took.append(good_login(endpoint))
        time.sleep(seconds / 10)
    print(f"\n{count} connections in {seconds:.0f} s: good logins in at most {max(took):.2f} s; "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    check_time(max(took), IN_TIME, "a good login")


def presses(kiosk: Terminal) -> list[float]:
    """Press keys; return the sorted seconds from each key to the first byte of its page."""
    took = []
    for number in range(PRESSES):
        kiosk.settle(0.03)
        began = time.monotonic()
        kiosk.send(("\x1b[B", "\x1b[A")[number % 2])
        assert select.select([kiosk.fd], [], [], 10)[0], "no page came"
        took.append(time.monotonic() - began)
    return sorted(took)


@pytest.mark.timed
@later
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 20])
def test_a_flood_of_tiny_packets_delays_no_visitor(
    endpoint: SshEndpoint, kind: str, count: int
) -> None:
    with endpoint.visitor("-b", ELSEWHERE) as kiosk:
        kiosk.wait("START")
        presses(kiosk)
        calm = presses(kiosk)
        # a source of its own for each case: the connection rate is limited for each source
        source = f"127.0.{count}.{list(KINDS).index(kind) + 1}"
        arguments = (kind, str(count), source, str(endpoint.port))
        flooder = subprocess.Popen(
            [sys.executable, "-m", "tests.support.hostile.flooder", *arguments],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert flooder.stdout is not None
            for _ in range(count):
                assert flooder.stdout.readline() == "in\n"
            busy = presses(kiosk)
            took = good_login(endpoint)
            assert flooder.poll() is None
        finally:
            flooder.kill()
            flooder.wait()
    at = PRESSES * 9 // 10
    print(f"\n{count} x {kind}: a key {busy[at] * 1000:.0f} ms, calm {calm[at] * 1000:.0f} ms; "
          f"a good login in {took:.2f} s; load {os.getloadavg()[0]:.1f}")  # fmt: skip
    check_time(busy[at], max(SOON, CALMLY * calm[at]), "a key, p90,")
    check_time(took, IN_TIME, "a good login")


@pytest.mark.timed
@pytest.mark.parametrize("seconds", [3.0, pytest.param(60.0, marks=later)])
def test_random_bytes_at_the_port_do_no_harm(endpoint: SshEndpoint, seconds: float) -> None:
    counts: list[int] = []

    def send(seed: int) -> None:
        counts.append(send_noise(endpoint.port, seconds, random.Random(seed)))

    senders = [threading.Thread(target=send, args=(seed,)) for seed in range(4)]
    for sender in senders:
        sender.start()
    took = good_login(endpoint)
    for sender in senders:
        sender.join()
    print(f"\n{sum(counts)} connections of random bytes: a good login in {took:.2f} s")
    check_time(took, IN_TIME, "a good login")


@pytest.mark.timed
def test_a_client_that_does_not_read_is_disconnected(endpoint: SshEndpoint) -> None:
    with SlowProxy(endpoint.port) as proxy:
        slow = SshEndpoint(endpoint.server, proxy.port, endpoint.name)
        with slow.visitor() as kiosk:
            kiosk.to_first_step()
            [worker] = endpoint.server.workers()
            proxy.slow.set()
            began = time.monotonic()
            while worker in endpoint.server.workers():
                assert time.monotonic() - began < UNREAD + 40, "the client is never disconnected"
                for key in "nb":
                    kiosk.press(key)
                    time.sleep(0.05)
            print(f"\na byte a second: ended after {time.monotonic() - began:.1f} s")
            check_time(good_login(endpoint), IN_TIME, "a good login")
