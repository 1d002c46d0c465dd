"""The shipped topic, opened once for all tests that walk it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kiosk.core.content import Topic
from kiosk.core.library import Library
from kiosk.core.palette import Palette
from kiosk.core.port import LivePort
from kiosk.core.visit import Manner, Opening
from kiosk.library.pack.build import pack_bytes
from kiosk.library.pack.reader import OpenPack, open_pack
from kiosk.site.store import PackShelf

ROOT = Path(__file__).resolve().parents[2]
CONTENT, THEMES = ROOT / "content", ROOT / "themes"


@cache
def pack() -> OpenPack:
    return open_pack(pack_bytes(CONTENT, THEMES))


@cache
def topic() -> Topic:
    return pack().open_topic("leaky-gut", "en")


@cache
def library() -> Library:
    return pack().library().with_topic(topic())


@cache
def palettes() -> tuple[Palette, ...]:
    return pack().themes()


def shelf() -> PackShelf:
    return PackShelf(pack())


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def new_port(clock: Clock) -> LivePort:
    return LivePort(pack().library(), Opening("en"), clock, shelf())


def lines_port(clock: Clock) -> LivePort:
    opening = Opening("en", manner=Manner.LINES)
    return LivePort(pack().library(), opening, clock, shelf())
