"""A visit by lines is wired to the encoding of the output that it is read on."""

from __future__ import annotations

import io
from contextlib import nullcontext
from typing import Any

import pytest

from kiosk.lines import main
from kiosk.lines.line_source import LineBuffer
from tests.support.shipped import Clock, lines_port


@pytest.mark.parametrize("encoding", ["utf-8", "iso8859-1", "cp1252"])
def test_lines_are_decoded_as_the_output_is_encoded(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffers: list[LineBuffer] = []

    class Loop:
        def __init__(self, *_: Any, lines: LineBuffer, **__: Any) -> None:
            buffers.append(lines)

        def run(self) -> None:
            buffers[0].feed("tragué lejía\n".encode(encoding))

    clock = Clock()
    monkeypatch.setattr(main, "ConversationLoop", Loop)
    monkeypatch.setattr(main, "standard_input", lambda **_: nullcontext())
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    main.run_lines(lines_port(clock), clock, width=76, pause=0, ascii_only=False)
    assert buffers[0].take() == "tragué lejía"
