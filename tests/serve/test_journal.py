"""What comes into the journal: one line a message, and nothing that a worker makes up."""

from __future__ import annotations

import logging

import pytest

from kiosk.serve.forkserver.worker_handle import crash_report
from kiosk.serve.journal import FORMAT, LineFormatter, open_journal


@pytest.mark.parametrize(
    "forged",
    [
        b"KeyError body.py:34\nsshd[1]: Accepted password for root",
        b"\x1b[2J",
        b"my own question",
        b"KeyError body.py:34 and more words",
        b"\xff\xfe",
        b"",
    ],
)
def test_a_report_that_no_error_makes_is_left_out(forged: bytes) -> None:
    assert crash_report(forged) == "an error without a name"


@pytest.mark.parametrize("report", ["KeyError body.py:34", "OSError", "Fault text-entry.py:1"])
def test_a_report_of_an_error_is_told(report: str) -> None:
    assert crash_report(report.encode()) == report


def test_what_any_client_can_have_asyncio_warn_of_comes_into_no_journal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("", "asyncio", "asyncssh"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.WARNING)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    open_journal()
    logging.getLogger("asyncio").warning("socket.send() raised exception.")
    logging.getLogger("asyncssh").error("somebody's words")
    logging.getLogger("kiosk.serve").warning("a line")
    assert capsys.readouterr().err == "kiosk: a line\n"


def test_a_message_is_one_line_and_commands_no_terminal() -> None:
    record = logging.LogRecord(
        "x", logging.ERROR, "x", 1, "a\nkiosk: open\x1b[2J%s", ("b\r",), None
    )
    assert LineFormatter(FORMAT).format(record) == "kiosk: a?kiosk: open?[2Jb?"
