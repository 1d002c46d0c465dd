"""Printing from a worker, which may start no program: its parent prints the sheet for it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import HandOver, SheetResult
from kiosk.serve.forkserver.heartbeat import Heartbeat
from kiosk.sheets.outlets import result_of, sheet_bytes, today


class LifelineOutlets:
    """Outlets of a worker's visit: the parent prints a sheet that is sent along the lifeline."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        self._heartbeat = heartbeat

    def today(self) -> str:
        """Return the date for a sheet, as YYYY-MM-DD; empty where the clock was never set."""
        return today()

    def hand_over(
        self, sheet: Sheet, wanted: HandOver, then: Callable[[SheetResult, str], None]
    ) -> None:
        """Send a sheet along the lifeline; call `then` with the result that comes back.

        If the sheet cannot be sent, `then` is called at once with `SheetResult.FAILED`. Its second
        argument, a file's name, is always empty here.
        """
        data = sheet_bytes(sheet, wanted)
        sent = data is not None and self._heartbeat.hand_over_sheet(
            wanted.number, data, lambda word: then(result_of(word), "")
        )
        if not sent:
            then(SheetResult.FAILED, "")
