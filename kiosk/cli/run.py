"""`kiosk run` and `kiosk read`: open the pack, hand the port to a front end."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import get_terminal_size

from kiosk import fallback_messages
from kiosk.cli.main import Request
from kiosk.core.port import VisitController
from kiosk.core.visit import Presentation
from kiosk.escape_sequences import NO_CURSOR
from kiosk.library.pack.reader import Pack, PackError
from kiosk.settings.model import Settings
from kiosk.site.content import (
    StartupError,
    clock,
    library_of,
    pack_at,
    palettes_for,
    settings_of,
    visit_defaults_of,
)
from kiosk.site.stock import store_for

DEFAULT_WIDTH = 76
"""Columns of told text where no terminal says how wide it is."""
LEAST_WIDTH = 20

MEDDLING = ("COLUMNS", "LINES", "ESCDELAY", "LC_TERMINAL", "TERM_PROGRAM", "FORCE_COLOR", "BROWSER")
"""Variables that Textual or what it uses obeys, beside those that begin with TEXTUAL."""


_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,31}")


def run(request: Request) -> int:
    """Open the kiosk; its exit status. A terminal that cannot move its cursor is read to."""
    if request.unattended or _is_unattended(request):
        return run_unattended(request)
    term = os.environ.get("TERM", "")
    if term == "dumb" or (term in NO_CURSOR and is_terminal()):
        return read(request)
    return _open(request, _draw, needs_terminal=True)


def read(request: Request) -> int:
    """Tell the visit line by line; its exit status."""
    return _open(request, _tell)


def run_unattended(request: Request) -> int:
    """Become the attendant of this terminal: another interpreter, with a clean environment."""
    term = os.environ.get("TERM", "")
    try:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise StartupError(fallback_messages.NO_TERMINAL)
        if term in NO_CURSOR or not _TERM.fullmatch(term):
            raise StartupError(fallback_messages.NOT_UNATTENDED.format(term=term[:40]))
        if sys.stderr.isatty():  # somebody is setting it up; a service says it in its journal
            with pack_at(request.content) as pack:
                library_of(pack, settings_of(request.config))
    except StartupError as why:
        print(why, file=sys.stderr)
        return 1
    told = json.dumps(
        {
            "content": os.path.abspath(request.content) if request.content else None,
            "theme": request.theme,
            "level": request.level,
            "topic": request.topic,
            "config": str(request.config.resolve()) if request.config else None,
            "ascii": request.ascii_only,
        }
    )
    kept = (
        "COLORTERM", "NO_COLOR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME", "NOTIFY_SOCKET",
        "WATCHDOG_USEC",
    )  # fmt: skip
    clean = {name: os.environ[name] for name in kept if name in os.environ}
    clean |= {"TERM": term, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    factory = json.dumps(interpreter("kiosk.worker.main", told))
    return os.execve(sys.executable, interpreter("kiosk.serve.console.main", factory), clean)


def interpreter(module: str, told: str) -> list[str]:
    """The command line of `main(told)` of a module, in an interpreter that obeys no variable."""
    root = str(Path(__file__).resolve().parents[2])
    code = f"import sys; sys.path.insert(0, {root!r}); from {module} import main; main(sys.argv[1])"
    return [sys.executable, "-I", "-X", "utf8", "-c", code, told]


def _is_unattended(request: Request) -> bool:
    """Whether the settings say that nobody looks after this terminal."""
    try:
        return settings_of(request.config).screen.unattended
    except StartupError:
        return False


def _open(
    request: Request,
    visit: Callable[[Pack, Request, Settings], int],
    *,
    needs_terminal: bool = False,
) -> int:
    try:
        if needs_terminal and not is_terminal():
            raise StartupError(fallback_messages.NO_TERMINAL)
        settings = settings_of(request.config)
        with pack_at(request.content) as pack:
            return visit(pack, request, settings)
    except (StartupError, PackError) as why:
        print(why, file=sys.stderr)
        return 1


def is_terminal() -> bool:
    """Whether a person is at both ends of this process."""
    return all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _draw(pack: Pack, request: Request, settings: Settings) -> int:
    close_environment()
    from kiosk.ui.app import KioskApp, can_colour

    port = _port(pack, request, settings, Presentation.SCREEN)
    palettes, complaint = palettes_for(
        pack, request.theme, coloured=can_colour(), offered=settings.show.themes
    )
    app = KioskApp(
        port,
        palettes,
        may_quit=True,
        complaint=complaint,
        ascii_only=request.ascii_only or settings.screen.ascii,
    )
    app.run()
    if app.return_code:
        print(fallback_messages.CRASHED.format(where=app.crashed_at), file=sys.stderr)
    return app.return_code or 0


def close_environment() -> None:
    """Take out what would make Textual log, press keys, load drivers or believe in a size."""
    for name in list(os.environ):
        if name.startswith("TEXTUAL") or name in MEDDLING:
            del os.environ[name]


def _tell(pack: Pack, request: Request, settings: Settings) -> int:
    from kiosk.lines.main import run_lines

    if sys.stdout is None:
        raise StartupError(fallback_messages.NO_OUTPUT)
    columns = get_terminal_size((DEFAULT_WIDTH, 24)).columns
    width = request.width or max(columns, LEAST_WIDTH)
    port = _port(pack, request, settings, Presentation.LINES)
    bare = request.ascii_only or settings.screen.ascii
    return run_lines(port, clock, width=width, pause=request.pause, ascii_only=bare)


def _port(
    pack: Pack, request: Request, settings: Settings, manner: Presentation
) -> VisitController:
    library = library_of(pack, settings, request.topic)
    opening = visit_defaults_of(library, request, settings, manner)
    return VisitController(library, opening, clock, store_for(pack, request, settings))
