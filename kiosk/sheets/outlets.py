"""The take-home outlets (print, save) of a visit whose own process may start other programs, as in
`kiosk run` and `kiosk read`. In a server, workers may not, and ask for it instead.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import date

from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import HandOver, SheetResult
from kiosk.sheet_process import SheetProcess, sheet_pipe
from kiosk.system.processes import CAN_SPAWN

OLDEST_YEAR = 2026
"""The year of this program: a date before it is that of a clock without a battery."""

Then = Callable[[SheetResult, str], None]


class ProcessOutlets:
    """Prints or saves sheets for a visit: for each one it starts a process with the command line
    `command`, that of `kiosk.sheets.job`.

    If an event loop runs, the process's answer is awaited in it; else `hand_over` blocks until the
    answer has come.
    """

    def __init__(self, command: list[str]) -> None:
        self._command = command

    def today(self) -> str:
        """Return the date for a sheet, as YYYY-MM-DD; empty where the clock was never set."""
        return today()

    def hand_over(self, sheet: Sheet, wanted: HandOver, then: Then) -> None:
        """Start a process that prints or saves a sheet; call `then` with what became of it."""
        data = sheet_bytes(sheet, wanted)
        if data is None:
            then(SheetResult.FAILED, "")
            return
        if not CAN_SPAWN:
            from kiosk.sheets.awaited_process import hand_over

            hand_over(self._command, data, lambda word, where: then(result_of(word), where))
            return
        try:
            process = SheetProcess(self._command, sheet_pipe(data))
        except OSError:
            then(SheetResult.FAILED, "")
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            answer(process, then)
            return

        def receive() -> None:
            loop.remove_reader(process.fileno())
            answer(process, then)

        loop.add_reader(process.fileno(), receive)


def today() -> str:
    """Return today's date as YYYY-MM-DD; empty if the machine's clock was never set (a year before
    this program's).
    """
    now = date.today()
    return now.isoformat() if now.year >= OLDEST_YEAR else ""


def sheet_bytes(sheet: Sheet, wanted: HandOver) -> bytes | None:
    """Return a sheet, with how it is wanted (printed or saved, in large letters), as bytes for the
    process that prints or saves it; None if the bytes would be too many.
    """
    from kiosk.sheets.wire import MOST_BYTES, to_bytes

    data = to_bytes(sheet, {"outlet": wanted.outlet.value, "large": wanted.large})
    return data if len(data) <= MOST_BYTES else None


def answer(process: SheetProcess, then: Then) -> None:
    """Wait for the answer of a process that prints or saves a sheet, and call `then` with the
    result and the path of the saved file or "".
    """
    word, where = process.receive()
    then(result_of(word), where)


def result_of(word: str) -> SheetResult:
    """Return the result that a word of the printing or saving process stands for; FAILED for any
    other word.
    """
    with contextlib.suppress(ValueError):
        return SheetResult(word)
    return SheetResult.FAILED
