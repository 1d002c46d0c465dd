"""The SSH server: it opens a connection for each admitted client, counts them, and closes those
that are too slow to log in or to begin a session.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping
from typing import Any

from kiosk import fallback_messages
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.sockets import set_keepalive
from kiosk.serve.ssh.acceptor import Acceptor
from kiosk.serve.ssh.admission import AdmissionControl
from kiosk.serve.ssh.connection import Connection
from kiosk.serve.ssh.context import ServerContext
from kiosk.serve.ssh.handlers import CLOSE_TIMEOUT, options_for
from kiosk.serve.ssh.input_throttle import RoundRobin
from kiosk.serve.ssh.password_auth import PasswordVerifier
from kiosk.settings.server import SshSettings

GOODBYE_TIMEOUT = 1.0
"""Seconds in which a client reads the last message and closes by itself."""
SEND_BUFFER = 65_536
"""Bytes that the kernel may have for a client: a client that does not read is noticed soon."""
RECEIVE_BUFFER = 32_768
"""Bytes that it may have of a client: what is sent too early waits there."""

logger = logging.getLogger(__name__)


class SSHServer:
    """SSH server, which gives each client that logs in a session of `sessions`.

    Args:
        sessions: opens the sessions, each with a worker.
        settings: settings of the SSH server, such as who may log in, how many clients, time
            limits.
        host_key: the private host key, in OpenSSH's format.
        verify: takes a password and a hash, and returns whether they match.
        options_in: takes the user name that a client logs in with, and returns the options of the
            visit that are named in it.
    """

    def __init__(
        self,
        sessions: SessionManager,
        settings: SshSettings,
        host_key: bytes,
        *,
        verify: Callable[[str, str], bool],
        options_in: Callable[[str], Mapping[str, str]],
    ) -> None:
        self._host_key = host_key
        self._verify = verify
        self._loop = asyncio.get_running_loop()
        self._acceptor: Acceptor | None = None
        self._connections: dict[Connection, None] = {}
        self._logging_in: dict[Connection, None] = {}
        """Those that have not logged in, the oldest first."""
        self._tasks: set[asyncio.Task[Any]] = set()
        self.admission = AdmissionControl(settings, self._loop.time)
        self._context = ServerContext[Connection](
            settings,
            self._passwords(settings),
            sessions,
            options_in,
            RoundRobin(self._loop),
            self._on_login,
            self._on_close,
        )
        self._connection_options = options_for(settings, host_key, self._context)

    @property
    def connections(self) -> int:
        """The number of connections that are open now."""
        return len(self._connections)

    @property
    def refused(self) -> int:
        """The number of connections that were refused so far because of the limits, before any key
        exchange.
        """
        return self.admission.refused

    def reconfigure(self, settings: SshSettings) -> None:
        """Use these settings from now on: new connections get the new options and limits, open
        connections stay.

        Raises OSError or ValueError, with the old settings still in force, if the file of
        authorized keys cannot be read.
        """
        options = options_for(settings, self._host_key, self._context)
        self._connection_options = options
        self._context.settings = settings
        self._context.passwords = self._passwords(settings)
        self.admission.reconfigure(settings)

    def _passwords(self, settings: SshSettings) -> PasswordVerifier:
        return PasswordVerifier(settings.password, self._verify, self._loop.time)

    def open(self, listeners: list[socket.socket]) -> None:
        """Begin to accept connections at these listening sockets, which `close` closes."""
        self._acceptor = Acceptor(
            listeners, self.admission, self._connect, fallback_messages.FULL, self._loop
        )

    def close(self) -> None:
        """Close the listening sockets: no more connections are accepted; open ones stay."""
        if self._acceptor is not None:
            self._acceptor.close()

    async def wait_closed(self) -> None:
        """Close the listening sockets and every connection. Clients first have a second to read how
        their session ended.
        """
        self.close()
        await self._wait_for_connections(GOODBYE_TIMEOUT)
        for connection in list(self._connections):
            connection.close()
        await self._wait_for_connections(CLOSE_TIMEOUT)
        for connection in list(self._connections):
            connection.abort()

    async def _wait_for_connections(self, seconds: float) -> None:
        waits = [asyncio.ensure_future(each.wait_closed()) for each in self._connections]
        if waits:
            await asyncio.wait(waits, timeout=seconds)

    # -- one connection

    def _connect(self, client: socket.socket, address: str) -> None:
        settings = self._context.settings
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        set_keepalive(client, settings.keepalive_interval)
        connection = Connection(self._connection_options, self._context, address)
        self._connections[connection] = None
        self._logging_in[connection] = None
        if settings.log_addresses:
            logger.info("connection from %s", address)
        if len(self._logging_in) > settings.max_startups:
            self._abort_idle_login()
        task = self._loop.create_task(
            self._loop.connect_accepted_socket(lambda: connection, client)
        )
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._connected(done, connection))

    def _connected(self, task: asyncio.Task[Any], connection: Connection) -> None:
        self._tasks.discard(task)
        if task.cancelled() or task.exception() is not None:
            self._on_close(connection)

    def _abort_idle_login(self) -> None:
        """Abort the oldest connection that has not logged in, of the source that has the most."""
        counts: dict[str, int] = {}
        for connection in self._logging_in:
            counts[connection.address] = counts.get(connection.address, 0) + 1
        busiest = max(counts, key=lambda address: counts[address])
        oldest = next(each for each in self._logging_in if each.address == busiest)
        del self._logging_in[oldest]
        oldest.abort()

    def _on_login(self, connection: Connection) -> None:
        """Give a client that has logged in the time to request a session."""
        self._logging_in.pop(connection, None)
        connection.timeout = self._loop.call_later(
            self._context.settings.login_grace_time, self._abort_if_idle, connection
        )

    def _abort_if_idle(self, connection: Connection) -> None:
        if connection in self._connections and not connection.has_begun:
            connection.abort()

    def _on_close(self, connection: Connection) -> None:
        self._logging_in.pop(connection, None)
        if connection in self._connections:
            del self._connections[connection]
            self.admission.release(connection.address)
            connection.detach()
