"""Print sheets for visits of the unattended kiosk: the supervisor starts the print
process, which a sandboxed worker may not.

A worker hands over a pipe that holds its sheet, and is answered with one word, the result. The
supervisor never reads the sheet: the pipe goes to a process of its own, which reads a limited
number of bytes, checks them, prints and ends.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from kiosk.serve import protocol
from kiosk.sheet_process import SheetProcess
from kiosk.token_bucket import TokenBucket

A_MINUTE, AT_ONCE = 4, 6
"""Sheets that are printed for all visits together, whatever a visit allows itself."""
MOST_PROCESSES = 3
TOO_OFTEN, FAILED = b"too-often", b"failed"


class SheetPrinter:
    """Printing of sheets: starts a process of the command line `command` for each; none without.

    It holds no sheet, and no word of the answer but the first.
    """

    def __init__(self, command: list[str], now: float) -> None:
        self._command = command
        self._bucket = TokenBucket(A_MINUTE, now, AT_ONCE)
        self._processes: dict[int, tuple[SheetProcess, Callable[[bytes], None]]] = {}

    def print(
        self, digit: bytes, sheet: int | None, now: float, reply: Callable[[bytes], None]
    ) -> None:
        """Print the sheet in a pipe; `reply` is given a message for the visit, later.

        The digit is the visit's number of the sheet, and the first of what it is told.
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
            except OSError:
                reply(done + FAILED)
                return
            self._processes[process.fileno()] = (process, lambda word: reply(done + word))
            return
        reply(done + refusal)
        if sheet is not None:
            os.close(sheet)

    def handlers(self) -> dict[int, Callable[[int], None]]:
        """What to call, with the poll's events, when the pipe of a printing process can be read."""
        return {end: partial(self._receive, end) for end in self._processes}

    def _receive(self, descriptor: int, _: int) -> None:
        process, reply = self._processes.pop(descriptor)
        word = process.receive()[0]
        reply(word.encode("ascii", "replace")[:40])
