"""Unusual requests of an SSH client: nothing is given out, and nothing is left behind."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.hostile.attacks import ELSEWHERE
from tests.support.hostile.fixtures import IN_TIME, good_login
from tests.support.terminal.kiosk_server import SshEndpoint, SshTerminal, free_port, wait_until
from tests.support.terminal.visitors import NOT_OURS
from tests.support.timing import check_time

pytestmark = pytest.mark.skipif(
    not shutil.which("ssh"), reason="THIS MACHINE LACKS ssh: the SSH server is not tested"
)


@pytest.mark.timed
@pytest.mark.parametrize("size", [(0, 0), (65535, 65535), (1, 1), (65535, 1)])
def test_a_window_of_any_size_does_no_harm(endpoint: SshEndpoint, size: tuple[int, int]) -> None:
    with endpoint.visitor() as kiosk:
        kiosk.wait("START")
        [worker] = endpoint.server.workers()
        packed = size[1].to_bytes(2, "little") + size[0].to_bytes(2, "little") + bytes(4)
        set_size(kiosk.fd, packed)
        time.sleep(1)
        assert worker in endpoint.server.workers()
        set_size(kiosk.fd, (24).to_bytes(2, "little") + (80).to_bytes(2, "little") + bytes(4))
        kiosk.settle(0.5)
        kiosk.screen.reset()
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
        check_time(good_login(endpoint), IN_TIME, "a good login")
    before = ("/bin/sh", "-c", f'stty rows {size[1]} cols {size[0]}; exec "$@"', "sh")
    with SshTerminal(*before, *endpoint.command("-tt", "-b", ELSEWHERE)) as kiosk:
        wait_until(lambda: bool(endpoint.server.workers()), "no worker came")
        kiosk.settle(0.5)
        kiosk.resize((80, 24))
        kiosk.wait("START")
        assert "Traceback" not in kiosk.text


def set_size(terminal: int, packed: bytes) -> None:
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, packed)


@pytest.mark.parametrize("term", ["x" * 10_000, "../../etc/passwd", "\x1b[31m", "%s%n", "é"])
def test_a_terminal_type_of_any_name_does_no_harm(endpoint: SshEndpoint, term: str) -> None:
    with endpoint.visitor(term=term) as kiosk:
        kiosk.until(lambda text: "START" in text or "disconnect" in text, "an answer")
        assert "START" in kiosk.text or not term.isascii()


@pytest.mark.parametrize("command", ["id", "scp -t /tmp", "/bin/sh -c id", "kiosk check"])
@pytest.mark.parametrize("terminal", ["-T", "-tt"])
def test_a_command_is_never_run(endpoint: SshEndpoint, command: str, terminal: str) -> None:
    ran = subprocess.run(
        [*endpoint.command(terminal), command], capture_output=True, text=True, timeout=30,
        check=False, input="",
    )  # fmt: skip
    assert "uid=" not in ran.stdout + ran.stderr
    assert "There are no commands" in ran.stdout + ran.stderr
    assert ran.returncode != 0
    assert not [words for words in NOT_OURS if words in ran.stdout]


def test_no_file_is_transferred(endpoint: SshEndpoint, tmp_path: Path) -> None:
    options = ["-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
               "-o", "BatchMode=yes", "-P", str(endpoint.port)]  # fmt: skip
    there = f"{endpoint.name}@127.0.0.1"
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
def test_nothing_is_forwarded(endpoint: SshEndpoint, kind: str, tmp_path: Path) -> None:
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
            endpoint.command(*options), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            end = time.monotonic() + 2
            while time.monotonic() < end:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0 and kind == "-D":
                        request = b"\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01"
                        probe.sendall(request + target.to_bytes(2, "big"))
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
def test_options_of_a_client_change_nothing(
    endpoint: SshEndpoint, options: tuple[str, ...]
) -> None:
    with endpoint.visitor(*options) as kiosk:
        kiosk.wait("START")
        for pid in endpoint.server.workers():
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            assert b"EVIL" not in environment
            assert b"SSH_AUTH_SOCK" not in environment
            assert b"DISPLAY" not in environment
        time.sleep(0.5)
        assert "START" in kiosk.settle()


@pytest.mark.parametrize(
    "name", ["root", "'; id;'", "../../etc", "x" * 1000, "\udcff\udcfe", "plain-plain-es-es", "%n"]
)
def test_a_login_name_of_any_kind_does_no_harm(endpoint: SshEndpoint, name: str) -> None:
    with endpoint.visitor(f"-oUser={name}" if " " in name else f"-l{name}") as kiosk:
        kiosk.until(lambda text: bool(text.strip()), "an answer")
        kiosk.settle(0.3)
        assert not [words for words in NOT_OURS if words in kiosk.text]


@pytest.mark.timed
def test_random_bytes_as_input_do_no_harm(endpoint: SshEndpoint) -> None:
    chance = random.Random(3)
    with endpoint.visitor("-e", "none") as kiosk:
        kiosk.wait("START")
        for _ in range(30):
            os.write(kiosk.fd, chance.randbytes(3000))
            kiosk.settle(0.02)
        assert not [words for words in NOT_OURS if words in kiosk.text]
        check_time(good_login(endpoint), IN_TIME, "a good login")
