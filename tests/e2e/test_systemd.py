"""Socket activation: a server with sockets that another process has opened (sd_listen_fds(3))."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.terminal.kiosk_server import (
    AttachedTerminal,
    KioskServer,
    SshTerminal,
    ssh_command,
    wait_until,
)
from tests.support.terminal.unattended import open_files

PASS_SOCKETS = """
import fcntl, os, sys
given, at_pid, *rest = sys.argv[1:]
numbers = [int(one) for one in given.split(",")]
copies = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in numbers]  # out of the way
for one in numbers:
    os.close(one)
for at, one in enumerate(copies):
    os.dup2(one, 3 + at)
os.environ["LISTEN_PID"] = str(os.getpid() + int(at_pid))
os.environ["LISTEN_FDS"] = str(len(copies))
os.execv(sys.executable, [sys.executable, *rest])
"""
"""Executes a program that has these sockets from descriptor 3 on, as systemd passes them."""


class Activated(KioskServer):
    """`kiosk serve` with inherited listening sockets."""

    def __init__(
        self, folder: Path, sockets: list[socket.socket], *arguments: str, wrong_pid: int = 0,
        settings: str = "",
    ) -> None:  # fmt: skip
        self._given = tuple(visitor.fileno() for visitor in sockets)
        self._wrong_pid = wrong_pid
        super().__init__(folder, *arguments, settings=settings)

    def _start(self, command: list[str], **more: Any) -> subprocess.Popen[bytes]:
        numbers = ",".join(map(str, self._given))
        command_line = [
            sys.executable,
            "-c",
            PASS_SOCKETS,
            numbers,
            str(self._wrong_pid),
            *command[1:],
        ]
        return super()._start(command_line, pass_fds=self._given, **more)


@contextlib.contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as visitor:
        visitor.bind(str(path))
        visitor.listen()
        yield visitor


def test_a_client_that_connects_before_the_server_starts_is_served(tmp_path: Path) -> None:
    with listening(tmp_path / KioskServer.socket_name) as listener:
        with Activated(tmp_path, [listener]) as server, AttachedTerminal(server) as visitor:
            visitor.wait("START")
            assert server.status()["sessions"] == 1
            visitor.press("q")
            visitor.leave()
            server.signal(signal.SIGTERM)
            server.wait(5)
        assert server.socket.exists()
        # the first connection waits in the kernel's queue until the server is there
        with AttachedTerminal(server) as early, Activated(tmp_path, [listener]) as later:
            early.wait("START")
            assert later.status()["sessions"] == 1


def test_the_ssh_server_uses_an_inherited_port(tmp_path: Path) -> None:
    with socket.socket() as port, listening(tmp_path / KioskServer.socket_name) as listener:
        port.bind(("127.0.0.1", 0))
        port.listen()
        settings = "[ssh]\nport = 1\n"  # which is ignored
        with Activated(tmp_path, [port, listener], "--ssh", settings=settings) as server:
            number = port.getsockname()[1]
            assert f"at port {number}" in server.journal
            command = ssh_command(number, "-tt", name="visitor")
            with (
                AttachedTerminal(server) as visitor,
                SshTerminal(*command, HOME="/nonexistent") as other,
            ):
                visitor.wait("START")
                other.wait("START")
                listeners = {
                    f"socket:[{os.fstat(each.fileno()).st_ino}]" for each in (port, listener)
                }
                assert listeners <= open_files(server.pid)
                for pid in server.process_tree() - {server.pid}:
                    assert not listeners & open_files(pid), (
                        "a fork server or worker has a listening socket"
                    )


def test_sockets_passed_to_another_process_are_ignored(tmp_path: Path) -> None:
    other = tmp_path / "other"
    with listening(other) as listener, Activated(tmp_path, [listener], wrong_pid=1) as server:
        wait_until(server.socket.exists, "it has not made an own socket")
        with AttachedTerminal(server) as visitor:
            visitor.wait("START")
