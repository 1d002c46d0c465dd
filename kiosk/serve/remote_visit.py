"""A visit whose visitor is at the far end of a line: terminal, house, flow and clocks in one place.

Knows no protocol: an SSH session hands it what the client said, and a channel to answer on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.serve import far_terminal
from kiosk.serve.console import PALETTE
from kiosk.serve.far_terminal import Ends
from kiosk.serve.guest import Guest, Stay
from kiosk.serve.pump import Pump

GIVE_BACK = (
    "\x18"  # ends a sequence that was never finished
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2026l"
    "\x1b[2J\x1b[H\x1b[?1049l\x1b[0m\x1b(B\x1b[?7h\x1b[?25h"
)
"""The terminal as its owner had it: of the visit nothing is left on either of its screens. Its
scrollback is its owner's: the visit, drawn on the other screen, is not in it."""
LEFT = "left"
"""Why a visit ends whose visitor has gone."""
UNREAD = "unread"
"""Why one ends whose client took nothing for too long."""
TOO_LONG = "too long"


class Channel(Protocol):
    """What goes to the client."""

    def write(self, data: bytes) -> None:
        """Send this."""
        ...

    def may_send(self, may: bool) -> None:
        """Have the client send more, or wait."""
        ...

    def finish(self, status: int) -> None:
        """Nothing more comes; `status` is what a program would have ended with."""
        ...


class Receiver(Protocol):
    """The house, as a door knows it."""

    why_not: str

    def receive(self, guest: Guest, ended: Callable[[str], None]) -> Stay | None:
        """Give a guest a visit; None where nobody can be received."""
        ...


@dataclass(frozen=True)
class Asked:
    """What a client asked for."""

    size: tuple[int, int] | None
    """Columns and rows; None where it asked for no terminal."""
    term: str
    wants: Mapping[str, str]


class RemoteVisit:
    """One visitor, from the request to the end.

    Args:
        house: receives guests.
        channel: to the client.
        unread: seconds for which a client may take nothing of what is sent.
        longest: seconds that all may last; 0 for ever.
        over: called once, with why, when it has ended.
    """

    def __init__(
        self,
        house: Receiver,
        channel: Channel,
        *,
        unread: float,
        longest: float,
        over: Callable[[str], None],
    ) -> None:
        self._house = house
        self._channel = channel
        self._unread = unread
        self._longest = longest
        self._over = over
        self._loop = asyncio.get_running_loop()
        self._ends: Ends | None = None
        self._pump: Pump | None = None
        self._stay: Stay | None = None
        self._why = ""
        self._goodbye = b""
        self._is_over = False
        self._reads_nothing: asyncio.TimerHandle | None = None
        self._clocks: list[asyncio.TimerHandle] = []

    def begin(self, asked: Asked) -> str:
        """Open what the visit needs, and have the house receive it; why not, where it does not."""
        term = far_terminal.known_term(asked.term)
        wants = dict(asked.wants)
        if asked.size is None or term in far_terminal.NO_CURSOR:
            wants["manner"] = "lines"
        is_drawn = wants.get("manner") != "lines"
        size = far_terminal.fitting(*(asked.size or (0, 0)))
        if asked.size is None:
            ends = far_terminal.open_pipes()
        else:
            ends = far_terminal.open_terminal(size, is_raw=is_drawn)
        guest = Guest(ends.source, ends.sink, size, term, wants)
        self._stay = self._house.receive(guest, self._ended)
        ends.close_theirs()
        if self._stay is None:
            ends.close_ours()
            return self._house.why_not or "closing"
        if is_drawn:
            self._goodbye = (GIVE_BACK + PALETTE[term == "linux"]).encode()
        self._ends = ends if asked.size is not None else None
        self._pump = Pump(
            ends, self._channel.write, self._channel.may_send, self._dry, self._loop
        )
        if self._longest:
            self._clocks.append(self._loop.call_later(self._longest, self.end, TOO_LONG))
        return ""

    # -- what the client does

    def take(self, data: bytes) -> None:
        """It sent this."""
        if self._pump is not None:
            self._pump.take(data)

    def no_more(self) -> None:
        """It sends nothing more."""
        if self._pump is not None:
            self._pump.no_more()

    def resized(self, columns: int, rows: int) -> None:
        """Its terminal has another size."""
        if self._ends is not None and self._stay is not None and not self._is_over:
            far_terminal.resize(self._ends.read, far_terminal.fitting(columns, rows))
            self._stay.resized()

    def slow(self) -> None:
        """It does not take what is sent: the visit waits, and after a while ends."""
        if self._pump is not None:
            self._pump.hold()
            if self._reads_nothing is None:
                self._reads_nothing = self._loop.call_later(self._unread, self.end, UNREAD)

    def quick(self) -> None:
        """It takes what is sent again."""
        self._stop_waiting()
        if self._pump is not None:
            self._pump.go_on()

    def gone(self) -> None:
        """It is not there any more."""
        self.end(LEFT)
        self._close()

    # -- how it ends

    def end(self, why: str) -> None:
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
        if self._goodbye:
            self._channel.write(self._goodbye)
        self._close()
        self._channel.finish(0 if self._why == "over" else 1)

    def _dry(self) -> None:
        """A visit at a pipe has closed its end; the house says the rest."""

    def _close(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._stop_waiting()
        for one in self._clocks:
            one.cancel()
        if self._pump is not None:
            self._pump.close()
        self._over(self._why)

    def _stop_waiting(self) -> None:
        if self._reads_nothing is not None:
            self._reads_nothing.cancel()
            self._reads_nothing = None
