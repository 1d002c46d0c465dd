"""The sshd of OpenSSH with the configuration of `deploy/` gives access to nothing but the kiosk.

Only the users, the keys and the port are changed for the test; every restriction is as shipped.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.terminal.kiosk_server import SshTerminal, free_port
from tests.support.terminal.openssh_server import openssh_server
from tests.support.terminal.unattended import parent, processes
from tests.support.terminal.visitors import honest_visitor

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
pytestmark = pytest.mark.skipif(
    not (Path(SSHD).exists() and shutil.which("ssh")),
    reason="THIS MACHINE LACKS sshd and ssh (apt install openssh-server): nothing of SSH is tested",
)
BANNER = b"a service that only this machine may reach"


def later(value: str) -> object:
    """A value that is tried in the second tier."""
    return pytest.param(value, marks=pytest.mark.second_tier)


@dataclass(frozen=True)
class Server:
    port: int
    key: Path
    secret_port: int
    """The port of a service on loopback that a visitor must not reach."""

    def ssh(self, *arguments: str) -> list[str]:
        return [
            "ssh", "-F", "none", "-i", str(self.key), "-p", str(self.port), "-o",
            "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o",
            "LogLevel=ERROR", "-o", "BatchMode=yes", *arguments, f"{getpass.getuser()}@127.0.0.1",
        ]  # fmt: skip

    def run(
        self, *arguments: str, command: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.ssh(*arguments), *command],
            capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sshd")
    private_service = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=answer, args=(private_service,), daemon=True).start()
    with private_service, openssh_server(folder) as endpoint:
        assert endpoint.key is not None
        yield Server(endpoint.port, endpoint.key, private_service.getsockname()[1])


def answer(private_service: socket.socket) -> None:
    while True:
        try:
            connection, _ = private_service.accept()
        except OSError:
            return
        with connection:
            connection.sendall(BANNER)


def test_the_honest_visitor_gets_through(server: Server) -> None:
    with SshTerminal(*server.ssh("-tt"), HOME="/nonexistent") as kiosk:
        kiosk.wait("START")
        honest_visitor(kiosk)


@pytest.mark.parametrize(
    "asked",
    [
        "id",
        "scp -t /tmp",
        *(later(connection) for connection in ("/bin/sh", "sh -c id", "kiosk check")),
    ],
)
def test_a_command_is_never_run(server: Server, asked: str) -> None:
    ran = server.run("-T", command=(asked,))
    assert "uid=" not in ran.stdout
    assert "1. START" in ran.stdout
    assert ran.returncode == 0
    with SshTerminal(*server.ssh("-tt"), asked) as kiosk:
        assert "uid=" not in kiosk.wait("START")


def test_no_file_is_transferred(server: Server, tmp_path: Path) -> None:
    options = ["-F", "none", "-i", str(server.key), "-o", "StrictHostKeyChecking=no",
               "-o", "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes"]  # fmt: skip
    there = f"{getpass.getuser()}@127.0.0.1"
    for command in (
        ["sftp", *options, "-P", str(server.port), f"{there}:/etc/passwd", str(tmp_path)],
        ["scp", *options, "-P", str(server.port), f"{there}:/etc/passwd", str(tmp_path)],
        ["scp", *options, "-O", "-P", str(server.port), f"{there}:/etc/passwd", str(tmp_path)],
        ["scp", *options, "-P", str(server.port), "/etc/hostname", f"{there}:{tmp_path}/came"],
    ):
        ran = subprocess.run(command, capture_output=True, timeout=30, check=False)
        assert ran.returncode != 0, command
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["-L", "-D", "-R"])
def test_nothing_is_forwarded(server: Server, kind: str) -> None:
    port = free_port()
    target = {
        "-L": f"127.0.0.1:{port}:127.0.0.1:{server.secret_port}",
        "-R": f"127.0.0.1:{port}:127.0.0.1:{server.secret_port}",
        "-D": f"127.0.0.1:{port}",
    }[kind]
    client = subprocess.Popen([*server.ssh("-N", kind, target)], stderr=subprocess.DEVNULL)
    try:
        end, received = time.monotonic() + 2, b""
        while time.monotonic() < end and not received:
            with socket.socket() as connection:
                connection.settimeout(0.5)
                if connection.connect_ex(("127.0.0.1", port)) == 0:
                    if kind == "-D":
                        request = b"\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01"
                        connection.sendall(request + server.secret_port.to_bytes(2, "big"))
                    received = read_all(connection)
            time.sleep(0.05)
        assert BANNER not in received
    finally:
        client.kill()
        client.wait()


def read_all(connection: socket.socket) -> bytes:
    received = b""
    try:
        while part := connection.recv(1000):
            received += part
    except OSError:
        pass
    return received


def test_no_environment_variable_is_accepted(server: Server) -> None:
    sent = {"TEXTUAL_PRESS": "enter,enter", "LC_TERMINAL": "evil", "LC_ALL": "evil", "EVIL": "1"}
    options = [f"-oSetEnv={' '.join(f'{name}={value}' for name, value in sent.items())}"]
    before = set(processes())
    with SshTerminal(*server.ssh("-tt", *options)) as kiosk:
        kiosk.wait("START")
        login_processes = [pid for pid in set(processes()) - before if is_login(pid)]
        assert login_processes
        for pid in login_processes:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            assert not [name for name in sent if f"{name}=".encode() in environment]


def is_login(pid: int) -> bool:
    """Whether the process is a visitor's `attach`, and no process of the server."""
    try:
        return b"attach" in Path(f"/proc/{pid}/cmdline").read_bytes() and parent(pid) > 1
    except OSError:
        return False


@pytest.mark.parametrize(
    "term", ["x" * 500, *(later(connection) for connection in ("linux", "../../x"))]
)
def test_a_strange_terminal_type_does_no_harm(server: Server, term: str) -> None:
    with SshTerminal(*server.ssh("-tt"), size=(65535, 2), TERM=term) as kiosk:
        time.sleep(2)
        os.write(kiosk.fd, b"\x03\x1a\x1c")
        kiosk.resize((80, 24))
        kiosk.wait("START")


def test_mistyped_names_shut_out_nobody_from_the_same_address(server: Server) -> None:
    """OpenSSH 9.8 and later would refuse the address from the fifth on, without sshd-9.8.conf."""
    mistyped = [*server.ssh("-T")[:-1], "eductaion@127.0.0.1"]
    for _ in range(6):
        refused = subprocess.run(mistyped, capture_output=True, text=True, timeout=30, check=False)
        assert "Permission denied" in refused.stderr
    assert "1. START" in server.run("-T").stdout


def test_a_client_that_disconnects_leaves_no_process(server: Server) -> None:
    before = set(processes())
    with SshTerminal(*server.ssh("-tt")) as kiosk:
        kiosk.wait("START")
        login_processes = [pid for pid in set(processes()) - before if is_login(pid)]
        assert login_processes
    end = time.monotonic() + 10
    while set(login_processes) & set(processes()) and time.monotonic() < end:
        time.sleep(0.1)
    assert not set(login_processes) & set(processes())
