"""Printing for the visits of the console: the supervisor starts what a sandbox may not.

A visit hands over one message of bounded size, and is told one word. The sheet is not looked at
here: it goes to a process of its own, which checks it, prints it and ends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kiosk.serve import protocol
from kiosk.sheet_process import SheetProcess
from kiosk.token_bucket import TokenBucket

A_MINUTE, AT_ONCE = 4, 6
"""Sheets that are printed for all visits together, whatever a visit allows itself."""
MOST_PROCESSES = 3
MOST_BYTES = 60_000
"""Of a sheet, as `sheets.wire` has it."""
TOO_OFTEN, FAILED = b"too-often", b"failed"


class SheetPrinter:
    """Starts a process of the command line `command` for each sheet; without one nothing prints.

    It holds no sheet, and no word of the answer but the first.
    """

    def __init__(self, command: list[str], now: float) -> None:
        self._command = command
        self._bucket = TokenBucket(A_MINUTE, now, AT_ONCE)
        self._processes: dict[int, tuple[SheetProcess, Callable[[bytes], None]]] = {}

    def print(self, data: bytes, now: float, reply: Callable[[bytes], None]) -> None:
        """Print the sheet in a message; `reply` is given a message for the visit, later.

        The first byte is the visit's number of the sheet, and the first of what it is told.
        """
        done, data = protocol.SHEET_DONE + data[:1], data[1:]
        is_busy = len(self._processes) >= MOST_PROCESSES
        if not self._command or not 0 < len(data) <= MOST_BYTES:
            reply(done + FAILED)
        elif is_busy or not self._bucket.try_take(now):
            reply(done + TOO_OFTEN)
        else:
            try:
                process = SheetProcess(self._command, data)
            except OSError:
                reply(done + FAILED)
                return
            self._processes[process.fileno()] = (process, lambda word: reply(done + word))

    def handlers(self) -> dict[int, Callable[[int], None]]:
        """What to call when a descriptor can be read."""
        return dict.fromkeys(self._processes, partial(self._receive))

    def _receive(self, descriptor: int) -> None:
        process, reply = self._processes.pop(descriptor)
        word, _ = process.receive()
        reply(word.encode("ascii", "replace")[:40])
