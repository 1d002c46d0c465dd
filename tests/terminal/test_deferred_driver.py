"""A first page that was painted before there was a terminal is written to it, not painted again."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import signal
import struct
import termios
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.terminal.deferred_driver import DeferredDriver

PAGE = "".join(f"\x1b[{row};1Hrow {row}" for row in range(1, 25))


class App:
    """An app that is laid out for 80x24 and counts what it is asked to paint."""

    def __init__(self) -> None:
        self.screen = SimpleNamespace(outer_size=(80, 24))
        self.refreshes = 0

    async def _post_message(self, _: Any) -> None:
        """Take no message."""

    def refresh(self, *, layout: bool) -> None:
        self.refreshes += layout

    def call_after_refresh(self, callback: Any) -> None:
        callback()


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    numbers = (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def taken(*, as_kept: bool) -> tuple[int, bytes]:
    """How often the app was asked to paint, and what was written."""

    async def take() -> int:
        app = App()
        driver = DeferredDriver(app)  # type: ignore[arg-type]
        driver.write(PAGE)
        ready = asyncio.Event()
        driver.take(theirs, theirs, ready.set, as_kept=as_kept)
        await ready.wait()
        driver.stop_application_mode()
        return app.refreshes

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    refreshes = asyncio.run(take())
    written = os.read(ours, 65536)
    os.close(ours)
    os.close(theirs)
    return refreshes, written


def test_a_kept_page_is_written_and_not_painted() -> None:
    refreshes, written = taken(as_kept=True)
    assert refreshes == 0
    assert PAGE.encode() in written


def test_a_page_that_does_not_fit_the_visit_is_painted_and_not_written() -> None:
    refreshes, written = taken(as_kept=False)
    assert refreshes == 1
    assert b"row 1" not in written
