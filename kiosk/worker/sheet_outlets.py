"""Printing from a visit in its sandbox: the sheet goes along the lifeline to whoever prints."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import HandOver, SheetResult
from kiosk.serve.forkserver.heartbeat import Heartbeat
from kiosk.sheets.outlets import result_of, sheet_bytes, today


class LifelineOutlets:
    """Outlets that print through whoever is at the other end of the lifeline."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        self._heartbeat = heartbeat

    def today(self) -> str:
        """The date of today, as it is written on a sheet."""
        return today()

    def hand_over(
        self, sheet: Sheet, wanted: HandOver, then: Callable[[SheetResult, str], None]
    ) -> None:
        """Send the sheet along the lifeline; call `then` with the result that comes back."""
        data = sheet_bytes(sheet, wanted)
        sent = data is not None and self._heartbeat.hand_over_sheet(
            wanted.number, data, lambda word: then(result_of(word), "")
        )
        if not sent:
            then(SheetResult.FAILED, "")
