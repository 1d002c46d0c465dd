"""The process of a house: its factories, its doors, its signals.

SIGTERM drains, and a second one ends at once; SIGHUP reads content and settings again.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import json
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.serve.console.main import CONTROL
from kiosk.serve.metrics import open_metrics
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.pool.sizes import Size
from kiosk.serve.sockets import given_sockets, listen, socket_path
from kiosk.serve.status import StatusReport
from kiosk.serve.systemd import SystemdNotifier
from kiosk.serve.unix_listener import UnixListener

if TYPE_CHECKING:
    from kiosk.serve.ssh.service import SSHService

PR_SET_CHILD_SUBREAPER = 36
"""Orphans become ours (prctl(2)): visits outlive their factory, and somebody must reap them."""
CHECK_INTERVAL = 1.0
"""Seconds between looks whether another house has taken the path."""


class Server:
    """Runs a house with the doors that `told` names, until it is asked to stop."""

    def __init__(self, told: dict[str, Any], log: Callable[[str], None]) -> None:
        self._told = told
        self._log = log
        self._notify = SystemdNotifier()
        self._stop = asyncio.Event()
        self._at_once = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._ssh: SSHService | None = None
        self.house = SessionManager(self._spawn, clock=clock, log=log)

    async def run(self) -> int:
        """Serve; the exit status."""
        self._listen_to_signals()
        given = given_sockets()
        try:
            await self.house.open()
        except RuntimeError as why:
            self._log(str(why))
            return 1
        report = StatusReport(self.house)
        handed = [one for one in given if one.family == socket.AF_UNIX]
        # the path comes last: taking it closes the house that is there
        door = None
        if self._open_ssh([one for one in given if one.family != socket.AF_UNIX], report):
            metrics = await self._metrics(report)
            door = self._open_unix(handed, report)
        if door is None:
            await self._close()
            return 1
        gc.collect()
        gc.freeze()
        gc.set_threshold(700, 10, 1_000_000)
        gc.enable()
        self._log("open")
        self._notify.ready()
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), CHECK_INTERVAL)
            if door.is_replaced:
                self._log("another house listens here now: closing")
                self._stop.set()
            elif door.check_path():
                self._log("the path of the door had gone: it is there again")
            if self._ssh is not None:
                self._ssh.poll_settings()
            self._notify.alive()
        self._notify.stopping()
        door.close()
        if self._ssh is not None:
            self._ssh.close()
        draining = asyncio.create_task(self.house.drain(self.house.limits.graceful_timeout))
        ending = asyncio.create_task(self._at_once.wait())
        await asyncio.wait({draining, ending}, return_when=asyncio.FIRST_COMPLETED)
        await self._close()
        if metrics is not None:
            metrics.close()
        self._log("closed")
        return 0

    async def _close(self) -> None:
        """End every visit and every connection."""
        await self.house.close()
        if self._ssh is not None:
            await self._ssh.wait_closed()

    def _open_ssh(self, given: list[socket.socket], report: StatusReport) -> bool:
        """Open the SSH door, if it was asked for; whether that went well."""
        if self._told.get("ssh") is None:
            return True
        from kiosk.serve.ssh.host_key import (
            HostKeyError,  # an extra: there only where it is asked for
        )
        from kiosk.serve.ssh.service import SSHService

        try:
            self._ssh = SSHService(self.house, self._told["ssh"], given, self._log)
            door = self._ssh.door
        except (HostKeyError, OSError, ValueError) as why:
            self._log(f"no SSH: {why}")
            return False
        report.turned_away = lambda: door.refused
        return True

    def _open_unix(self, handed: list[socket.socket], report: StatusReport) -> UnixListener | None:
        """Open the door for `kiosk attach`, in place of another house's; None where that fails."""
        if handed:
            return UnixListener(self.house, handed[0], None, report.numbers)
        path = Path(self._told["socket"]) if self._told.get("socket") else socket_path()
        mode = int(self._told.get("mode") or "660", 8)
        try:
            return UnixListener(self.house, listen(path, mode), (path, mode), report.numbers)
        except OSError as why:
            self._log(f"no socket at {path}: {why.strerror or why}. Name another with --socket.")
            return None

    async def _metrics(self, report: StatusReport) -> asyncio.Server | None:
        where = self._told.get("metrics")
        if not where:
            return None
        try:
            return await open_metrics(where, report.prometheus)
        except (OSError, ValueError) as error:
            self._log(f"no metrics: {error}")
            return None

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._handle_stop)
        loop.add_signal_handler(signal.SIGHUP, self._handle_reload)
        loop.add_signal_handler(signal.SIGCHLD, reap)

    def _handle_stop(self) -> None:
        if self._stop.is_set():
            self._at_once.set()
        self._stop.set()

    def _handle_reload(self) -> None:
        task = asyncio.get_running_loop().create_task(self.house.reload())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _spawn(self, control: socket.socket, size: Size) -> int:
        """Start a factory, in a session of its own; its complaints go where the journal is."""
        told = json.dumps({**self._told["factory"], "size": list(size)})
        command = [*self._told["command"], told]
        null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        ends = ((null, 0), (null, 1), (2, 2), (control.fileno(), CONTROL))
        try:
            return os.posix_spawn(
                command[0],
                command,
                dict(os.environ),
                file_actions=[(os.POSIX_SPAWN_DUP2, *one) for one in ends],
                setsid=True,
            )
        finally:
            os.close(null)


def reap() -> None:
    """Let go of children that are dead: factories, and visits that outlived theirs."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def clock() -> float:
    """Seconds on a clock that runs through sleep."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def log(line: str) -> None:
    """A line for the journal."""
    print(f"kiosk: {line}", file=sys.stderr, flush=True)


def prepare() -> None:
    """What the process of a house needs of the system, before anything is open."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def main(told: str) -> None:
    """Serve as `told` says, in JSON; leaves the process."""
    prepare()

    async def serve() -> int:
        return await Server(json.loads(told), log).run()

    sys.exit(asyncio.run(serve()))
