"""Outlets of a visit in a process that may start programs: `kiosk run` and `kiosk read`."""

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
    """Prints or saves sheets, each in a process of its own, started by the command line `command`.

    Where an event loop runs, its answer is waited for there; elsewhere `hand_over` waits.
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
    """Return today's date as YYYY-MM-DD; empty where the clock of the machine was never set."""
    now = date.today()
    return now.isoformat() if now.year >= OLDEST_YEAR else ""


def sheet_bytes(sheet: Sheet, wanted: HandOver) -> bytes | None:
    """Return a sheet as bytes for the process that prints or saves it; None if it is too long."""
    from kiosk.sheets.wire import MOST_BYTES, to_bytes

    data = to_bytes(sheet, {"outlet": wanted.outlet.value, "large": wanted.large})
    return data if len(data) <= MOST_BYTES else None


def answer(process: SheetProcess, then: Then) -> None:
    """Read the answer of a process that prints or saves a sheet, and call `then` with it."""
    word, where = process.receive()
    then(result_of(word), where)


def result_of(word: str) -> SheetResult:
    """Return what became of a sheet, from the word that the process answered; else FAILED."""
    with contextlib.suppress(ValueError):
        return SheetResult(word)
    return SheetResult.FAILED
