"""The driver of this process's terminal hands on what it was told of that terminal."""

from __future__ import annotations

import asyncio
import os
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events

from kiosk.terminal.driver import TerminalDriver


class HeardDriver(TerminalDriver):
    def __init__(self, app: Any) -> None:
        self.received: list[Any] = []
        super().__init__(app)

    def process_message(self, message: Any) -> None:
        self.received.append(message)


@pytest.mark.parametrize("encoding", ["utf-8", "iso8859-1", "gbk"])
def test_what_is_typed_is_decoded_as_what_is_drawn_is_encoded(encoding: str) -> None:
    async def received() -> list[Any]:
        driver = HeardDriver(SimpleNamespace(encoding=encoding))
        driver.source, end = os.pipe()
        os.write(end, "tragué lejía".encode(encoding))
        driver._readable()
        driver._delivery.end_text()
        driver.received[:] = [m.text for m in driver.received if isinstance(m, events.Paste)]
        driver._delivery.stop()
        os.close(end)
        os.close(driver.source)
        return driver.received

    assert asyncio.run(received()) == ["tragué lejía"]


@pytest.mark.parametrize("seconds", [0.3, 1.01])
def test_an_enter_that_comes_long_after_a_letter_in_latin_1_is_a_key(
    seconds: float,
) -> None:
    async def received() -> list[Any]:
        driver = HeardDriver(SimpleNamespace(encoding="utf-8"))
        driver.source, end = os.pipe()
        for byte in (b"\xe9", b"\r"):
            os.write(end, byte)
            driver._readable()
            driver._read_at -= seconds
            if byte == b"\xe9" and seconds > 1:
                driver._on_silence()
        driver.disable_input()
        driver._delivery.stop()
        os.close(end)
        os.close(driver.source)
        return [message.key for message in driver.received]

    assert asyncio.run(received()) == ["é", "enter"]
