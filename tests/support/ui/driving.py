"""Drives a page without a terminal: a `PageView` over a port whose clock the test moves."""

from __future__ import annotations

from kiosk.core.page import PageKind
from kiosk.ui.view import PageView
from tests.support.shipped import Clock, new_port


class Driver:
    """A visitor at a screen of a given size."""

    def __init__(self, size: tuple[int, int] = (80, 24)) -> None:
        self.clock = Clock()
        self.port = new_port(self.clock)
        self.reading = PageView(self.port, {"colours": lambda: None}, size)
        self.port.on_change(self.reading.turn)

    @property
    def rows(self) -> list[str]:
        return [row.text for row in self.reading.frame.rows]

    @property
    def shown(self) -> str:
        return "\n".join(self.rows)

    def is_at(self, kind: PageKind) -> bool:
        return self.reading.page.kind is kind

    def take(self, id_: str) -> None:
        """Read to the end, then take a choice."""
        while self.reading.unread:
            self.reading.scroll_page(1)
        self.clock.now += 3
        self.reading.take(id_)

    def to_door(self, reader: str = "easy") -> None:
        self.take("start")
        self.take(f"reader-{reader}")
        while not any(choice.id == "cautions" for choice in self.reading.page.choices):
            self.take("next")

    def acknowledge_all(self) -> None:
        self.take("cautions")
        while self.is_at(PageKind.CAUTION):
            self.take("acknowledge")
