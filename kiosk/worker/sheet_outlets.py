"""Printing from a worker: as it may start no program, it sends the sheet to its parent process,
which prints it.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import HandOver, SheetResult
from kiosk.serve.forkserver.heartbeat import Heartbeat
from kiosk.sheets.outlets import result_of, sheet_bytes, today


class LifelineOutlets:
    """Outlets of a worker's visit, for its port: a sheet to print is sent to the parent process
    along the lifeline.
    """

    def __init__(self, heartbeat: Heartbeat) -> None:
        self._heartbeat = heartbeat

    def today(self) -> str:
        """Return the date for a sheet, as YYYY-MM-DD; empty where the clock was never set."""
        return today()

    def hand_over(
        self, sheet: Sheet, wanted: HandOver, on_result: Callable[[SheetResult, str], None]
    ) -> None:
        """Send a sheet along the lifeline to be printed; call `on_result` with the result that
        comes back later.

        If the sheet cannot be sent, `on_result` is called at once with `SheetResult.FAILED`. Its
        second argument, a file's name, is always empty here.
        """
        data = sheet_bytes(sheet, wanted)
        sent = data is not None and self._heartbeat.hand_over_sheet(
            wanted.number, data, lambda word: on_result(result_of(word), "")
        )
        if not sent:
            on_result(SheetResult.FAILED, "")
