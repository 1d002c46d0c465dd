"""The shipped topic, opened once for all tests that walk it."""

from __future__ import annotations

from functools import cache

from kiosk.core.content import Topic
from kiosk.core.library import Library
from kiosk.core.palette import Palette
from kiosk.core.port import VisitController
from kiosk.core.visit import Presentation, Timings, VisitDefaults
from kiosk.library.pack.reader import Pack, open_pack
from kiosk.site.store import PackStore
from tests.support.prebuilt_pack import CONTENT, ROOT, THEMES, shipped_pack

__all__ = ["CONTENT", "ROOT", "THEMES"]

AT_ONCE = Timings(seen=0.0)
"""For tests whose clock stands still: a page counts as seen at once."""


@cache
def pack() -> Pack:
    return open_pack(shipped_pack().read_bytes())


@cache
def topic() -> Topic:
    return pack().open_topic("leaky-gut", "en")


@cache
def library() -> Library:
    return pack().library().with_topic(topic())


@cache
def palettes() -> tuple[Palette, ...]:
    return pack().themes()


@cache
def shelf() -> PackStore:
    """The store of all visits, as in a process that goes on from one visit to the next.

    Its topic and its nets for alarms are made once.
    """
    store = PackStore(pack())
    store.keep(["leaky-gut"], "en")
    return store


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def new_port(clock: Clock) -> VisitController:
    return VisitController(pack().library(), VisitDefaults("en", pace=AT_ONCE), clock, shelf())


def lines_port(clock: Clock) -> VisitController:
    opening = VisitDefaults("en", presentation=Presentation.LINES)
    return VisitController(pack().library(), opening, clock, shelf())
