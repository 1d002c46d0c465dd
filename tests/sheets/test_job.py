"""A sheet that fails is told with the error's type and line of code, and never with its words."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from types import SimpleNamespace

import pytest

from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine
from kiosk.core.take_home.state import HandOver, Outlet, SheetKind, SheetResult
from kiosk.sheets import job
from kiosk.sheets.outlets import ProcessOutlets
from kiosk.sheets.wire import to_bytes

WORDS = "my own question"
SHEET = Sheet(SheetKind.HANDOUT, "en", "A title", (SheetLine(LineRole.TEXT, WORDS),))
SITE = {"printer": "desk", "server": "", "paper": "a4", "folder": ""}
needs_spawn = pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="needs posix_spawn")


def answer_to(data: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", said)
    monkeypatch.setattr(signal, "alarm", lambda _: None, raising=False)
    job.main(json.dumps(SITE))
    return said.getvalue()


def test_an_error_is_told_by_its_type_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError(WORDS)

    monkeypatch.setattr(job, "_file_of", fails)
    said = answer_to(to_bytes(SHEET, {"outlet": "print"}), monkeypatch)
    assert said.startswith("failed\tKeyError test_job.py:")
    assert WORDS not in said


def test_what_is_no_sheet_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = answer_to(WORDS.encode(), monkeypatch)
    assert said.startswith("failed\tInvalidSheet wire.py:")


@needs_spawn
@pytest.mark.parametrize(
    ("answered", "line"),
    [("failed\tKeyError pdf.py:34", "KeyError pdf.py:34"), ("", "no error was reported")],
)
def test_a_sheet_that_failed_is_logged_and_the_visit_is_told_no_more(
    answered: str, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[SheetResult, str]] = []
    outlets = ProcessOutlets([sys.executable, "-c", f"print({answered!r})"])
    outlets.hand_over(
        SHEET, HandOver(1, SheetKind.HANDOUT, Outlet.PRINT), lambda *answer: told.append(answer)
    )
    assert told == [(SheetResult.FAILED, "")]
    assert caplog.messages == [f"a sheet was not made: {line}"]


@needs_spawn
def test_a_process_that_cannot_be_started_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    told: list[tuple[SheetResult, str]] = []
    outlets = ProcessOutlets(["/no/such/program"])
    outlets.hand_over(
        SHEET, HandOver(1, SheetKind.HANDOUT, Outlet.PRINT), lambda *answer: told.append(answer)
    )
    assert told == [(SheetResult.FAILED, "")]
    (logged,) = caplog.messages
    assert logged.startswith("a sheet was not made: FileNotFoundError sheet_process.py:")
