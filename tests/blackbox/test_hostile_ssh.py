"""The SSH door among clients that mean no good: nothing out, nothing left, nobody kept waiting."""

from __future__ import annotations

import os
import random
import select
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.library.build import build_pack
from kiosk.serve.intake import ENOUGH
from tests.blackbox.doors import Door, Ssh, free_port, own_door, until_true
from tests.blackbox.hostile import ELSEWHERE, VERSION, Left, SlowLine, is_closed, knock, noise
from tests.blackbox.terminal import ROOT, Terminal
from tests.blackbox.test_ways_out import NOT_OURS
from tests.shipped import CONTENT, THEMES

pytestmark = pytest.mark.skipif(
    not shutil.which("ssh"), reason="THIS MACHINE LACKS ssh: nothing of the SSH door is tested"
)
IN_TIME = 2.0
"""Seconds within which an honest visitor has the first page, whatever others do."""
GRACE, UNREAD = 5, 5
SETTINGS = f"[serve]\nvisits = 50\n[ssh]\ngrace = {GRACE}\nunread = {UNREAD}\n"
FLOODS = ("ignore", "global", "open", "size", "request")
PRESSES = 60
SOON = 0.05
"""Seconds from a key to the page, nine times in ten, whatever others do; or `CALMLY`."""
CALMLY = 8
"""The same, as so many times of what it is when nobody else is there."""
later = pytest.mark.second_tier


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
    """The door; when the test has ended, nothing may be left of what it did."""
    before = Left.of(one_door, folder)
    yield one_door
    good_login(one_door)
    until_true(
        lambda: Left.of(one_door, folder).processes <= before.processes, "processes", ENOUGH + 10
    )
    until_true(
        lambda: Left.of(one_door, folder) == before,
        f"{before} is not what is left: {Left.of(one_door, folder)}",
        ENOUGH + 10,
    )
    assert one_door.house.zombies() == []
    assert "Traceback" not in one_door.house.journal
    assert "127.0.0" not in one_door.house.journal


def good_login(door: Door) -> float:
    """An honest visitor from elsewhere; the seconds until the first page."""
    began = time.monotonic()
    with door.visitor("-b", ELSEWHERE) as kiosk:
        kiosk.wait("START")
        return time.monotonic() - began


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=later)])
@pytest.mark.parametrize("said", [b"", VERSION], ids=["nothing", "a greeting"])
def test_those_who_never_come_in_are_let_go_of(door: Door, count: int, said: bytes) -> None:
    held = [knock(door.port, said) for _ in range(count)]
    took = good_login(door)
    print(f"\n{count} half-open: a good login in {took:.2f} s; load {os.getloadavg()[0]:.1f}")
    assert took < IN_TIME
    until_true(lambda: all(is_closed(one) for one in held), "some are held for ever", GRACE + 5)
    for one in held:
        one.close()


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
    assert max(took) < IN_TIME


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


@later
@pytest.mark.parametrize("kind", FLOODS)
@pytest.mark.parametrize("count", [1, 20])
def test_a_flood_of_tiny_packets_keeps_nobody_waiting(door: Door, kind: str, count: int) -> None:
    with door.visitor("-b", ELSEWHERE) as kiosk:
        kiosk.wait("START")
        presses(kiosk)
        calm = presses(kiosk)
        source = f"127.0.{count}.{FLOODS.index(kind) + 1}"  # each may come so often a minute
        told = (kind, str(count), source, str(door.port))
        flooder = subprocess.Popen(
            [sys.executable, "-m", "tests.blackbox.flooder", *told],
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
    assert busy[at] < max(SOON, CALMLY * calm[at])
    assert took < IN_TIME


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
    assert took < IN_TIME


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
            assert good_login(door) < IN_TIME


@pytest.mark.parametrize("size", [(0, 0), (65535, 65535), (1, 1), (65535, 1)])
def test_a_window_of_any_size_does_no_harm(door: Door, size: tuple[int, int]) -> None:
    with door.visitor() as kiosk:
        kiosk.wait("START")
        [visit] = door.house.visits()
        packed = size[1].to_bytes(2, "little") + size[0].to_bytes(2, "little") + bytes(4)
        set_size(kiosk.fd, packed)
        time.sleep(1)
        assert visit in door.house.visits()
        set_size(kiosk.fd, (24).to_bytes(2, "little") + (80).to_bytes(2, "little") + bytes(4))
        kiosk.settle(0.5)
        kiosk.screen.reset()
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
        assert good_login(door) < IN_TIME
    before = ("/bin/sh", "-c", f'stty rows {size[1]} cols {size[0]}; exec "$@"', "sh")
    with Ssh(*before, *door.command("-tt", "-b", ELSEWHERE)) as kiosk:
        until_true(lambda: bool(door.house.visits()), "nobody came in")
        kiosk.settle(0.5)
        kiosk.resize((80, 24))
        kiosk.wait("START")
        assert "Traceback" not in kiosk.text


def set_size(terminal: int, packed: bytes) -> None:
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, packed)


