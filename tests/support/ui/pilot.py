"""Drive the Textual app by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from kiosk.core.page import PageKind
from kiosk.ui.app import KioskApp
from tests.support.shipped import Clock, new_port, palettes


@asynccontextmanager
async def visit(size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Pilot[None], Clock]]:
    clock = Clock()
    app = KioskApp(new_port(clock), palettes(), may_quit=True)
    async with app.run_test(size=size) as pilot:
        yield pilot, clock


def screen(pilot: Pilot[None]) -> str:
    """What the compositor draws now."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def kind(pilot: Pilot[None]) -> PageKind:
    app = pilot.app
    assert isinstance(app, KioskApp)
    return app._port.page.kind


async def to_door(pilot: Pilot[None]) -> None:
    """Walk with Select alone to the step that is the door to the supplements, read to its end."""
    await pilot.press("enter", "enter")
    app = pilot.app
    assert isinstance(app, KioskApp)
    for _ in range(120):
        reading = app.screen.reading  # type: ignore[attr-defined]
        if any(choice.id == "cautions" for choice in app._port.page.choices) and not reading.unread:
            return
        await pilot.press("enter")
    raise AssertionError(screen(pilot))
