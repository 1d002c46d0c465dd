"""Stands at a TCP door: accepts, asks who may come in, and turns others away before any keys.

A refusal is one short write. It is said the way SSH says it (RFC 4253, sections 4.2 and 11.1), in
the clear and before any key is exchanged, so that a stock client shows the sentence.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

from kiosk.serve.ssh.admission import AdmissionControl, Decision

AT_ONCE = 64
"""Connections that are accepted before anything else is done."""
A_PAUSE = 0.2
"""Seconds without accepting, where this process can open no descriptor more."""
LINGERS = 2.0
"""Seconds that a refused client has for reading why, at most."""
MOST_LINGERING = 64
DISCONNECT, TOO_MANY_CONNECTIONS = 1, 12
VERSION = b"SSH-2.0-kiosk\r\n"
"""No version of anything: whoever looks for a weakness is told nothing."""


class Acceptor:
    """Accepts at `sockets`.

    Args:
        admission: says who may come in.
        let_in: is handed each one who may, and owes `AdmissionControl.left` for it.
        words: why not, for those who may not.
        loop: the running one.
    """

    def __init__(
        self,
        sockets: list[socket.socket],
        admission: AdmissionControl,
        let_in: Callable[[socket.socket, str], None],
        words: str,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._sockets = sockets
        self._admission = admission
        self._let_in = let_in
        self._refusal = VERSION + disconnect(TOO_MANY_CONNECTIONS, words)
        self._loop = loop
        self._lingering: dict[socket.socket, asyncio.TimerHandle] = {}
        self._is_closed = False
        for one in sockets:
            one.setblocking(False)
            loop.add_reader(one, self._accept, one)

    def close(self) -> None:
        """Accept nobody more."""
        if self._is_closed:
            return
        self._is_closed = True
        for one in self._sockets:
            self._loop.remove_reader(one)
            one.close()
        for one in list(self._lingering):
            self._release(one)

    def _accept(self, listener: socket.socket) -> None:
        for _ in range(AT_ONCE):
            try:
                one, place = listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError:
                # No descriptor is left: the rest wait in the kernel until somebody has gone.
                self._loop.remove_reader(listener)
                self._loop.call_later(A_PAUSE, self._resume_accepting, listener)
                return
            one.setblocking(False)
            address = str(place[0]) if isinstance(place, tuple) and place else ""
            answer = self._admission.try_admit(address)
            if answer is Decision.WELCOME:
                self._let_in(one, address)
            else:
                self._refuse(one, in_words=answer is Decision.BUSY)

    def _resume_accepting(self, listener: socket.socket) -> None:
        if not self._is_closed:
            self._loop.add_reader(listener, self._accept, listener)

    def _refuse(self, one: socket.socket, *, in_words: bool) -> None:
        if not in_words or len(self._lingering) >= MOST_LINGERING:
            one.close()
            return
        try:
            one.send(self._refusal)
            one.shutdown(socket.SHUT_WR)
        except OSError:
            one.close()
            return
        # Closed with something unread, it would be reset, and the client might not read why.
        self._lingering[one] = self._loop.call_later(LINGERS, self._release, one)
        self._loop.add_reader(one, self._drop, one)

    def _drop(self, one: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            try:
                if one.recv(4096):
                    return
            except ConnectionError:
                pass
            self._release(one)

    def _release(self, one: socket.socket) -> None:
        self._lingering.pop(one).cancel()
        self._loop.remove_reader(one)
        one.close()


def disconnect(code: int, words: str) -> bytes:
    """An SSH_MSG_DISCONNECT in the clear (RFC 4253, section 6)."""
    said = words.encode()
    payload = struct.pack(">BII", DISCONNECT, code, len(said)) + said + struct.pack(">I", 0)
    padding = 8 - (5 + len(payload)) % 8
    padding += 8 if padding < 4 else 0
    return struct.pack(">IB", 1 + len(payload) + padding, padding) + payload + bytes(padding)
