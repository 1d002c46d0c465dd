"""Warm caches before the first fork, by driving a throw-away visit through a few pages.

Workers then share the memory. The visit has a port and a view of its own, which are dropped: the
template is not touched.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from itertools import islice

from rich.console import Console

import kiosk.core.pages.all_pages  # noqa: F401  a start does without it, workers share it
from kiosk.core.library import Library
from kiosk.core.palette import Palette
from kiosk.core.port import VisitController
from kiosk.core.visit import VisitDefaults
from kiosk.fast_dataclass import compile_constructors, replace
from kiosk.site.store import PackStore
from kiosk.ui.styles import strip_of, styles_of
from kiosk.ui.view import PageView

SIZE = (80, 24)
MAX_SHARED_TOPICS = 6
"""Topics that are read for all workers; the others are read by each for itself."""
MOVE = "move"
STEPS = ("1", *[MOVE] * 4, "1", "1", *"nb" * 3)
"""To the first topic, if the library has few, and back and forth, so that the interpreter has run
the code often enough to specialize it. Which pages they reach does not matter."""


def warm_up(
    library: Library,
    defaults: VisitDefaults,
    store: PackStore,
    palette: Palette,
    clock: Callable[[], float],
) -> None:
    """Read the library's first topics into `store`, and walk a throw-away visit through some pages.

    An error in the walk is ignored: it would come again in a visit, and end that one alone.
    """
    compile_constructors()
    first = (card.id for card in library.cards if card.language == defaults.language)
    store.keep(islice(first, MAX_SHARED_TOPICS), defaults.language)
    at_once = replace(defaults, pace=replace(defaults.pace, seen=0.0))
    # An error here will come again in a visit that gets there, and end that one alone.
    with contextlib.suppress(Exception):
        _walk(VisitController(library, at_once, clock, store, _noop), palette)


def _walk(port: VisitController, palette: Palette) -> None:
    view = PageView(port, {}, SIZE)
    port.on_change(view.turn)
    styles, console = styles_of(palette), Console(force_terminal=True, color_system="256")
    for number, step in enumerate(STEPS):
        if step == MOVE:
            view.move(-1 if number % 2 else 1)
        else:
            view.press(step)
        for row in view.frame.rows:
            strip_of(row, styles, SIZE[0]).render(console)


def _noop() -> None:
    """Do nothing at the end of the throw-away visit."""
