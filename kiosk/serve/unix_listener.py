"""The door for `kiosk attach`: a Unix socket where terminals are handed over.

A connection brings one terminal, or asks how things are, and says nothing else than that its
terminal has another size. When it ends, its visit ends.
"""

from __future__ import annotations

import array
import asyncio
import contextlib
import json
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

from kiosk import fallback_messages
from kiosk.escape_sequences import MAX_SIZE
from kiosk.serve import attach, protocol
from kiosk.serve.pool.login_name import parse_login_name
from kiosk.serve.pool.session import NONE, OVER, Session, SessionRequest
from kiosk.serve.pool.session_manager import CLOSING, SessionManager
from kiosk.serve.sockets import identity, listen
from kiosk.serve.ssh.pty import known_term

AT_ONCE = 64
"""Connections beyond the limit of visits that may wait for an answer."""
WAITS_FOR_WORDS = 5.0
"""Seconds within which a connection says what it wants."""
STATUS = b"status"
MOST = 1024


class UnixListener:
    """Receives for `house` whoever connects to `listener`.

    Args:
        house: where guests stay.
        listener: a listening `SOCK_SEQPACKET` socket; the door's own from now on.
        place: the path where it listens, and its mode; None where somebody else keeps the path
            (systemd).
        status: tells how things are.
    """

    def __init__(
        self,
        house: SessionManager,
        listener: socket.socket,
        place: tuple[Path, int] | None,
        status: Callable[[], Awaitable[dict[str, object]]],
    ) -> None:
        self._house = house
        self._listener = listener
        self._path = place[0] if place else None
        self._mode = place[1] if place else 0
        self._identity = identity(self._path) if self._path else (0, 0)
        self._status = status
        self._callers: set[UnixConnection] = set()
        self._hear_those_who_come()

    @property
    def is_replaced(self) -> bool:
        """Whether another house listens there now."""
        return self._path is not None and identity(self._path) not in ((0, 0), self._identity)

    def check_path(self) -> bool:
        """Listen again where the path has gone: who took it has left. Whether that was needed."""
        if self._path is None or identity(self._path) != (0, 0):
            return False
        try:
            listener = listen(self._path, self._mode)
        except OSError:  # the folder cannot be written now; the next look tries again
            return False
        asyncio.get_running_loop().remove_reader(self._listener)
        self._listener.close()
        self._listener, self._identity = listener, identity(self._path)
        self._hear_those_who_come()
        return True

    def _hear_those_who_come(self) -> None:
        self._listener.setblocking(False)
        asyncio.get_running_loop().add_reader(self._listener, self._somebody)

    def close(self) -> None:
        """Receive nobody more; those who are here stay."""
        asyncio.get_running_loop().remove_reader(self._listener)
        if self._path is not None and identity(self._path) == self._identity:
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._listener.close()

    def _somebody(self) -> None:
        try:
            one, _ = self._listener.accept()
        except OSError:
            return
        if len(self._callers) >= self._house.limits.max_sessions + AT_ONCE:
            one.close()
            return
        self._callers.add(UnixConnection(one, self._house, self._status, self._callers.discard))


class UnixConnection:
    """Somebody at the door. `left` is called when they are gone."""

    def __init__(
        self,
        line: socket.socket,
        house: SessionManager,
        status: Callable[[], Awaitable[dict[str, object]]],
        left: Callable[[UnixConnection], None],
    ) -> None:
        self._line = line
        self._house = house
        self._status = status
        self._left = left
        self._stay: Session | None = None
        self._telling: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        line.setblocking(False)
        self._loop.add_reader(line, self._receive)
        self._late = self._loop.call_later(WAITS_FOR_WORDS, self._close)

    def _receive(self) -> None:
        room = socket.CMSG_SPACE(2 * array.array("i").itemsize)
        try:
            said, ancillary, _, _ = self._line.recvmsg(MOST, room, socket.MSG_CMSG_CLOEXEC)
        except BlockingIOError:
            return
        except OSError:
            said, ancillary = b"", []
        given = _descriptors(ancillary)
        try:
            self._heard(said, given)
        finally:
            protocol.close(given)

    def _heard(self, said: bytes, given: list[int]) -> None:
        if not said:
            if self._stay is not None:
                self._stay.end()
            self._close()
        elif self._stay is not None:
            if said == attach.RESIZED:
                self._stay.resized()
        elif self._telling is not None:  # it came to ask: who is told goes, and a stay would not
            self._close()
        elif said == STATUS:
            self._telling = self._loop.create_task(self._tell_status())
        elif len(given) == 2 and (guest := self._session_request(said, given)) is not None:
            if self._has_gone():  # while the house was held: the terminal is somebody's again
                self._close()
                return
            self._late.cancel()
            self._stay = self._house.open_session(guest, self._ended)
            if self._stay is None:
                closing = self._house.why_not == CLOSING
                self._say(fallback_messages.CLOSING if closing else fallback_messages.FULL)
        else:
            self._close()

    def _has_gone(self) -> bool:
        try:
            return not self._line.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _session_request(self, said: bytes, given: list[int]) -> SessionRequest | None:
        """Who it is; None where that is not what `kiosk attach` says."""
        told = said.decode("utf-8", "replace").split("\n")
        if len(told) != 6 or told[0] != "attach":
            return None
        _, columns, rows, term, manner, name = told
        size = (_at_most(columns, 80, MAX_SIZE[0]), _at_most(rows, 24, MAX_SIZE[1]))
        wants = parse_login_name(name, self._house.workshops.known)
        if manner == "lines":
            wants["manner"] = manner
        return SessionRequest(given[0], given[1], size, known_term(term), wants)

    async def _tell_status(self) -> None:
        told = await self._status()
        with contextlib.suppress(OSError):
            self._line.send(json.dumps(told).encode())
        self._close()

    def _ended(self, why: str) -> None:
        if why == OVER:
            self._send(attach.ENDED)
        else:
            self._say(fallback_messages.ENDED.get(why, fallback_messages.ENDED[NONE]))

    def _say(self, sentence: str) -> None:
        self._send(attach.SAID + sentence.encode())

    def _send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):
            self._line.send(message)
        self._close()

    def _close(self) -> None:
        self._late.cancel()
        if self._line.fileno() >= 0:
            self._loop.remove_reader(self._line)
            self._line.close()
        self._left(self)


def _descriptors(ancillary: list[tuple[int, int, bytes]]) -> list[int]:
    found = array.array("i")
    for level, kind, held in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            found.frombytes(held[: len(held) - len(held) % found.itemsize])
    return list(found)


def _at_most(text: str, usual: int, most: int) -> int:
    number = int(text) if text.isdecimal() and len(text) < 6 else 0
    return min(number or usual, most)
