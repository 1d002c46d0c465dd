"""The server's process (`kiosk serve`): it starts a session manager, opens listeners, handles
signals, and drains before it ends.

SIGTERM drains and ends the server, a second one ends it at once; SIGHUP reads content and settings
again. A server whose socket path another server has taken over drains by itself; SIGUSR2 has it
serve again.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import json
import logging
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.errors import KioskError
from kiosk.serve.drain import SERVE_AGAIN, Drain, StopSignals
from kiosk.serve.journal import open_journal
from kiosk.serve.memory_wiping import is_wiped_when_freed, keep_from_children
from kiosk.serve.metrics import open_metrics
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.sockets import listen_unix, socket_path, systemd_sockets
from kiosk.serve.spawn import reap_children, spawn_fork_server
from kiosk.serve.status import StatusReport
from kiosk.serve.systemd import SystemdNotifier
from kiosk.serve.unix_listener import UnixListener
from kiosk.system.clock import clock
from kiosk.system.core_dumps import forbid_core_dumps
from kiosk.window_size import DEFAULT_SIZE

if TYPE_CHECKING:
    from kiosk.serve.ssh.service import SSHService

PR_SET_CHILD_SUBREAPER = 36
"""Orphans become children of this process (prctl(2)): workers outlive their fork server, and
somebody must reap them."""
CHECK_INTERVAL = 1.0
"""Seconds between two checks whether another server has taken the path."""

logger = logging.getLogger(__name__)


class Server:
    """The server of many sessions: a session manager with the listeners that `options` ask for (the
    Unix socket always; SSH and metrics if named). `run` serves until a signal ends it.

    Args:
        options: as `kiosk.cli.site.serve` makes them: `command` is the command line that starts a
            fork server, `fork_server` its options; `socket`, `mode`, `metrics` and `ssh` come from
            the command line of `kiosk serve`.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._notifier = SystemdNotifier()
        self._signals = StopSignals()
        self._woken = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._ssh: SSHService | None = None
        self._earlier_ssh: list[SSHService] = []
        """Those that were closed when another server took over, and may have connections left."""
        self._listener: UnixListener | None = None
        self._metrics: asyncio.Server | None = None
        self.manager = SessionManager(self._spawn, clock=clock)
        self._report = StatusReport(self.manager)

    async def run(self) -> int:
        """Start fork servers, open the listeners and serve until told to stop; return the exit
        status: 0, or 1 where the start failed (the reason is logged).
        """
        self._listen_to_signals()
        inherited = systemd_sockets()
        try:
            await self.manager.start()
            await self._open_listeners(inherited)
        except (KioskError, OSError, ValueError) as error:
            logger.error("%s", error)
            await self._close()
            return 1
        gc.collect()
        gc.freeze()
        gc.set_threshold(700, 10, 1_000_000)
        gc.enable()
        logger.info("open")
        self._notifier.ready()
        await self._serve(can_reopen=not inherited)
        await self._close()
        logger.info("closed")
        return 0

    async def _serve(self, *, can_reopen: bool) -> None:
        """Serve until this server must close: while another one has replaced it, it drains.

        Args:
            can_reopen: whether the listeners are its own, so that it can listen again.
        """
        drain = Drain(self.manager, self._notifier, self._signals, clock=clock)
        is_open = True
        while True:
            if is_open:
                await self._wait_for_stop()
                self._stop_listening()
            if await drain.wait():
                return
            is_open = can_reopen and await self._serve_again()

    async def _open_listeners(self, inherited: list[socket.socket]) -> None:
        """Open them; raises KioskError, OSError or ValueError with the sentence to log.

        The Unix socket comes last, because taking its path closes the server that listens there.
        """
        report = self._report
        unix = [listener for listener in inherited if listener.family == socket.AF_UNIX]
        if self._options.get("ssh") is not None:
            tcp = [listener for listener in inherited if listener.family != socket.AF_UNIX]
            self._ssh = self._open_ssh(tcp)
            server = self._ssh.server
            report.refused_connections = lambda: server.refused
        self._metrics = await self._open_metrics(report)
        if unix:
            self._listener = UnixListener(self.manager, unix[0], None, 0, report.numbers)
        else:
            self._listener = self._open_unix(report)

    def _open_ssh(self, inherited: list[socket.socket]) -> SSHService:
        from kiosk.serve.ssh.service import SSHService  # an optional extra

        if not is_wiped_when_freed():
            logger.warning("memory is not overwritten when it is freed: words of visitors may stay")
        try:
            return SSHService(self.manager, self._options["ssh"], inherited)
        except (KioskError, OSError, ValueError) as error:
            raise KioskError(f"no SSH: {error}") from error

    def _open_unix(self, report: StatusReport) -> UnixListener:
        given = self._options.get("socket")
        path = Path(given) if given else socket_path()
        mode = int(self._options.get("mode") or "660", 8)
        try:
            listener = listen_unix(path, mode)
        except OSError as error:
            reason = error.strerror or error
            raise KioskError(
                f"no socket at {path}: {reason}. Name another with --socket."
            ) from error
        return UnixListener(self.manager, listener, path, mode, report.numbers)

    async def _open_metrics(self, report: StatusReport) -> asyncio.Server | None:
        """Open them where they were asked for; the kiosk is open without them, too."""
        address = self._options.get("metrics")
        if not address:
            return None
        try:
            return await open_metrics(address, report.prometheus)
        except (OSError, ValueError) as error:
            logger.error("no metrics: %s", error)
            return None

    async def _wait_for_stop(self) -> None:
        """Wait until this server is told to stop, or another one listens at its socket."""
        assert self._listener is not None
        while not self._signals.stops:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), CHECK_INTERVAL)
            self._woken.clear()
            if self._ssh is not None:
                self._ssh.poll_settings()
            self._notifier.alive()
            if self._listener.is_replaced:
                logger.info("another server listens at the socket now: draining")
                return
            if self._listener.check_path():
                logger.warning("the socket had been removed: it is there again")

    def _stop_listening(self) -> None:
        """Accept nobody any more; sessions and connections go on."""
        assert self._listener is not None
        self._signals.serve_again = False
        self._listener.close()
        if self._ssh is not None:
            self._ssh.close()
        if self._metrics is not None:
            self._metrics.close()

    async def _serve_again(self) -> bool:
        """Listen again, which replaces the server that had taken over; return whether it does."""
        before = self._ssh
        try:
            await self._open_listeners([])
        except (KioskError, OSError, ValueError) as error:
            logger.error("cannot serve again: %s", error)
            if self._ssh is not None:
                self._ssh.close()
            if self._metrics is not None:
                self._metrics.close()
            return False
        finally:
            if before is not None and before is not self._ssh:
                self._earlier_ssh.append(before)
        self._notifier.say("open")
        logger.info("open again")
        return True

    async def _close(self) -> None:
        """End every session and every connection."""
        await self.manager.close()
        for service in (*self._earlier_ssh, *([self._ssh] if self._ssh else [])):
            await service.wait_closed()
        if self._metrics is not None:
            self._metrics.close()

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._handle_stop)
        loop.add_signal_handler(signal.SIGHUP, self._handle_reload)
        loop.add_signal_handler(SERVE_AGAIN, self._handle_serve_again)
        loop.add_signal_handler(signal.SIGCHLD, reap_children)

    def _handle_stop(self) -> None:
        if not self._signals.stops:
            self._notifier.stopping()
        self._signals.stops += 1
        self._woken.set()

    def _handle_serve_again(self) -> None:
        self._signals.serve_again = True

    def _handle_reload(self) -> None:
        task = asyncio.get_running_loop().create_task(self.manager.reload())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _spawn(self, control: socket.socket) -> int:
        """Start a fork server that lays out for the usual size; its errors go to the journal."""
        options = json.dumps({**self._options["fork_server"], "size": list(DEFAULT_SIZE)})
        return spawn_fork_server([*self._options["command"], options], control)


def prepare() -> None:
    """Prepare the server's process: forbid core dumps, raise its limit of open files to the hard
    limit, have orphaned workers become its children, and delete the memory-wiping variables from
    its environment.
    """
    forbid_core_dumps()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    keep_from_children()


def ignore_late_signals() -> None:
    """Block the signals that the server handles until this process ends, and have none written to
    asyncio's wake-up descriptor. Called when the server is done, before its event loop closes.

    asyncio closes that descriptor before it removes its handlers; the death of a fork server in
    between would write a traceback to the journal.
    """
    signal.set_wakeup_fd(-1)
    handled = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, SERVE_AGAIN, signal.SIGCHLD)
    signal.pthread_sigmask(signal.SIG_BLOCK, handled)


def main(argument: str) -> None:
    """Run the server with `argument`, the options of `Server` as a JSON object; never returns:
    exits with the server's exit status.
    """
    open_journal()
    prepare()

    async def serve() -> int:
        try:
            return await Server(json.loads(argument)).run()
        finally:
            ignore_late_signals()

    sys.exit(asyncio.run(serve()))
