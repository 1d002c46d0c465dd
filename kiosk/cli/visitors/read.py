"""`kiosk read`: print a visit line by line and read answers from standard input, for screen
readers, braille displays and scripts.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress

from kiosk import fallback_messages
from kiosk.cli.options import add_lines, add_visit, launch_options
from kiosk.core.port import VisitController
from kiosk.core.visit import Presentation
from kiosk.errors import StartupError
from kiosk.library.pack.reader import Pack
from kiosk.settings.model import Settings
from kiosk.site.content import library_of, pack_at, settings_of, visit_defaults_of
from kiosk.site.request import LaunchOptions
from kiosk.site.store import store_for
from kiosk.site.take_home import outlets_of, sheet_command
from kiosk.system.clock import clock
from kiosk.system.core_dumps import forbid_core_dumps

DEFAULT_WIDTH = 76
"""Columns where no terminal says how wide it is."""
LEAST_WIDTH = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk read` on its parser, and set `read` as the function to run."""
    add_visit(parser)
    add_lines(parser)
    parser.set_defaults(run=read)


def read(options: argparse.Namespace) -> int:
    """Run `kiosk read`: one visit after another, line by line, until the reader leaves; return the
    exit status.
    """
    from kiosk.lines.main import run_lines  # `run` needs this module without it

    forbid_core_dumps()
    if sys.stdout is None:
        raise StartupError(fallback_messages.NO_OUTPUT)
    launch = launch_options(options)
    settings = settings_of(launch.config)
    columns = _columns()
    with pack_at(launch.content) as pack:
        return run_lines(
            port_for(pack, launch, settings, Presentation.LINES),
            clock,
            width=options.width or max(columns, LEAST_WIDTH),
            pause=options.pause,
            ascii_only=launch.ascii_only or settings.screen.ascii,
        )


def port_for(
    pack: Pack, launch: LaunchOptions, settings: Settings, presentation: Presentation
) -> VisitController:
    """Return the port of a new visit that runs in this process, for a front end of the given
    presentation.

    The visitor may print and save sheets if the settings allow it: a person who starts `kiosk run`
    or `kiosk read` is logged in here.
    """
    library = library_of(pack, settings, launch.topic)
    draws = presentation is Presentation.SCREEN
    offered = outlets_of(settings, may_print=True, may_save=True, draws=draws)
    defaults = visit_defaults_of(library, launch, settings, presentation, outlets=offered)
    command = sheet_command(settings, may_save=True)
    store = store_for(pack, launch, settings)
    if not command:
        return VisitController(library, defaults, clock, store)
    from kiosk.sheets.outlets import ProcessOutlets

    return VisitController(library, defaults, clock, store, outlets=ProcessOutlets(command))


def _columns() -> int:
    """Return the terminal's columns, as COLUMNS or it says; `shutil` takes 1.5 ms to import."""
    with suppress(ValueError, OSError):
        return int(os.environ.get("COLUMNS", "")) or DEFAULT_WIDTH
    with suppress(OSError):
        return os.get_terminal_size(sys.stdout.fileno()).columns or DEFAULT_WIDTH
    return DEFAULT_WIDTH
