"""Printing through a real CUPS: what is told, and that nothing of a page stays in its spool."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.take_home.state import SheetResult
from kiosk.sheets.printer import Printer
from tests.support.sheets.cups import QUEUE, Cups

DATA = b"%PDF-1.4 somebody's questions"

needs_cups = pytest.mark.skipif(
    not Path("/usr/sbin/cupsd").exists() or os.geteuid() != 0,
    reason="needs cupsd, and root to start it",
)


@pytest.fixture(scope="module")
def cups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cups]:
    with Cups(tmp_path_factory.mktemp("cups")) as service:
        yield service


@pytest.fixture
def ready(cups: Cups) -> Iterator[Cups]:
    yield cups
    for name in ("hold", "empty"):
        (cups.printer / name).unlink(missing_ok=True)
    cups.run("cupsenable", QUEUE)
    cups.run("cupsaccept", QUEUE)
    for paper in cups.papers():
        paper.unlink()


def is_clean(cups: Cups) -> bool:
    return not cups.jobs() and not cups.spooled()


@needs_cups
@pytest.mark.slow
def test_a_page_comes_out_as_it_was_sent_and_leaves_no_trace(ready: Cups) -> None:
    assert Printer(QUEUE, ready.server).print(DATA, "letter") is SheetResult.PRINTED
    assert [paper.read_bytes() for paper in ready.papers()] == [DATA]
    assert is_clean(ready)


@needs_cups
@pytest.mark.slow
def test_a_stopped_printer_gives_the_page_back_and_never_prints_it_later(ready: Cups) -> None:
    ready.run("cupsdisable", QUEUE)
    assert Printer(QUEUE, ready.server).print(DATA, "letter") is SheetResult.PRINTER_STOPPED
    assert is_clean(ready)
    ready.run("cupsenable", QUEUE)
    time.sleep(0.5)
    assert not ready.papers()


@needs_cups
@pytest.mark.slow
def test_a_printer_without_paper_gives_the_page_back(ready: Cups) -> None:
    (ready.printer / "empty").touch()
    assert Printer(QUEUE, ready.server).print(DATA, "letter") is SheetResult.PRINTER_STOPPED
    assert is_clean(ready)


@needs_cups
@pytest.mark.slow
def test_a_printer_that_refuses_jobs_is_a_stopped_one(ready: Cups) -> None:
    ready.run("cupsreject", QUEUE)
    assert Printer(QUEUE, ready.server).print(DATA, "letter") is SheetResult.PRINTER_STOPPED
    assert is_clean(ready)


@needs_cups
@pytest.mark.slow
def test_a_job_that_somebody_removes_is_told_as_that(ready: Cups) -> None:
    (ready.printer / "hold").touch()
    results: list[SheetResult] = []
    printer = Printer(QUEUE, ready.server)
    thread = threading.Thread(target=lambda: results.append(printer.print(DATA, "letter")))
    thread.start()
    while not ready.jobs():
        time.sleep(0.1)
    ready.run("cancel", ready.jobs()[-1])
    (ready.printer / "hold").unlink()
    thread.join(30)
    assert results == [SheetResult.TAKEN_BACK]
    assert is_clean(ready)


@needs_cups
@pytest.mark.slow
def test_a_page_that_takes_too_long_is_taken_back(
    ready: Cups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.sheets.printer.PRINT_TIMEOUT", 1.5)
    (ready.printer / "hold").touch()
    assert Printer(QUEUE, ready.server).print(DATA, "letter") is SheetResult.TOO_SLOW
    assert is_clean(ready)


@needs_cups
@pytest.mark.slow
def test_a_queue_that_is_not_there_is_no_printer(ready: Cups) -> None:
    assert Printer("nobody", ready.server).print(DATA, "letter") is SheetResult.NO_PRINTER


@pytest.mark.skipif(shutil.which("lp") is None, reason="needs lp")
def test_a_service_that_does_not_run_is_no_printer(tmp_path: Path) -> None:
    printer = Printer(QUEUE, str(tmp_path / "no.sock"))
    assert printer.print(DATA, "letter") is SheetResult.NO_PRINTER


def test_a_machine_without_cups_has_no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.defpath", "/nowhere")
    assert Printer(QUEUE).print(DATA, "letter") is SheetResult.NO_PRINTER
