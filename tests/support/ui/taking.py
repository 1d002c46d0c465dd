"""A visitor at a screen who takes something along; printing is the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.core.events import QuestionAsked
from kiosk.core.port import VisitController
from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import HandOver, Outlet, SheetResult
from kiosk.core.visit import VisitDefaults
from kiosk.ui.view import PageView
from tests.support.shipped import AT_ONCE, Clock, pack, shelf
from tests.support.ui.driving import Driver


class Desk:
    """Takes sheets, and answers when a test says so."""

    def __init__(self) -> None:
        self.taken: list[tuple[Sheet, HandOver]] = []
        self.answer: Callable[[SheetResult, str], None] = lambda *_: None

    def today(self) -> str:
        return "2026-11-26"

    def hand_over(
        self, sheet: Sheet, wanted: HandOver, then: Callable[[SheetResult, str], None]
    ) -> None:
        self.taken.append((sheet, wanted))
        self.answer = then


class TakingDriver(Driver):
    """A visitor whose site offers everything."""

    def __init__(
        self,
        size: tuple[int, int] = (80, 24),
        *,
        address: str = "",
        halves: bool = True,
        outlets: frozenset[Outlet] = frozenset(Outlet),
    ) -> None:
        self.clock = Clock()
        self.desk = Desk()
        addresses = {"leaky-gut": address} if address else {}
        self.port = VisitController(
            replace(pack().library(), addresses=addresses, emergency="911"),
            VisitDefaults("en", pace=AT_ONCE, outlets=outlets),
            self.clock,
            shelf(),
            outlets=self.desk,
        )
        self.reading = PageView(self.port, {"colours": lambda: None}, size, halves=lambda: halves)
        self.port.on_change(self.reading.turn)

    def to_take(self, reader: str = "easy") -> None:
        self.take("start")
        self.take(f"reader-{reader}")
        self.take("take")

    def write(self, text: str) -> None:
        """Put a question of one's own on the list."""
        self.take("take-questions")
        self.take("write")
        self.clock.now += 3
        assert self.port.deliver(QuestionAsked(text=text))
        self.take("back")

    def to_codes(self, own: str = "") -> None:
        self.to_take()
        if own:
            self.write(own)
        self.take("take-codes")
