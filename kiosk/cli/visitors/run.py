"""`kiosk run`: open the kiosk on this terminal; with --unattended, under the console supervisor."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import suppress

from kiosk import fallback_messages
from kiosk.cli import key_signals, refusals
from kiosk.cli.options import add_lines, add_theme, add_visit, launch_options
from kiosk.errors import StartupError
from kiosk.escape_sequences import NO_CURSOR
from kiosk.fast_dataclass import replace
from kiosk.site.content import library_of, pack_at, palettes_for, settings_of
from kiosk.site.request import LaunchOptions
from kiosk.site.take_home import sheet_command
from kiosk.system.core_dumps import forbid_core_dumps
from kiosk.system.processes import can_run_sessions, python_command
from kiosk.system.signals import SIGNALLED
from kiosk.terminal.environment import can_colour, close_environment, describe_console
from kiosk.typed_text import encoding_of, is_unicode

_KEPT = (
    "COLORTERM", "NO_COLOR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME", "NOTIFY_SOCKET",
    "WATCHDOG_USEC", "RUNTIME_DIRECTORY", "STATE_DIRECTORY",
)  # fmt: skip
"""Environment variables that an unattended kiosk obeys."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk run` on its parser, and set `run` as the function to run."""
    add_visit(parser)
    parser.add_argument(
        "--unattended", action="store_true",
        help="nobody looks after this terminal: each visit is a new process, and nothing leads out",
    )  # fmt: skip
    add_theme(parser)
    add_lines(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run `kiosk run`: open the kiosk on this terminal and return the exit status.

    The visit goes line by line, as in `kiosk read`, where the terminal cannot move its cursor. On
    an unattended terminal this process is replaced by the console supervisor. Raises StartupError
    where there is no terminal.
    """
    launch = launch_options(options)
    if options.unattended or _is_unattended(launch):
        key_signals.ignore()
        return _run_unattended(launch)
    key_signals.release()
    describe_console()
    term = os.environ.get("TERM", "")
    if term == "dumb" or (term in NO_CURSOR and is_terminal()):
        from kiosk.cli.visitors.read import read

        return read(options)
    if not is_terminal():
        raise StartupError(fallback_messages.NO_TERMINAL)
    return _draw(launch)


def is_terminal() -> bool:
    """Return whether standard input and standard output are both open and terminals."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _is_unattended(launch: LaunchOptions) -> bool:
    """Return whether the settings say that nobody looks after this terminal."""
    with suppress(StartupError):  # it is reported where the settings are used
        return settings_of(launch.config).screen.unattended
    return False


def _draw(launch: LaunchOptions) -> int:
    forbid_core_dumps()
    close_environment()
    from kiosk.asyncio_without_tls import load_asyncio
    from kiosk.cli.visitors.read import port_for
    from kiosk.core.visit import Presentation

    settings = settings_of(launch.config)
    encoding = encoding_of(sys.stdout)
    with pack_at(launch.content) as pack:
        # after the pack: reading it takes its size twice for a moment, which is then free for this
        load_asyncio()
        from kiosk.ui.app import KioskApp

        port = port_for(pack, launch, settings, Presentation.SCREEN)
        palettes, complaint = palettes_for(
            pack, launch.theme, coloured=can_colour(), offered=settings.show.themes
        )
        app = KioskApp(
            port,
            palettes,
            may_quit=True,
            complaint=complaint,
            ascii_only=launch.ascii_only or settings.screen.ascii or not is_unicode(encoding),
            encoding=encoding,
        )
        app.run()
    if app.return_code and app.return_code < SIGNALLED:
        print(fallback_messages.CRASHED.format(where=app.crashed_at), file=sys.stderr)
    return app.return_code or 0


def _run_unattended(launch: LaunchOptions) -> int:
    """Replace this process by the console supervisor, with a clean environment."""
    from kiosk.serve.terminal_info import is_term  # a session needs none of it

    term = os.environ.get("TERM", "")
    if not can_run_sessions():
        command = "kiosk run --unattended"
        raise StartupError(refusals.NEEDS_LINUX.format(command=command))
    if not is_terminal():
        raise StartupError(fallback_messages.NO_TERMINAL)
    if not is_term(term):
        raise StartupError(fallback_messages.NOT_UNATTENDED.format(term=term[:40]))
    if sys.stderr is not None and sys.stderr.isatty():
        # somebody is setting it up and sees what is wrong; a service has it in its journal
        with pack_at(launch.content) as pack:
            library_of(pack, settings_of(launch.config))
    # which the clean environment does not tell: its locale is one that every machine has
    launch = replace(launch, encoding=encoding_of(sys.stdout))
    clean = {name: os.environ[name] for name in _KEPT if name in os.environ}
    clean |= {"TERM": term, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    commands = json.dumps(
        {
            "worker": python_command("kiosk.worker.main", json.dumps(launch.to_json())),
            "sheet": _sheet_command(launch),
        }
    )
    return os.execve(sys.executable, python_command("kiosk.serve.console.main", commands), clean)


def _sheet_command(launch: LaunchOptions) -> list[str]:
    """Return the command line of what prints; empty where the settings name no printer."""
    with suppress(StartupError):  # it is reported where the settings are used
        return sheet_command(settings_of(launch.config), may_save=False)
    return []
