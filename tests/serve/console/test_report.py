"""What the console answers to `kiosk status`."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli.site.status import ask
from kiosk.serve.console.report import OPENED, SOCKET, ConsoleReport
from kiosk.serve.status import prometheus_text, status_lines
from kiosk.serve.usage_recorder import UsageRecorder
from kiosk.usage.tally import VisitTally


@pytest.fixture
def report(tmp_path: Path) -> Iterator[ConsoleReport]:
    report = ConsoleReport(str(tmp_path), UsageRecorder(""), 100.0)
    yield report
    report.close()


def answered(report: ConsoleReport, folder: Path, now: float) -> dict[str, object]:
    """Connect, let it answer, and return the numbers."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
        asking.connect(str(folder / SOCKET))
        report.answer(None, 0, now)

        numbers: dict[str, object] = json.loads(asking.recv(65536))
    return numbers


def test_it_counts_visits_and_errors(report: ConsoleReport, tmp_path: Path) -> None:
    report.content_read({"content": {"pack": "/a.pack", "topics": 1}}, 100.0)
    report.visit_ended(VisitTally(), "", 110.0)
    report.visit_ended(VisitTally(), "a worker hung", 120.0)
    report.content_refused(130.0)
    report.content_refused(140.0)
    numbers = answered(report, tmp_path, 160.0)
    assert (numbers["ended"], numbers["crashed"], numbers["up"]) == (2, 1, 60)
    assert (numbers["last_crash"], numbers["last_crash_age"]) == ("a worker hung", 40)
    assert (numbers["settings_ok"], numbers["settings_age"]) == (False, 30)


def test_the_words_and_the_metrics_say_what_is_wrong(report: ConsoleReport, tmp_path: Path) -> None:
    report.content_refused(100.0)
    numbers = answered(report, tmp_path, 160.0)
    lines = status_lines(numbers)
    assert "NO PAGE IS SHOWN" in lines
    assert "CANNOT BE USED, for 60 seconds" in lines
    metrics = prometheus_text(numbers)
    assert "\nkiosk_console_settings_ok 0\n" in metrics
    assert "\nkiosk_console_settings_age 60\n" in metrics
    assert 'kiosk_console_info{service="console",version="' in metrics
    assert "last_crash_age" not in metrics


def test_a_caller_that_says_nothing_holds_nobody_up(report: ConsoleReport, tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(8):
            silent = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            silent.connect(str(tmp_path / SOCKET))
            report.answer(None, 0, 101.0)
        assert answered(report, tmp_path, 102.0)["up"] == 2


def test_without_a_folder_it_listens_nowhere() -> None:
    assert ConsoleReport("", UsageRecorder(""), 0.0).fileno() == -1


def test_nobody_answers_where_nothing_runs(tmp_path: Path) -> None:
    assert ask(tmp_path / "none.sock") is None


def test_a_file_says_once_that_it_has_opened(report: ConsoleReport, tmp_path: Path) -> None:
    """The unit restarts what had opened without growing waits."""
    assert not (tmp_path / OPENED).exists()
    report.opened()
    report.opened()
    assert (tmp_path / OPENED).exists()
