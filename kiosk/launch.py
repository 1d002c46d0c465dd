"""`kiosk run`: open the pack, choose the colours, hand the port to the front end."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from kiosk import bare_words
from kiosk.command_line import Request
from kiosk.core.palette import Palette
from kiosk.core.port import LivePort
from kiosk.core.visit import Opening
from kiosk.library.cache import pack_for
from kiosk.library.pack import OpenPack, Unreadable, open_pack
from kiosk.library.problem import Refused
from kiosk.whereabouts import content_directory, shipped_pack, themes_directory

DEFAULT_THEME = "clinic-light"


class Declined(Exception):
    """The kiosk cannot open; the message says why, and what to do."""


def run(request: Request) -> int:
    """Open the kiosk; its exit status."""
    try:
        _need_terminal()
        with pack_at(request.content) as pack:
            return _visit(pack, request)
    except Declined as why:
        print(why, file=sys.stderr)
        return 1


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise Declined(bare_words.NO_TERMINAL)
    term = os.environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        raise Declined(bare_words.DUMB_TERMINAL.format(term=term))


def pack_at(place: Path | None) -> OpenPack:
    """The pack at `place`, or the shipped one; a directory is compiled. Raises Declined."""
    place = place or shipped_pack() or content_directory()
    if place is None:
        raise Declined(bare_words.NO_SHIPPED_TOPIC)
    if not place.exists():
        raise Declined(bare_words.NO_SUCH_PLACE.format(path=place))
    try:
        return open_pack(pack_for(place, themes_directory()) if place.is_dir() else place)
    except Refused as refused:
        count = len(refused.problems)
        raise Declined(bare_words.REFUSED.format(path=place, count=count)) from None
    except Unreadable as unreadable:
        raise Declined(str(unreadable)) from None


def _visit(pack: OpenPack, request: Request) -> int:
    from kiosk.ui.app import KioskApp, can_colour

    library = pack.library()
    language = library.languages[0]
    topics = library.topic_ids(language)
    if request.topic is not None and request.topic not in topics:
        known = ", ".join(topics)
        raise Declined(bare_words.NO_SUCH_TOPIC.format(topic=request.topic, known=known))
    opening = Opening(language, request.level, request.topic)
    port = LivePort(library, opening, _clock, pack.open_topic)
    palettes, complaint = palettes_for(pack, request.theme, coloured=can_colour())
    app = KioskApp(port, palettes, may_quit=True, complaint=complaint)
    app.run()
    if app.return_code:
        print(bare_words.CRASHED, file=sys.stderr)
    return app.return_code or 0


def _clock() -> float:
    """Seconds on a clock that runs through sleep and that nobody can set."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def palettes_for(
    pack: OpenPack, wanted: str | None, *, coloured: bool
) -> tuple[tuple[Palette, ...], str]:
    """The themes, the one to begin with first; and why that is not the one that was asked for."""
    palettes = pack.themes()
    by_name = {palette.name: palette for palette in palettes}
    plain = next(palette for palette in palettes if palette.kind == "terminal")
    first = by_name.get(DEFAULT_THEME, palettes[0]) if coloured else plain
    complaint = ""
    if wanted in by_name:
        first = by_name[wanted]
    elif wanted is not None:
        why = dict(pack.failed_themes()).get(wanted)
        words = bare_words.BROKEN_THEME if why else bare_words.NO_SUCH_THEME
        known = ", ".join(by_name)
        complaint = words.format(theme=wanted, why=why, known=known, fallback=first.name)
    at = palettes.index(first)
    return (*palettes[at:], *palettes[:at]), complaint
