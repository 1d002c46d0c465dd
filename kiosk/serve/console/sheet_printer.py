"""Print sheets for visits of the unattended kiosk: the supervisor starts a print process for each,
because a sandboxed worker may start none.

A worker sends a pipe that holds its sheet, and is answered with one word, the result. The
supervisor never reads the sheet: the pipe goes to the print process, which reads a limited number
of bytes, checks them, prints and ends.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from kiosk.serve import protocol
from kiosk.serve.forkserver.worker_handle import crash_report
from kiosk.sheet_process import SheetProcess
from kiosk.token_bucket import TokenBucket

A_MINUTE, AT_ONCE = 4, 6
"""Sheets that are printed for all visits together, whatever a visit allows itself."""
MOST_PROCESSES = 3
TOO_OFTEN, FAILED = b"too-often", b"failed"
NOT_PRINTED = "a sheet was not printed"


class SheetPrinter:
    """Prints sheets for the supervisor's visits: starts a process for each one with the command
    line `command`, unless too many run or were printed lately. With an empty `command` every sheet
    counts as failed.

    It keeps neither a sheet nor any of the process's answer but its first word, the result. A line
    is passed to `log` for each sheet that failed, with the type and line of code of the error.
    """

    def __init__(self, command: list[str], now: float, log: Callable[[str], None]) -> None:
        self._command = command
        self._log = log
        self._bucket = TokenBucket(A_MINUTE, now, AT_ONCE)
        self._processes: dict[int, tuple[SheetProcess, Callable[[bytes], None]]] = {}

    def print(
        self, digit: bytes, sheet: int | None, now: float, reply: Callable[[bytes], None]
    ) -> None:
        """Start to print the sheet in the pipe `sheet`, which is closed here; None counts as
        failed.

        `reply` is called once, now or later, with the message for the worker: SHEET_DONE, the
        `digit` by which the worker knows the sheet, and a word for the result, such as `failed` or
        `too-often`.
        """
        done = protocol.SHEET_DONE + digit[:1]
        is_busy = len(self._processes) >= MOST_PROCESSES
        if sheet is None or not self._command:
            refusal = FAILED
        elif is_busy or not self._bucket.try_take(now):
            refusal = TOO_OFTEN
        else:
            try:
                process = SheetProcess(self._command, sheet)
            except OSError as error:
                self._log(f"{NOT_PRINTED}: {error.strerror}")
                reply(done + FAILED)
                return
            self._processes[process.fileno()] = (process, lambda word: reply(done + word))
            return
        reply(done + refusal)
        if sheet is not None:
            os.close(sheet)

    def handlers(self) -> dict[int, Callable[[int], None]]:
        """Return, for each print process that runs, the descriptor to poll and the function to call
        with the poll's events when it can be read; that function sends the reply to the worker.
        """
        return {end: partial(self._receive, end) for end in self._processes}

    def _receive(self, descriptor: int, _: int) -> None:
        process, reply = self._processes.pop(descriptor)
        word, where = process.receive()
        if word.encode() in (FAILED, b""):
            why = crash_report(where.encode()) if where else "no error was reported"
            self._log(f"{NOT_PRINTED}: {why}")
        reply(word.encode("ascii", "replace")[:40])
