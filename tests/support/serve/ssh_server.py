"""A house that receives guests in this process: it writes, echoes what it hears, and remembers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from kiosk.serve.pool.session import CLOSED, SessionRequest

PAGE = b"\x1b[?1049hWelcome"


class FakeStay:
    def __init__(
        self, house: FakeHouse, guest: SessionRequest, ended: Callable[[str], None]
    ) -> None:
        self.house = house
        self.guest = guest
        self.ended = ended
        self.source, self.sink = os.dup(guest.source), os.dup(guest.sink)
        self.sizes: list[tuple[int, int]] = []
        self.heard = b""
        self.is_open = True
        self.input_ended = False
        os.write(self.sink, PAGE)
        asyncio.get_running_loop().add_reader(self.source, self._hear)

    def _hear(self) -> None:
        got = os.read(self.source, 65536)
        self.heard += got
        if not got:
            self.input_ended = True
            asyncio.get_running_loop().remove_reader(self.source)
        elif b"q" in got:
            os.write(self.sink, b"bye")
            self.over("over")
        elif self.house.echoes:
            os.write(self.sink, got)

    def resized(self) -> None:
        columns, rows = os.get_terminal_size(self.sink)
        self.sizes.append((columns, rows))

    def end(self) -> None:
        self.over(CLOSED)

    def over(self, why: str) -> None:
        if self.is_open:
            self.is_open = False
            asyncio.get_running_loop().remove_reader(self.source)
            os.close(self.source)
            os.close(self.sink)
            asyncio.get_running_loop().call_soon(self.ended, why)


class FakeHouse:
    def __init__(self) -> None:
        self.why_not = ""
        self.echoes = True
        self.stays: list[FakeStay] = []

    def open_session(self, guest: SessionRequest, ended: Callable[[str], None]) -> FakeStay | None:
        if self.why_not:
            return None
        stay = FakeStay(self, guest, ended)
        self.stays.append(stay)
        return stay
