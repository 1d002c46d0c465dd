"""Serve the Unix socket to which `kiosk attach` and `kiosk status` connect.

A connection either hands over one terminal, for a session, or asks for the status. After a
terminal it can only report another size of it. The session ends when its connection closes, or
when the process that connected dies.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import socket
import stat
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path

from kiosk import fallback_messages
from kiosk.serve import attach, protocol
from kiosk.serve.background_closer import BackgroundCloser
from kiosk.serve.pool.login_name import parse_login_name
from kiosk.serve.pool.session import EndReason, Refused, Session, SessionRequest
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.sockets import listen_unix, socket_identity
from kiosk.serve.terminal_info import known_term
from kiosk.window_size import clamp_size

EXTRA_CONNECTIONS = 64
"""Connections beyond the limit of sessions that may wait for an answer."""
REQUEST_TIMEOUT = 5.0
"""Seconds within which a connection says what it wants."""
STATUS = b"status"
"""The request for the status."""
MAX_REQUEST = 1024
"""Bytes of a request."""
MAX_DESCRIPTORS = 253
"""File descriptors of one message, as many as the kernel lets through (SCM_MAX_FD): it would close
those that are not taken, in this thread."""
BUSY_DELAY = 0.5
"""Seconds without accepting, where closing what callers have sent takes long."""


class UnixListener:
    """Accepts connections to a Unix socket, and opens sessions or sends the status as they ask.

    Args:
        manager: opens the sessions.
        listener: the listening `SOCK_SEQPACKET` socket; `close` closes it.
        path: where it listens; None if systemd owns the socket's path.
        mode: permissions of the socket at that path.
        status: called for a request for the status; returns the numbers to send as JSON.
    """

    def __init__(
        self,
        manager: SessionManager,
        listener: socket.socket,
        path: Path | None,
        mode: int,
        status: Callable[[], Awaitable[dict[str, object]]],
    ) -> None:
        self._manager = manager
        self._listener = listener
        self._path = path
        self._mode = mode
        self._identity = socket_identity(path) if path else (0, 0)
        self._status = status
        self._connections: dict[UnixConnection, None] = {}
        """Those that are open, the oldest first."""
        self._closer = BackgroundCloser()
        self._start_accepting()

    @property
    def is_replaced(self) -> bool:
        """True if another server's socket is at the path now; False if systemd owns it."""
        if self._path is None:
            return False
        return socket_identity(self._path) not in ((0, 0), self._identity)

    def check_path(self) -> bool:
        """Listen again if the socket was removed from its path; return whether that was done."""
        if self._path is None or socket_identity(self._path) != (0, 0):
            return False
        try:
            listener = listen_unix(self._path, self._mode)
        except OSError:  # the folder cannot be written now; the next check tries again
            return False
        asyncio.get_running_loop().remove_reader(self._listener)
        self._listener.close()
        self._listener, self._identity = listener, socket_identity(self._path)
        self._start_accepting()
        return True

    def _start_accepting(self) -> None:
        self._listener.setblocking(False)
        asyncio.get_running_loop().add_reader(self._listener, self._accept)

    def _resume_accepting(self, listener: socket.socket) -> None:
        if listener is self._listener and listener.fileno() >= 0:
            self._start_accepting()

    def close(self) -> None:
        """Accept no more connections and remove the socket's path; open connections stay."""
        asyncio.get_running_loop().remove_reader(self._listener)
        if self._path is not None and socket_identity(self._path) == self._identity:
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._listener.close()

    def _accept(self) -> None:
        if self._closer.is_busy:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._listener)
            loop.call_later(BUSY_DELAY, self._resume_accepting, self._listener)
            return
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        if len(self._connections) >= self._manager.limits.max_sessions + EXTRA_CONNECTIONS:
            silent = next(
                (connection for connection in self._connections if connection.is_silent), None
            )
            if silent is None:
                self._closer.close([connection.detach()])
                return
            silent.close()  # who asks something, such as the status, asks it at once
        self._connections[
            UnixConnection(
                connection,
                self._manager,
                self._status,
                self._closer,
                lambda connection: self._connections.pop(connection, None),
            )
        ] = None


