"""A log that cannot be written ends nothing."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from kiosk import error_log


class Broken(io.StringIO):
    """A stream on a full disk, or a pipe that nobody reads."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


@pytest.fixture(autouse=True)
def no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.Logger, "hasHandlers", lambda _: False)


def test_a_line_goes_to_standard_error_where_there_is_no_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "__stderr__", stream)
    error_log.log_line("a pack\x1b[2J cannot be read")
    assert stream.getvalue() == "kiosk: a pack?[2J cannot be read\n"


def test_a_log_that_cannot_be_written_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    for stream in (Broken(), closed, None):
        monkeypatch.setattr(sys, "__stderr__", stream)
        error_log.log_line("a pack cannot be read")
