"""Warm caches and code before the first fork, by driving a throw-away visit through a few pages.

Workers then share the memory. The visit has a port, a store and an app of its own, which are
ended: the template is not touched.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from itertools import islice
from typing import TYPE_CHECKING

import kiosk.core.pages.all_pages  # noqa: F401  a start does without it, workers share it
from kiosk.core.library import Library
from kiosk.core.palette import Palette
from kiosk.core.port import VisitController
from kiosk.errors import raised_at
from kiosk.fast_dataclass import compile_constructors
from kiosk.serve.forkserver.hot_code import move_together, noting_code
from kiosk.serve.forkserver.shared_heap import fill_gaps
from kiosk.site.store import PackStore

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

SIZE = (80, 24)
MAX_SHARED_TOPICS = 6
"""Topics that are read for all workers; the others are read by each for itself."""
FIRST, OVER = (b"1",), (b"o", b"1")
"""Keys to a list, and on from it; and those that start over."""
MOVES, PAGES = (b"\x1b[B", b"\x1b[A"), (b"n", b"b")
"""Keys down and up in the list, and on and back in the topic. Which pages they reach does not
matter, but that what a key runs is run."""
OFTEN = 3
"""Rounds of these after which the interpreter has specialized the code."""
TURNS = 16
"""Turns of the event loop in which Textual hands a key on; where it needs more, less is warm."""
MAX_SECONDS = 2.0
"""Seconds after which workers are forked as they are."""

logger = logging.getLogger(__name__)


def keep_topics(library: Library, language: str, store: PackStore) -> None:
    """Read the library's first six topics in this language into the store before the fork, so that
    all workers share them.
    """
    compile_constructors()
    first = (card.id for card in library.cards if card.language == language)
    store.keep(islice(first, MAX_SHARED_TOPICS), language)


async def warm_up(
    port: VisitController, palettes: tuple[Palette, ...], *, is_shared: bool
) -> list[object]:
    """Press keys in a throw-away visit until its code and caches are warm; return objects that fill
    gaps in memory, to be kept as long as workers are forked.

    Args:
        port: the throw-away visit's port.
        palettes: the themes to draw it in.
        is_shared: whether many workers will live at once: then the code that runs is put in one
            place, and the gaps in memory are filled, so that what the visit leaves lies together.
    """
    fillers: list[object] = []
    try:
        if is_shared:
            fillers += fill_gaps()
        async with asyncio.timeout(MAX_SECONDS), _throw_away_app(port, palettes) as app:
            if is_shared:
                with noting_code() as called:
                    await _walk(app, 1)
                fillers += move_together(called)
            await _walk(app, OFTEN)
    except Exception as error:  # it will come again in a visit that gets there, and end that alone
        logger.error("workers are not warm: %s", raised_at(error))
    return fillers


@contextlib.asynccontextmanager
async def _throw_away_app(
    port: VisitController, palettes: tuple[Palette, ...]
) -> AsyncIterator[KioskApp]:
    """Run an app that never gets a terminal, and end it."""
    from kiosk.terminal.deferred_driver import DeferredDriver
    from kiosk.ui.app import KioskApp

    composed = asyncio.Event()
    app = KioskApp(
        port, palettes, may_quit=True, driver=DeferredDriver, size=SIZE, on_composed=composed.set
    )
    running = asyncio.create_task(app.run_async())
    try:
        await composed.wait()
        yield app
        app.exit()
        await running
    finally:
        app.stop_ticking()
        running.cancel()
        await asyncio.wait({running}, timeout=MAX_SECONDS)  # nothing of it runs on in a worker


async def _walk(app: KioskApp, rounds: int) -> None:
    """Press each key, and paint what it does; in the list, look at the time, too."""
    from kiosk.terminal.deferred_driver import DeferredDriver

    edge, screen = app.edge, app.get_default_screen()
    assert isinstance(edge, DeferredDriver)
    for key in (*FIRST, *MOVES * rounds, *FIRST, *PAGES * rounds, *OVER):
        edge.press(key)
        if key in MOVES:
            app.tick_from_now(0)
        await _pass_turns()
        screen.paint()
        await _pass_turns()


async def _pass_turns() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)
