"""Socket activation: a house with the sockets that something else has opened (sd_listen_fds(3))."""

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

from tests.support.terminal.listeners import Attached, House, Ssh, ssh_command, until_true
from tests.support.terminal.unattended import held

GIVES = """
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
"""Becomes a program that finds these sockets from its third descriptor on, as of systemd."""


class Activated(House):
    """`kiosk serve` with listening sockets of the test's."""

    def __init__(
        self, folder: Path, given: list[socket.socket], *arguments: str, wrong_pid: int = 0,
        settings: str = "",
    ) -> None:  # fmt: skip
        self._given = tuple(one.fileno() for one in given)
        self._wrong_pid = wrong_pid
        super().__init__(folder, *arguments, settings=settings)

    def _start(self, command: list[str], **more: Any) -> subprocess.Popen[bytes]:
        numbers = ",".join(map(str, self._given))
        gives = [sys.executable, "-c", GIVES, numbers, str(self._wrong_pid), *command[1:]]
        return super()._start(gives, pass_fds=self._given, **more)


@contextlib.contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as one:
        one.bind(str(path))
        one.listen()
        yield one


def test_who_comes_before_the_house_and_between_two_is_received(tmp_path: Path) -> None:
    with listening(tmp_path / House.door) as door:
        with Activated(tmp_path, [door]) as house, Attached(house) as one:
            one.wait("START")
            assert house.status()["sessions"] == 1
            one.press("q")
            one.leave()
            house.signal(signal.SIGTERM)
            house.wait(5)
        assert house.socket.exists()
        # the first waits in the kernel's queue until the house is there
        with Attached(house) as early, Activated(tmp_path, [door]) as later:
            early.wait("START")
            assert later.status()["sessions"] == 1


def test_the_ssh_door_takes_a_port_that_is_open_already(tmp_path: Path) -> None:
    with socket.socket() as port, listening(tmp_path / House.door) as door:
        port.bind(("127.0.0.1", 0))
        port.listen()
        settings = "[ssh]\nport = 1\n"  # which nobody looks at
        with Activated(tmp_path, [port, door], "--ssh", settings=settings) as house:
            number = port.getsockname()[1]
            assert f"at port {number}" in house.journal
            command = ssh_command(number, "-tt", name="visitor")
            with Attached(house) as one, Ssh(*command, HOME="/nonexistent") as other:
                one.wait("START")
                other.wait("START")
                doors = {f"socket:[{os.fstat(each.fileno()).st_ino}]" for each in (port, door)}
                assert doors <= held(house.pid)
                for pid in house.family() - {house.pid}:
                    assert not doors & held(pid), "a factory or a visit has a door"


def test_what_was_given_to_another_process_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other"
    with listening(other) as door, Activated(tmp_path, [door], wrong_pid=1) as house:
        until_true(house.socket.exists, "it has no door of its own")
        with Attached(house) as one:
            one.wait("START")
