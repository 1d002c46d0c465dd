"""The supervisor's printing: a word for each sheet, never the sheet, and so many at a time."""

from __future__ import annotations

import os
import select
import socket
import sys
from pathlib import Path

import pytest

from kiosk.serve import protocol
from kiosk.serve.console.sheet_printer import AT_ONCE, MOST_PROCESSES, SheetPrinter
from kiosk.serve.forkserver.worker_handle import WorkerHandle
from kiosk.sheet_process import SheetProcess, sheet_pipe

ECHO = [sys.executable, "-c", "import sys; print(sys.stdin.read(100) + '\\t/a/path')"]
SLOW = [sys.executable, "-c", "import sys, time; sys.stdin.read(); time.sleep(60)"]


def answer(printer: SheetPrinter) -> None:
    ((descriptor, handler),) = printer.handlers().items()
    assert select.select([descriptor], [], [], 20)[0]
    handler(0)


def open_descriptors() -> set[str]:
    return set(os.listdir("/proc/self/fd"))


def test_a_visit_is_told_one_word_and_its_digit() -> None:
    told: list[bytes] = []
    before = open_descriptors()
    printer = SheetPrinter(ECHO, 0.0, print)
    printer.print(b"3", sheet_pipe(b"printed"), 0.0, told.append)
    assert not told
    answer(printer)
    assert told == [protocol.SHEET_DONE + b"3printed"]
    assert not printer.handlers()
    assert open_descriptors() == before


@pytest.mark.parametrize("command", [[], ["/no/such/program"]])
def test_what_cannot_be_printed_is_told_and_let_go_of(command: list[str]) -> None:
    told: list[bytes] = []
    before = open_descriptors()
    SheetPrinter(command, 0.0, print).print(b"1", sheet_pipe(b"x"), 0.0, told.append)
    assert told == [protocol.SHEET_DONE + b"1failed"]
    assert open_descriptors() == before


@pytest.mark.parametrize(
    ("says", "line"),
    [
        (b"failed\tKeyError pdf.py:34", "KeyError pdf.py:34"),
        (b"failed\tmy own question", "an error without a name"),
        (b"failed", "no error was reported"),
        (b"", "no error was reported"),
        (b"printed", ""),
    ],
)
def test_a_failure_is_logged_by_its_kind_and_line_and_never_by_words(
    says: bytes, line: str
) -> None:
    logged: list[str] = []
    command = [sys.executable, "-c", "import sys; print(sys.stdin.read(100))"]
    printer = SheetPrinter(command, 0.0, logged.append)
    printer.print(b"1", sheet_pipe(says), 0.0, lambda _: None)
    answer(printer)
    assert logged == ([f"a sheet was not printed: {line}"] if line else [])


def test_a_process_that_cannot_be_started_is_logged() -> None:
    logged: list[str] = []
    printer = SheetPrinter(["/no/such/program"], 0.0, logged.append)
    printer.print(b"1", sheet_pipe(b"x"), 0.0, lambda _: None)
    assert logged == ["a sheet was not printed: No such file or directory"]


def test_a_message_without_a_pipe_prints_nothing() -> None:
    told: list[bytes] = []
    SheetPrinter(ECHO, 0.0, print).print(b"1", None, 0.0, told.append)
    assert told == [protocol.SHEET_DONE + b"1failed"]


def test_so_many_are_printed_at_a_time_and_in_a_minute() -> None:
    told: list[bytes] = []
    busy = SheetPrinter(SLOW, 0.0, print)
    for _ in range(MOST_PROCESSES + 1):
        busy.print(b"1", sheet_pipe(b"x"), 0.0, told.append)
    assert told == [protocol.SHEET_DONE + b"1too-often"]
    for process, _ in busy._processes.values():
        os.kill(process.pid, 9)
        process.receive()
    told.clear()
    often = SheetPrinter(ECHO, 0.0, print)
    for _ in range(AT_ONCE + 1):
        often.print(b"1", sheet_pipe(b"x"), 0.0, told.append)
        if often.handlers():
            answer(often)
    assert told[-1] == protocol.SHEET_DONE + b"1too-often"


def test_a_pipe_arrives_with_its_message_and_is_closed_if_nobody_takes_it() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    worker = WorkerHandle(ours, os.pidfd_open(os.getpid()), 0.0)
    before = open_descriptors()
    sheet = sheet_pipe(b"words")
    socket.send_fds(theirs, [protocol.SHEET + b"1"], [sheet])
    os.close(sheet)
    assert worker.receive(0.0) == (protocol.SHEET, b"1")
    descriptor = worker.take_descriptor()
    assert descriptor is not None
    assert os.read(descriptor, 100) == b"words"
    os.close(descriptor)
    sheet = sheet_pipe(b"words")
    socket.send_fds(theirs, [protocol.SHEET + b"2"], [sheet])
    os.close(sheet)
    worker.receive(0.0)
    theirs.send(protocol.READY)
    worker.receive(0.0)
    assert open_descriptors() == before
    worker.close()
    theirs.close()


def test_a_sheet_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    process = SheetProcess(ECHO, sheet_pipe(b"printed"))
    assert process.receive() == ("printed", "/a/path")
    assert not list(tmp_path.iterdir())


def test_what_does_not_fit_a_pipe_is_refused() -> None:
    before = open_descriptors()
    with pytest.raises(OSError, match=r".*"):
        sheet_pipe(b"x" * 10_000_000)
    assert open_descriptors() == before