class UnixConnection:
    """One client's connection to the Unix socket: opens a session for the terminal that the client
    hands over, or sends the status that it asks for; then closes.
    """

    def __init__(
        self,
        connection: socket.socket,
        manager: SessionManager,
        status: Callable[[], Awaitable[dict[str, object]]],
        closer: BackgroundCloser,
        on_close: Callable[[UnixConnection], object],
    ) -> None:
        self._connection = connection
        self._closer = closer
        self._manager = manager
        self._status = status
        self._on_close = on_close
        self._session: Session | None = None
        self._caller: int | None = None
        """The process that has the session, as a descriptor."""
        self._answering: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        connection.setblocking(False)
        self._loop.add_reader(connection, self._receive)
        self._timeout = self._loop.call_later(REQUEST_TIMEOUT, self.close)

    @property
    def is_silent(self) -> bool:
        """True if the client has neither handed over a terminal nor asked for the status yet."""
        return self._session is None and self._answering is None

    def _receive(self) -> None:
        try:
            message, descriptors, _ = protocol.receive_with_descriptors(
                self._connection, MAX_REQUEST, MAX_DESCRIPTORS
            )
        except BlockingIOError:
            return
        except OSError:
            message, descriptors = b"", []
        try:
            self._handle(message, descriptors)
        finally:
            if descriptors:
                self._closer.close(descriptors)

    def _handle(self, message: bytes, descriptors: list[int]) -> None:
        if not message:
            if self._session is not None:
                self._session.close()
            self.close()
        elif self._session is not None:
            if message == attach.RESIZED:
                self._session.resized()
        elif self._answering is not None:  # a status request is the only one of its connection
            self.close()
        elif message == STATUS:
            self._answering = self._loop.create_task(self._send_status())
        elif request := self._session_request(message, descriptors):
            self._open_session(request)
        else:
            self.close()

    def _open_session(self, request: SessionRequest) -> None:
        if self._is_closed_by_client():  # while this process was stopped: its owner has it back
            self.close()
            return
        self._timeout.cancel()
        try:
            self._session = self._manager.open_session(request, self._ended)
        except Refused as refused:
            self._say(fallback_messages.REFUSED_SESSION[refused.reason])
        else:
            self._watch_caller()

    def _watch_caller(self) -> None:
        """End the session as soon as the process that opened the connection ends."""
        peer = self._connection.getsockopt(
            socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("iII")
        )
        with contextlib.suppress(OSError):  # in another namespace of processes it has no number
            self._caller = os.pidfd_open(struct.unpack("iII", peer)[0])
            self._loop.add_reader(self._caller, self._handle, b"", [])

    def _is_closed_by_client(self) -> bool:
        try:
            return not self._connection.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _session_request(self, message: bytes, descriptors: list[int]) -> SessionRequest | None:
        """Read the request of `kiosk attach`; None for anything else."""
        lines = message.decode("utf-8", "replace").split("\n")
        if len(descriptors) != 2 or len(lines) != 6 or lines[0] != "attach":
            return None
        _, columns, rows, term, presentation, name = lines
        options = parse_login_name(name, self._manager.fork_servers.known)
        if presentation == "lines":
            options["presentation"] = presentation
        source, sink = descriptors
        if not (_may_be_handed_over(source) and _may_be_handed_over(sink)):
            return None
        size = clamp_size(_number(columns), _number(rows))
        return SessionRequest(source, sink, size, known_term(term), options)

    async def _send_status(self) -> None:
        numbers = await self._status()
        with contextlib.suppress(OSError):
            self._connection.send(json.dumps(numbers).encode())
        self.close()

    def _ended(self, reason: EndReason) -> None:
        if reason is EndReason.LEFT:
            self._send(attach.ENDED)
        else:
            self._say(fallback_messages.ENDED[reason])

    def _say(self, sentence: str) -> None:
        self._send(attach.SAID + sentence.encode())

    def _send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):
            self._connection.send(message)
        self.close()

    def close(self) -> None:
        """Close the connection, stop watching the process that made it, and call `on_close`."""
        self._timeout.cancel()
        if self._caller is not None:
            self._loop.remove_reader(self._caller)
            os.close(self._caller)
            self._caller = None
        if self._connection.fileno() >= 0:
            self._loop.remove_reader(self._connection)
            self._closer.close([self._connection.detach()])
        self._on_close(self)


def _may_be_handed_over(descriptor: int) -> bool:
    """Return whether a descriptor is of a terminal, another character device, or a pipe.

    A socket may keep the process that closes it waiting (SO_LINGER), or be the connection itself,
    which would then never end. A descriptor opened with O_PATH can be neither read nor written.
    """
    try:
        mode, flags = os.fstat(descriptor).st_mode, fcntl.fcntl(descriptor, fcntl.F_GETFL)
    except OSError:
        return False
    return (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)) and not flags & os.O_PATH


def _number(text: str) -> int:
    """Return a number of at most five digits; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
