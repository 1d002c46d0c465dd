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


@pytest.mark.parametrize(("is_owner", "status"), [(True, 1), (False, 0)])
def test_an_output_that_nobody_reads_to_the_end_is_an_error_of_the_command(
    is_owner: bool, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any, **__: Any) -> None:
        raise BrokenPipeError

    clock = Clock()
    monkeypatch.setattr(main, "ConversationLoop", closed)
    monkeypatch.setattr(main, "standard_input", lambda **_: nullcontext())
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO()))  # of no descriptor
    lines = main.run_lines(
        lines_port(clock), clock, width=76, pause=0, ascii_only=False, is_owner=is_owner
    )
    assert lines == status
