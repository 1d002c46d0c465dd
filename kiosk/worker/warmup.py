"""A visit to nobody, walked before the first fork: what it makes once is not made in each visit.

It has a port and a page of its own, which nothing but this holds: the template is not touched.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from itertools import islice

from rich.console import Console

from kiosk.core.library import Library
from kiosk.core.palette import Palette
from kiosk.core.port import VisitController
from kiosk.core.visit import VisitDefaults
from kiosk.site.store import PackStore
from kiosk.ui.styles import strip_of, styles_of
from kiosk.ui.view import PageView

SIZE = (80, 24)
MOST_KEPT = 6
"""Topics that are read for all visits; the others are read by each for itself."""
MOVE = "move"
STEPS = ("1", *[MOVE] * 4, "1", "1", *"nb" * 3)
"""To the first topic, if the library has few; there and back, so that the interpreter has seen
often enough what it will run. What they reach does not matter."""


def warm_up(
    library: Library,
    opening: VisitDefaults,
    shelf: PackStore,
    palette: Palette,
    clock: Callable[[], float],
) -> None:
    """Read the first topics for all visits, and go through some pages of the first."""
    begun = (card.id for card in library.cards if card.language == opening.language)
    shelf.keep(islice(begun, MOST_KEPT), opening.language)
    # what fails here fails in the visit that comes to it, and ends that one alone
    with contextlib.suppress(Exception):
        _walk(VisitController(library, opening, clock, shelf, _nothing), palette)


def _walk(port: VisitController, palette: Palette) -> None:
    reading = PageView(port, {}, SIZE)
    port.on_change(reading.turn)
    styles, console = styles_of(palette), Console(force_terminal=True, color_system="256")
    for number, step in enumerate(STEPS):
        if step == MOVE:
            reading.move(-1 if number % 2 else 1)
        else:
            reading.press(step)
        for row in reading.frame.rows:
            strip_of(row, styles, SIZE[0]).render(console)


def _nothing() -> None:
    """Nobody's visit has ended."""