@pytest.mark.parametrize("term", ["x" * 10_000, "../../etc/passwd", "\x1b[31m", "%s%n", "é"])
def test_a_terminal_of_any_name_does_no_harm(door: Door, term: str) -> None:
    with door.visitor(term=term) as kiosk:
        kiosk.until(lambda text: "START" in text or "disconnect" in text, "an answer")
        assert "START" in kiosk.text or not term.isascii()


@pytest.mark.parametrize("command", ["id", "scp -t /tmp", "/bin/sh -c id", "kiosk check"])
@pytest.mark.parametrize("terminal", ["-T", "-tt"])
def test_a_command_is_never_run(door: Door, command: str, terminal: str) -> None:
    ran = subprocess.run(
        [*door.command(terminal), command], capture_output=True, text=True, timeout=30,
        check=False, input="",
    )  # fmt: skip
    assert "uid=" not in ran.stdout + ran.stderr
    assert "There are no commands" in ran.stdout + ran.stderr
    assert ran.returncode != 0
    assert not [words for words in NOT_OURS if words in ran.stdout]


def test_no_file_comes_or_goes(door: Door, tmp_path: Path) -> None:
    options = ["-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
               "-o", "BatchMode=yes", "-P", str(door.port)]  # fmt: skip
    there = f"{door.name}@127.0.0.1"
    for command in (
        ["sftp", *options, f"{there}:/etc/passwd", str(tmp_path)],
        ["scp", *options, f"{there}:/etc/passwd", str(tmp_path)],
        ["scp", *options, "-O", f"{there}:/etc/passwd", str(tmp_path)],
        ["scp", *options, "/etc/hostname", f"{there}:{tmp_path}/came"],
        ["scp", *options, "-O", "/etc/hostname", f"{there}:{tmp_path}/came"],
    ):
        ran = subprocess.run(
            command, capture_output=True, timeout=30, check=False, stdin=subprocess.DEVNULL
        )
        assert ran.returncode != 0, command
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["-L", "-R", "-D", "-w", "-W", "streamlocal"])
def test_nothing_is_forwarded(door: Door, kind: str, tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", 0)) as secret:
        secret.settimeout(0)
        target = secret.getsockname()[1]
        options = {
            "-L": ("-N", "-L", f"127.0.0.1:{port}:127.0.0.1:{target}"),
            "-R": ("-N", "-R", f"127.0.0.1:{port}:127.0.0.1:{target}"),
            "-D": ("-N", "-D", f"127.0.0.1:{port}"),
            "-w": ("-N", "-w", "any"),
            "-W": ("-W", f"127.0.0.1:{target}"),
            "streamlocal": ("-N", "-R", f"{tmp_path}/s:127.0.0.1:{target}"),
        }[kind]
        client = subprocess.Popen(
            door.command(*options), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            end = time.monotonic() + 2
            while time.monotonic() < end:
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0 and kind == "-D":
                        request = b"\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01"
                        one.sendall(request + target.to_bytes(2, "big"))
                    time.sleep(0.1)
                with pytest.raises(BlockingIOError):
                    secret.accept()
            assert not (tmp_path / "s").exists()
        finally:
            client.kill()
            client.wait()


@pytest.mark.parametrize(
    "options",
    [
        ("-A",),
        ("-X", "-o", "ForwardX11Trusted=yes"),
        ("-oSetEnv=" + " ".join(f"EVIL{n}={'x' * 100}" for n in range(200)),),
        ("-oSetEnv=TEXTUAL_PRESS=enter,enter LC_ALL=evil TERM=dumb",),
        ("-C",),
        ("-oServerAliveInterval=1",),
    ],
    ids=["agent", "X11", "much environment", "meddling", "compression", "alive"],
)
def test_what_a_client_may_ask_for_changes_nothing(door: Door, options: tuple[str, ...]) -> None:
    with door.visitor(*options) as kiosk:
        kiosk.wait("START")
        for pid in door.house.visits():
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            assert b"EVIL" not in environment
            assert b"SSH_AUTH_SOCK" not in environment
            assert b"DISPLAY" not in environment
        time.sleep(0.5)
        assert "START" in kiosk.settle()


@pytest.mark.parametrize(
    "name", ["root", "'; id;'", "../../etc", "x" * 1000, "\udcff\udcfe", "plain-plain-es-es", "%n"]
)
def test_a_name_of_any_kind_does_no_harm(door: Door, name: str) -> None:
    with door.visitor(f"-oUser={name}" if " " in name else f"-l{name}") as kiosk:
        kiosk.until(lambda text: bool(text.strip()), "an answer")
        kiosk.settle(0.3)
        assert not [words for words in NOT_OURS if words in kiosk.text]


def test_bytes_that_are_no_text_do_no_harm(door: Door) -> None:
    chance = random.Random(3)
    with door.visitor("-e", "none") as kiosk:
        kiosk.wait("START")
        for _ in range(30):
            os.write(kiosk.fd, chance.randbytes(3000))
            kiosk.settle(0.02)
        assert not [words for words in NOT_OURS if words in kiosk.text]
        assert good_login(door) < IN_TIME
