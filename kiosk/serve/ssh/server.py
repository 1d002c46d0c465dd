"""The SSH door: who is let in, who waits to be, and who has been here long enough."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from typing import Any

from kiosk import fallback_messages
from kiosk.serve.ssh.acceptor import Acceptor
from kiosk.serve.ssh.admission import AdmissionControl
from kiosk.serve.ssh.connection import Connection
from kiosk.serve.ssh.handlers import GOES, options_for
from kiosk.serve.ssh.input_throttle import RoundRobin
from kiosk.serve.ssh.password_auth import PasswordVerifier
from kiosk.serve.ssh.remote_session import SessionOpener
from kiosk.serve.tcp import ask_whether_there
from kiosk.settings.server import SshSettings

HEARS = 1.0
"""Seconds in which a client hears the last words and goes by itself."""
KERNEL_BEHIND = 65_536
"""Bytes that the kernel may hold for a client: what one does not read shows soon."""
KERNEL_AHEAD = 32_768
"""Bytes that it may hold of a client, or a read bring: what is sent too early waits there."""


class SSHServer:
    """Lets visitors into `house`.

    Args:
        house: receives them.
        rules: who may come, how many, how long.
        host_key: the private key, in OpenSSH's form.
        fits: whether a password is what was made into the one that the rules keep.
        wants_in: what a user name asks for.
        log: takes a line for the journal.
    """

    def __init__(
        self,
        house: SessionOpener,
        rules: SshSettings,
        host_key: bytes,
        *,
        fits: Callable[[str, str], bool],
        wants_in: Callable[[str], Mapping[str, str]],
        log: Callable[[str], None],
    ) -> None:
        self.house = house
        self.wants_in = wants_in
        self._host_key = host_key
        self._fits = fits
        self._log = log
        self._loop = asyncio.get_running_loop()
        self.turns = RoundRobin(self._loop)
        self._porter: Acceptor | None = None
        self._lines: dict[Connection, None] = {}
        self._arriving: dict[Connection, None] = {}
        """Those that have not come in, the oldest first."""
        self._tasks: set[asyncio.Task[Any]] = set()
        self.admission = AdmissionControl(rules, self._loop.time)
        self.reconfigure(rules)

    @property
    def connections(self) -> int:
        """Those who are here, come in or not."""
        return len(self._lines)

    @property
    def refused(self) -> int:
        """Those who were turned away before any keys."""
        return self.admission.refused

    def reconfigure(self, rules: SshSettings) -> None:
        """Keep to these rules from now on; those who are here stay as they came in.

        Raises OSError or ValueError where the file of public keys cannot be read.
        """
        options = options_for(rules, self._host_key, self)
        self.rules = rules
        self._connection_options = options
        self.admission.reconfigure(rules)
        self.passwords = PasswordVerifier(rules.password, self._fits, self._loop.time)

    def open(self, sockets: list[socket.socket]) -> None:
        """Let in who comes to these listening sockets."""
        self._porter = Acceptor(
            sockets, self.admission, self._let_in, fallback_messages.FULL, self._loop
        )

    def close(self) -> None:
        """Let in nobody more; those who are here stay."""
        if self._porter is not None:
            self._porter.close()

    async def wait_closed(self) -> None:
        """Close every connection; whose visit has just ended may hear that to the end."""
        self.close()
        await self._gone_within(HEARS)
        for line in list(self._lines):
            line.close()
        await self._gone_within(GOES)
        for line in list(self._lines):
            line.abort()

    async def _gone_within(self, seconds: float) -> None:
        waits = [asyncio.ensure_future(line.wait_closed()) for line in self._lines]
        if waits:
            await asyncio.wait(waits, timeout=seconds)

    # -- one connection

    def _let_in(self, one: socket.socket, address: str) -> None:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BEHIND)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KERNEL_AHEAD)
        ask_whether_there(one, self.rules.keepalive_interval)
        line = Connection(self._connection_options, self, address)
        self._lines[line] = None
        self._arriving[line] = None
        if self.rules.log_addresses:
            self._log(f"somebody comes from {address}")
        if len(self._arriving) > self.rules.max_startups:
            self._disconnect_idle_logins()
        task = self._loop.create_task(self._loop.connect_accepted_socket(lambda: line, one))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._connected(done, line))

    def _connected(self, done: asyncio.Task[Any], line: Connection) -> None:
        self._tasks.discard(done)
        if done.cancelled() or done.exception() is not None:
            self.on_connection_lost(line)

    def _disconnect_idle_logins(self) -> None:
        """Of those who have not come in, the oldest of the source that has the most."""
        counts: dict[str, int] = {}
        for line in self._arriving:
            counts[line.address] = counts.get(line.address, 0) + 1
        crowd = max(counts, key=lambda one: counts[one])
        oldest = next(line for line in self._arriving if line.address == crowd)
        del self._arriving[oldest]
        oldest.abort()

    def on_login(self, line: Connection) -> None:
        """It has shown what the rules ask for; now it begins a visit, or goes."""
        self._arriving.pop(line, None)
        line.late = self._loop.call_later(self.rules.login_grace_time, self._begun_or_gone, line)

    def _begun_or_gone(self, line: Connection) -> None:
        if line in self._lines and not line.has_begun:
            line.abort()

    def on_connection_lost(self, line: Connection) -> None:
        """It has ended."""
        self._arriving.pop(line, None)
        if line in self._lines:
            del self._lines[line]
            self.admission.release(line.address)
            line.detach()
