"""Sessions in this process, for the SSH server: each writes a page and echoes what it receives."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from kiosk.serve.pool.session import EndReason, Refusal, Refused, SessionRequest

PAGE = b"\x1b[?1049hWelcome"


class FakeSession:
    def __init__(
        self, sessions: FakeSessions, request: SessionRequest, on_end: Callable[[EndReason], None]
    ) -> None:
        self.sessions = sessions
        self.request = request
        self.on_end = on_end
        self.source, self.sink = os.dup(request.source), os.dup(request.sink)
        self.sizes: list[tuple[int, int]] = []
        self.received = b""
        self.is_open = True
        self.input_ended = False
        os.write(self.sink, PAGE)
        asyncio.get_running_loop().add_reader(self.source, self._receive)

    def _receive(self) -> None:
        data = os.read(self.source, 65536)
        self.received += data
        if not data:
            self.input_ended = True
            asyncio.get_running_loop().remove_reader(self.source)
        elif b"q" in data:
            os.write(self.sink, b"bye")
            self.end(EndReason.LEFT)
        elif self.sessions.echoes:
            os.write(self.sink, data)

    def resized(self) -> None:
        columns, rows = os.get_terminal_size(self.sink)
        self.sizes.append((columns, rows))

    def close(self) -> None:
        self.end(EndReason.CLOSED)

    def end(self, reason: EndReason) -> None:
        if self.is_open:
            self.is_open = False
            asyncio.get_running_loop().remove_reader(self.source)
            os.close(self.source)
            os.close(self.sink)
            asyncio.get_running_loop().call_soon(self.on_end, reason)


class FakeSessions:
    """Opens fake sessions, as a session manager would; `refusal` makes it refuse."""

    def __init__(self) -> None:
        self.refusal: Refusal | None = None
        self.echoes = True
        self.opened: list[FakeSession] = []

    def open_session(
        self, request: SessionRequest, on_end: Callable[[EndReason], None]
    ) -> FakeSession:
        if self.refusal is not None:
            raise Refused(self.refusal)
        session = FakeSession(self, request, on_end)
        self.opened.append(session)
        return session
