"""The SSH door among clients that mean no good: nothing out, nothing left, nobody kept waiting."""

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

from tests.support.hostile.attacks import ELSEWHERE, VERSION, SlowLine, is_closed, knock, noise
from tests.support.hostile.fixtures import GRACE, IN_TIME, UNREAD, good_login
from tests.support.hostile.flooder import KINDS
from tests.support.terminal.listeners import Door, until_true
from tests.support.terminal.terminal import ROOT, Terminal
from tests.support.timing import check_time

pytestmark = pytest.mark.skipif(
    not shutil.which("ssh"), reason="THIS MACHINE LACKS ssh: nothing of the SSH door is tested"
)
PRESSES = 60
SOON = 0.05
"""Seconds from a key to the page, nine times in ten, whatever others do; or `CALMLY`."""
CALMLY = 8
"""The same, as so many times of what it is when nobody else is there."""
later = pytest.mark.second_tier


@pytest.mark.timed
@pytest.mark.parametrize("count", [40, pytest.param(200, marks=later)])
@pytest.mark.parametrize("said", [b"", VERSION], ids=["nothing", "a greeting"])
def test_those_who_never_come_in_are_let_go_of(door: Door, count: int, said: bytes) -> None:
    held = [knock(door.port, said) for _ in range(count)]
    took = good_login(door)
    print(f"\n{count} half-open: a good login in {took:.2f} s; load {os.getloadavg()[0]:.1f}")
    check_time(took, IN_TIME, "a good login")
    until_true(lambda: all(is_closed(one) for one in held), "some are held for ever", GRACE + 5)
    for one in held:
        one.close()


@pytest.mark.timed
@pytest.mark.parametrize(("count", "seconds"), [(100, 3.0), pytest.param(1000, 60.0, marks=later)])
def test_a_flood_of_connections_keeps_nobody_waiting(
    door: Door, count: int, seconds: float
) -> None:
    def flood() -> None:
        for n in range(count):
            knock(door.port, VERSION if n % 2 else b"").close()
            time.sleep(seconds / count)

    others = threading.Thread(target=flood)
    others.start()
    took = []
    while others.is_alive():
        took.append(good_login(door))
        time.sleep(seconds / 10)
    print(f"\n{count} connections in {seconds:.0f} s: good logins in at most {max(took):.2f} s; "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    check_time(max(took), IN_TIME, "a good login")


def presses(kiosk: Terminal) -> list[float]:
    """Seconds from a key to the first of its page, in order."""
    took = []
    for number in range(PRESSES):
        kiosk.settle(0.03)
        began = time.monotonic()
        kiosk.press(("\x1b[B", "\x1b[A")[number % 2])
        assert select.select([kiosk.fd], [], [], 10)[0], "no page came"
        took.append(time.monotonic() - began)
    return sorted(took)


@pytest.mark.timed
@later
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 20])
def test_a_flood_of_tiny_packets_keeps_nobody_waiting(door: Door, kind: str, count: int) -> None:
    with door.visitor("-b", ELSEWHERE) as kiosk:
        kiosk.wait("START")
        presses(kiosk)
        calm = presses(kiosk)
        source = f"127.0.{count}.{list(KINDS).index(kind) + 1}"  # each may come so often a minute
        told = (kind, str(count), source, str(door.port))
        flooder = subprocess.Popen(
            [sys.executable, "-m", "tests.support.hostile.flooder", *told],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert flooder.stdout is not None
            for _ in range(count):
                assert flooder.stdout.readline() == "in\n"
            busy = presses(kiosk)
            took = good_login(door)
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
def test_random_bytes_do_nothing(door: Door, seconds: float) -> None:
    counts: list[int] = []

    def send(seed: int) -> None:
        counts.append(noise(door.port, seconds, random.Random(seed)))

    senders = [threading.Thread(target=send, args=(seed,)) for seed in range(4)]
    for one in senders:
        one.start()
    took = good_login(door)
    for one in senders:
        one.join()
    print(f"\n{sum(counts)} connections of random bytes: a good login in {took:.2f} s")
    check_time(took, IN_TIME, "a good login")


@pytest.mark.timed
def test_one_who_does_not_read_is_let_go_of(door: Door) -> None:
    with SlowLine(door.port) as line:
        slow = Door(door.house, line.port, door.name)
        with slow.visitor() as kiosk:
            kiosk.wait("START")
            [visit] = door.house.visits()
            kiosk.press("1")
            kiosk.wait("Which best describes you?")
            kiosk.press("1")
            kiosk.wait("Step 1 of 9")
            line.slow.set()
            began = time.monotonic()
            while visit in door.house.visits():
                assert time.monotonic() - began < UNREAD + 40, "it is held for ever"
                for key in "nb":
                    kiosk.press(key)
                    time.sleep(0.05)
            print(f"\na byte a second: ended after {time.monotonic() - began:.1f} s")
            check_time(good_login(door), IN_TIME, "a good login")
