"""`kiosk run` and `kiosk read`: open the pack, hand the port to a front end."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import get_terminal_size

from kiosk import bare_words
from kiosk.command_line import Request
from kiosk.core.palette import Palette
from kiosk.core.port import LivePort
from kiosk.core.visit import Manner, Opening
from kiosk.library.cache import pack_for
from kiosk.library.pack import OpenPack, Unreadable, open_pack
from kiosk.library.problem import Refused
from kiosk.whereabouts import content_directory, shipped_pack, themes_directory

DEFAULT_THEME = "clinic-light"
DEFAULT_WIDTH = 76
"""Columns of told text where no terminal says how wide it is."""
LEAST_WIDTH = 20
NO_CURSOR = ("", "dumb", "unknown")
"""What TERM is where the cursor cannot be moved."""

MEDDLING = ("COLUMNS", "LINES", "ESCDELAY", "LC_TERMINAL", "TERM_PROGRAM", "FORCE_COLOR", "BROWSER")
"""Variables that Textual or what it uses obeys, beside those that begin with TEXTUAL."""


_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,31}")


class Declined(Exception):
    """The kiosk cannot open; the message says why, and what to do."""


def run(request: Request) -> int:
    """Open the kiosk; its exit status. A terminal that cannot move its cursor is read to."""
    term = os.environ.get("TERM", "")
    if term == "dumb" or (term in NO_CURSOR and is_terminal()):
        return read(request)
    return _open(request, _draw, needs_terminal=True)


def read(request: Request) -> int:
    """Tell the visit line by line; its exit status."""
    return _open(request, _tell)


def attend(request: Request) -> int:
    """Become the attendant of this terminal: another interpreter, with a clean environment."""
    term = os.environ.get("TERM", "")
    try:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise Declined(bare_words.NO_TERMINAL)
        if term in NO_CURSOR or not _TERM.fullmatch(term):
            raise Declined(bare_words.NOT_UNATTENDED.format(term=term[:40]))
        if sys.stderr.isatty():  # somebody is setting it up; a service says it in its journal
            pack_at(request.content).close()
    except Declined as why:
        print(why, file=sys.stderr)
        return 1
    told = json.dumps(
        {
            "content": str(request.content.resolve()) if request.content else None,
            "theme": request.theme,
            "level": request.level,
            "topic": request.topic,
        }
    )
    kept = ("COLORTERM", "NO_COLOR", "XDG_CACHE_HOME", "HOME", "NOTIFY_SOCKET", "WATCHDOG_USEC")
    clean = {name: os.environ[name] for name in kept if name in os.environ}
    clean |= {"TERM": term, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    factory = json.dumps(interpreter("kiosk.visits", told))
    return os.execve(sys.executable, interpreter("kiosk.serve.attend", factory), clean)


def interpreter(module: str, told: str) -> list[str]:
    """The command line of `main(told)` of a module, in an interpreter that obeys no variable."""
    root = str(Path(__file__).resolve().parent.parent)
    code = f"import sys; sys.path.insert(0, {root!r}); from {module} import main; main(sys.argv[1])"
    return [sys.executable, "-I", "-X", "utf8", "-c", code, told]


def _open(
    request: Request, visit: Callable[[OpenPack, Request], int], *, needs_terminal: bool = False
) -> int:
    try:
        if needs_terminal and not is_terminal():
            raise Declined(bare_words.NO_TERMINAL)
        with pack_at(request.content) as pack:
            return visit(pack, request)
    except Declined as why:
        print(why, file=sys.stderr)
        return 1


def is_terminal() -> bool:
    """Whether a person is at both ends of this process."""
    return all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def place_of(asked: Path | None) -> Path:
    """The content directory or pack that was asked for, or the shipped one. Raises Declined."""
    place = asked or shipped_pack() or content_directory()
    if place is None:
        raise Declined(bare_words.NO_SHIPPED_TOPIC)
    if not place.exists():
        raise Declined(bare_words.NO_SUCH_PLACE.format(path=place))
    return place


def pack_of(place: Path) -> Path | bytes:
    """The pack at a place; a directory is compiled. Raises Declined."""
    try:
        return pack_for(place, themes_directory()) if place.is_dir() else place
    except Refused as refused:
        count = len(refused.problems)
        raise Declined(bare_words.REFUSED.format(path=place, count=count)) from None


def pack_at(asked: Path | None) -> OpenPack:
    """The pack that was asked for, opened. Raises Declined."""
    try:
        return open_pack(pack_of(place_of(asked)))
    except Unreadable as unreadable:
        raise Declined(str(unreadable)) from None


def _draw(pack: OpenPack, request: Request) -> int:
    close_environment()
    from kiosk.ui.app import KioskApp, can_colour

    port = _port(pack, request, Manner.SCREEN)
    palettes, complaint = palettes_for(pack, request.theme, coloured=can_colour())
    app = KioskApp(port, palettes, may_quit=True, complaint=complaint)
    app.run()
    if app.return_code:
        print(bare_words.CRASHED.format(where=app.crashed_at), file=sys.stderr)
    return app.return_code or 0


def close_environment() -> None:
    """Take out what would make Textual log, press keys, load drivers or believe in a size."""
    for name in list(os.environ):
        if name.startswith("TEXTUAL") or name in MEDDLING:
            del os.environ[name]


def _tell(pack: OpenPack, request: Request) -> int:
    from kiosk.plain.standard import talk

    if sys.stdout is None:
        raise Declined(bare_words.NO_OUTPUT)
    columns = get_terminal_size((DEFAULT_WIDTH, 24)).columns
    width = request.width or max(columns, LEAST_WIDTH)
    port = _port(pack, request, Manner.LINES)
    return talk(port, clock, width=width, pause=request.pause, ascii_only=request.ascii_only)


def _port(pack: OpenPack, request: Request, manner: Manner) -> LivePort:
    library = pack.library()
    language = library.languages[0]
    topics = library.topic_ids(language)
    if request.topic is not None and request.topic not in topics:
        known = ", ".join(topics)
        raise Declined(bare_words.NO_SUCH_TOPIC.format(topic=request.topic, known=known))
    opening = Opening(language, request.level, request.topic, manner=manner)
    return LivePort(library, opening, clock, pack.open_topic)


def clock() -> float:
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
