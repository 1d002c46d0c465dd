"""A visit whose visitor is at the far end of a line: terminal, house, flow and clocks in one place.

Knows no protocol: an SSH session hands it what the client said, and a channel to answer on.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk import fallback_messages
from kiosk.escape_sequences import GIVE_BACK, NO_CURSOR
from kiosk.serve.console.tty import PALETTE
from kiosk.serve.pool.session import CLOSED, OVER, TOO_LONG, SessionRequest
from kiosk.serve.ssh import pty
from kiosk.serve.ssh.pty import TerminalFds, open_pipes, open_terminal
from kiosk.serve.ssh.relay import ByteRelay

UNREAD = "unread"
"""Why one ends whose client took nothing for too long."""
A_RESIZE = 0.03
"""Seconds within which sizes are taken for one: a window that is dragged has a hundred."""
RESIZES_EVERY = 0.25
"""Seconds between two at least: for each the visit draws everything anew."""


class ClientChannel(Protocol):
    """What goes to the client."""

    def write(self, data: bytes) -> None:
        """Send this."""
        ...

    def may_send(self, may: bool) -> None:
        """Have the client send more, or wait."""
        ...

    def exit(self, status: int) -> None:
        """Nothing more comes; `status` is what a program would have ended with."""
        ...

    def abort(self) -> None:
        """Close at once: the client takes nothing."""
        ...


class SessionLike(Protocol):
    """A stay in the house, as a door knows it."""

    def resized(self) -> None:
        """The terminal has another size, and knows it."""
        ...

    def end(self) -> None:
        """End it; the house says when it has."""
        ...


class SessionOpener(Protocol):
    """The house, as a door knows it."""

    @property
    def why_not(self) -> str:
        """Why the last guest was not received."""
        ...

    def open_session(
        self, guest: SessionRequest, ended: Callable[[str], None]
    ) -> SessionLike | None:
        """Give a guest a visit; None where nobody can be received."""
        ...


@dataclass(frozen=True)
class ChannelRequest:
    """What a client asked for."""

    size: tuple[int, int] | None
    """Columns and rows; None where it asked for no terminal."""
    term: str
    wants: Mapping[str, str]


class RemoteSession:
    """One visitor, from the request to the end.

    Args:
        house: receives guests.
        channel: to the client.
        unread: seconds for which a client may take nothing of what is sent.
        longest: seconds that all may last; 0 for ever.
    """

    def __init__(
        self, house: SessionOpener, channel: ClientChannel, *, unread: float, longest: float
    ) -> None:
        self._house = house
        self._channel = channel
        self._unread = unread
        self._longest = longest
        self._loop = asyncio.get_running_loop()
        self._ends: TerminalFds | None = None
        self._is_terminal = False
        self._pump: ByteRelay | None = None
        self._stay: SessionLike | None = None
        self._size: tuple[int, int] | None = None
        """The size that the terminal is about to have."""
        self._resized_at = float("-inf")
        self._why = ""
        self._goodbye = b""
        self._is_over = False
        self._clocks: dict[str, asyncio.TimerHandle] = {}

    def begin(self, asked: ChannelRequest) -> bool:
        """Open what the visit needs, and have the house receive it; whether both could be."""
        term = pty.known_term(asked.term)
        wants = dict(asked.wants)
        self._is_terminal = asked.size is not None
        if not self._is_terminal or term in NO_CURSOR:
            wants["manner"] = "lines"
        is_drawn = wants.get("manner") != "lines"
        size = pty.clamp_size(*(asked.size or (0, 0)))
        try:
            ends = open_terminal(size, is_raw=is_drawn) if self._is_terminal else open_pipes()
        except OSError:  # there are no descriptors, or no terminals, any more
            return False
        guest = SessionRequest(ends.source, ends.sink, size, term, wants)
        with contextlib.suppress(OSError):  # there are none to copy these to
            self._stay = self._house.open_session(guest, self._ended)
        ends.close_worker_side()
        if self._stay is None:
            ends.close_our_side()
            return False
        if is_drawn:
            self._goodbye = (GIVE_BACK + PALETTE[term == "linux"]).encode()
        self._ends = ends
        self._pump = ByteRelay(ends, self._channel.write, self._channel.may_send, self._loop)
        if self._longest:
            self._after(self._longest, "longest", self.close, TOO_LONG)
        return True

    # -- what the client does

    def data_received(self, data: bytes) -> None:
        """It sent this."""
        if self._pump is not None:
            self._pump.data_received(data)

    def eof_received(self) -> None:
        """It sends nothing more."""
        if self._pump is not None:
            self._pump.eof_received()

    def resized(self, columns: int, rows: int) -> None:
        """Its terminal has another size."""
        before, self._size = self._size, pty.clamp_size(columns, rows)
        if before is None and self._is_terminal and not self._is_over:
            rest = self._resized_at + RESIZES_EVERY - self._loop.time()
            self._after(max(A_RESIZE, rest), "resize", self._resize)

    def pause_writing(self) -> None:
        """It does not take what is sent: the visit waits, and after a while ends."""
        if self._pump is not None:
            self._pump.pause_reading()
            self._after(self._unread, "unread", self.close, UNREAD)

    def resume_writing(self) -> None:
        """It takes what is sent again."""
        self._not_after("unread")
        if self._pump is not None:
            self._pump.resume_reading()

    def connection_lost(self) -> None:
        """It is not there any more."""
        self.close(CLOSED)
        self._close()

    # -- how it ends

    def close(self, why: str) -> None:
        """End it; the house kills the visit, and then it is over."""
        self._why = self._why or why
        if self._stay is not None:
            self._stay.end()

    def _ended(self, why: str) -> None:
        """The house has no visit for it any more."""
        self._why = self._why or why
        if self._is_over:
            return
        if self._pump is not None:
            self._pump.drain()
        self._close()
        if self._why == UNREAD:
            self._channel.abort()
            return
        told = "" if self._why == OVER else fallback_messages.ENDED.get(self._why, "")
        end = "\r\n" if self._is_terminal else "\n"
        self._channel.write(self._goodbye + (told + end if told else "").encode())
        self._channel.exit(0 if self._why == OVER else 1)

    def _resize(self) -> None:
        size, self._size = self._size, None
        self._resized_at = self._loop.time()
        if size is not None and self._ends is not None and self._stay is not None:
            pty.resize(self._ends.read, size)
            self._stay.resized()

    def _close(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        for name in list(self._clocks):
            self._not_after(name)
        if self._pump is not None:
            self._pump.close()
        self._pump = self._ends = self._stay = None

    def _after(self, seconds: float, name: str, then: Callable[..., None], *what: str) -> None:
        """Have something happen then, unless it is told otherwise before."""
        self._not_after(name)
        self._clocks[name] = self._loop.call_later(seconds, then, *what)

    def _not_after(self, name: str) -> None:
        if clock := self._clocks.pop(name, None):
            clock.cancel()
