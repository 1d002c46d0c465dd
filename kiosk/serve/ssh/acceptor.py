"""Accept the TCP connections of the SSH server's clients; refuse those above the limits before any
key exchange.

A refused client is sent at most one short message, SSH's own "disconnect" in the clear (RFC 4253,
sections 4.2 and 11.1), so that OpenSSH shows its user the sentence in it.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

from kiosk.serve.ssh.admission import AdmissionControl, Decision

MAX_ACCEPTS = 64
"""Connections that are accepted before anything else is done."""
RETRY_DELAY = 0.2
"""Seconds without accepting, where this process can open no more file descriptors."""
LINGER_TIME = 2.0
"""Seconds that a refused client has for reading why, at most."""
MAX_LINGERING = 64
"""Refused clients that have that time at once."""
DISCONNECT, TOO_MANY_CONNECTIONS = 1, 12
VERSION = b"SSH-2.0-kiosk\r\n"
"""Without any version number: it would tell an attacker where to look for a weakness."""


class Acceptor:
    """Accepts TCP connections at listening sockets, from when it is made until `close`. Asks
    admission control about each, and hands it to `on_connection` or refuses it.

    Args:
        listeners: the listening sockets; `close` closes them.
        admission: decides about each new connection, and counts those it admits.
        on_connection: called with the socket and the address of each admitted connection; when
            that connection ends, the callee must call `admission.release`.
        message: the sentence that refused clients are shown.
        loop: the running event loop.
    """

    def __init__(
        self,
        listeners: list[socket.socket],
        admission: AdmissionControl,
        on_connection: Callable[[socket.socket, str], None],
        message: str,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._listeners = listeners
        self._admission = admission
        self._on_connection = on_connection
        self._refusal = VERSION + disconnect(TOO_MANY_CONNECTIONS, message)
        self._loop = loop
        self._lingering: dict[socket.socket, asyncio.TimerHandle] = {}
        self._is_closed = False
        for listener in listeners:
            listener.setblocking(False)
            loop.add_reader(listener, self._accept, listener)

    def close(self) -> None:
        """Close the listening sockets, and the refused clients' connections; admitted connections
        stay open. May be called again.
        """
        if self._is_closed:
            return
        self._is_closed = True
        for listener in self._listeners:
            self._loop.remove_reader(listener)
            listener.close()
        for connection in list(self._lingering):
            self._release(connection)

    def _accept(self, listener: socket.socket) -> None:
        for _ in range(MAX_ACCEPTS):
            try:
                connection, peer = listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError:
                # No file descriptor is left: the rest wait in the kernel until one is closed.
                self._loop.remove_reader(listener)
                self._loop.call_later(RETRY_DELAY, self._resume_accepting, listener)
                return
            connection.setblocking(False)
            address = str(peer[0]) if isinstance(peer, tuple) and peer else ""
            decision = self._admission.try_admit(address)
            if decision is Decision.ADMIT:
                self._on_connection(connection, address)
            else:
                self._refuse(connection, has_message=decision is Decision.BUSY)

    def _resume_accepting(self, listener: socket.socket) -> None:
        if not self._is_closed:
            self._loop.add_reader(listener, self._accept, listener)

    def _refuse(self, connection: socket.socket, *, has_message: bool) -> None:
        if not has_message or len(self._lingering) >= MAX_LINGERING:
            connection.close()
            return
        try:
            connection.send(self._refusal)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            connection.close()
            return
        # Closed with input unread, it would be reset, and the client might not read why.
        timer = self._loop.call_later(LINGER_TIME, self._release, connection)
        self._lingering[connection] = timer
        self._loop.add_reader(connection, self._discard, connection)

    def _discard(self, connection: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            try:
                if connection.recv(4096):
                    return
            except ConnectionError:
                pass
            self._release(connection)

    def _release(self, connection: socket.socket) -> None:
        self._lingering.pop(connection).cancel()
        self._loop.remove_reader(connection)
        connection.close()


def disconnect(code: int, message: str) -> bytes:
    """Return the bytes of one whole, unencrypted SSH packet that ends a connection:
    SSH_MSG_DISCONNECT with this reason code and message (RFC 4253, sections 6 and 11.1).
    """
    text = message.encode()
    payload = struct.pack(">BII", DISCONNECT, code, len(text)) + text + struct.pack(">I", 0)
    padding = 8 - (5 + len(payload)) % 8
    padding += 8 if padding < 4 else 0
    return struct.pack(">IB", 1 + len(payload) + padding, padding) + payload + bytes(padding)
