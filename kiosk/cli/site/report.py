"""`kiosk report`: print how much the kiosk was used, from the counts that its services keep."""

from __future__ import annotations

import argparse
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from kiosk.errors import KioskError, StartupError
from kiosk.settings.file import find_settings, read_settings
from kiosk.usage import store
from kiosk.usage.report import FORMATS, lines_of

SERVICES = ("kiosk-console", "kiosk-ssh", "kiosk-serve")
STATE = Path("/var/lib")
DAYS = 30
"""Days of a report that names none."""
OFF = (
    "Counting is off, so there are no figures. Set `enabled = true` under [usage] in kiosk.toml, "
    "and visits count from then on."
)
NOTHING_YET = "Nothing yet. Visits are written within five minutes after they end: look again then."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk report` on its parser, and set
    `report` as the function to run.
    """
    parser.add_argument(
        "--from", dest="first", type=_day, metavar="DAY", help="the first day, as 2026-11-01"
    )
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="the last; else today")
    parser.add_argument("--format", choices=FORMATS, default="table", help="how to print it")
    parser.add_argument("--by-day", action="store_true", help="each day by itself, not their sum")
    parser.add_argument(
        "--file", type=Path, action="append", metavar="FILE",
        help="a usage.sqlite, also of another machine; may be repeated; else the services' own",
    )  # fmt: skip
    parser.set_defaults(run=report)


def report(options: argparse.Namespace) -> int:
    """Run `kiosk report`: print the usage between two days, or why there is none; return 0. Raises
    StartupError where a file of counts cannot be read.
    """
    last: date = options.last or date.today()
    first: date = options.first or last - timedelta(days=DAYS - 1)
    files = options.file or [STATE / service / store.FILE for service in SERVICES]
    rows = [row for file in files for row in _rows(file, first, last, is_asked=bool(options.file))]
    is_empty = not rows and options.format == "table" and not options.file
    why = _why_nothing(last) if is_empty else ""
    print(why or FORMATS[options.format](lines_of(rows, by_day=options.by_day)))
    return 0


def _why_nothing(last: date) -> str:
    """Return why this machine has no figures up to a day; empty where no visit is the reason."""
    try:
        file = find_settings(None)
        is_on = file is not None and read_settings(file).usage.enabled
    except KioskError:
        return ""  # `kiosk doctor` says what is wrong with them
    if not is_on:
        return OFF
    return NOTHING_YET if last >= date.today() else ""


def _rows(file: Path, first: date, last: date, *, is_asked: bool) -> list[store.DailyCount]:
    if is_asked and not file.exists():
        raise StartupError(f"There is no file {file}.")
    try:
        return list(store.read(file, first.isoformat(), last.isoformat()))
    except (sqlite3.Error, OSError) as error:
        raise StartupError(f"{file} cannot be read: {error}. Run it as root.") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-01") from None
