"""Printing and saving for a visit whose own process may start other programs (`kiosk run` and
`kiosk read`), and functions that workers use, too, which have to ask their parent process to print.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import date

from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import HandOver, SheetResult
from kiosk.error_log import log_line
from kiosk.errors import raised_at
from kiosk.sheet_process import SheetProcess, sheet_pipe
from kiosk.system.processes import CAN_SPAWN

OLDEST_YEAR = 2026
"""The year of this program: a date before it is that of a clock without a battery."""

OnResult = Callable[[SheetResult, str], None]


class ProcessOutlets:
    """Prints or saves sheets for a visit's port: for each sheet it starts a process with the
    command line `command` (program and arguments), that of `kiosk.sheets.job`.

    If an event loop runs, the process's answer is awaited in it; else `hand_over` blocks until the
    answer has come.
    """

    def __init__(self, command: list[str]) -> None:
        self._command = command

    def today(self) -> str:
        """Return today's date for a sheet, as YYYY-MM-DD; empty where the machine's clock was never
        set.
        """
        return today()

    def hand_over(self, sheet: Sheet, wanted: HandOver, on_result: OnResult) -> None:
        """Have a child process print or save a sheet as `wanted` says; call `on_result` with the
        result, and the path of the saved file or an empty text.

        Where an event loop runs, `on_result` is called later, in that loop; elsewhere before this
        returns. The result is FAILED where the sheet is too long, or no process can be started;
        `on_result` may be called with that before this returns, also in an event loop.
        """
        data = sheet_bytes(sheet, wanted)
        if data is None:
            on_result(SheetResult.FAILED, "")
            return
        if not CAN_SPAWN:
            from kiosk.sheets.awaited_process import hand_over

            hand_over(self._command, data, lambda word, where: _pass_on(word, where, on_result))
            return
        try:
            process = SheetProcess(self._command, sheet_pipe(data))
        except OSError as error:
            _pass_on("", raised_at(error), on_result)
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            answer(process, on_result)
            return

        def receive() -> None:
            loop.remove_reader(process.fileno())
            answer(process, on_result)

        loop.add_reader(process.fileno(), receive)


def today() -> str:
    """Return today's date as YYYY-MM-DD; empty if the machine's clock was never set, so that its
    year is before 2026.
    """
    now = date.today()
    return now.isoformat() if now.year >= OLDEST_YEAR else ""


def sheet_bytes(sheet: Sheet, wanted: HandOver) -> bytes | None:
    """Return a sheet, and how it is wanted (printed or saved, in large letters), as the JSON that
    the process that prints or saves it reads; None if that is too long.
    """
    from kiosk.sheets.wire import MOST_BYTES, to_bytes

    data = to_bytes(sheet, {"outlet": wanted.outlet.value, "large": wanted.large})
    return data if len(data) <= MOST_BYTES else None


def answer(process: SheetProcess, on_result: OnResult) -> None:
    """Wait until the process that prints or saves a sheet answers; call `on_result` with the
    result, and the path of the saved file or an empty text.
    """
    _pass_on(*process.receive(), on_result)


def _pass_on(word: str, where: str, on_result: OnResult) -> None:
    """Call `on_result` with the process's answer; log where an error was raised, if it was."""
    result = result_of(word)
    if result is SheetResult.FAILED:
        log_line(f"a sheet was not made: {where or 'no error was reported'}")
        where = ""
    on_result(result, where)


def result_of(word: str) -> SheetResult:
    """Return the SheetResult that a word of the printing or saving process, such as `saved`, stands
    for; FAILED for any other word.
    """
    with contextlib.suppress(ValueError):
        return SheetResult(word)
    return SheetResult.FAILED
