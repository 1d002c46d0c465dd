"""Report of `kiosk doctor` on the ways to take pages along: printing, saving, and codes to scan."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec

from kiosk.settings.model import Settings, TakeHomeSettings
from kiosk.sheets.codes import code_of

GOOD, NOTE = "ok  ", "note"
CONSOLE_ROOM = 24
"""Modules of a code on a Linux console: one a row."""


def take_home(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield findings on printing, saving and codes: a state (GOOD or NOTE) and a sentence on what
    is offered to visitors, or what is missing for it.
    """
    wanted = settings.take_home
    if not wanted.printer and not wanted.save:
        yield GOOD, "Pages are read on the screen; nothing is printed or saved ([take-home])."
    if wanted.printer:
        yield _printer(wanted)
    if wanted.save:
        yield GOOD, f"Whoever uses kiosk run or kiosk read here may save pages in {wanted.save}."
    if (wanted.printer or wanted.save) and find_spec("fpdf") is None:
        yield NOTE, "Pages are plain text, not PDF: fpdf2 is missing (pip install 'kiosk[print]')."
    for topic, address in wanted.addresses.items() if wanted.codes else ():
        if code_of(address, CONSOLE_ROOM) is None:
            yield (
                NOTE,
                f"The address of {topic} is too long for a code on a Linux console of 24 rows; "
                "there it is shown as words.",
            )


def _printer(wanted: TakeHomeSettings) -> tuple[str, str]:
    """The queue of CUPS, as this user sees it now."""
    if shutil.which("lpstat") is None or shutil.which("lp") is None:
        return NOTE, "Nothing can be printed: lp is missing (apt install cups-client)."
    server = ["-h", wanted.print_server] if wanted.print_server else []
    try:
        asked = subprocess.run(
            ["lpstat", *server, "-a", wanted.printer],
            capture_output=True, timeout=10, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return NOTE, "The print service does not answer; visitors are told to ask the staff."
    if asked.returncode:
        return NOTE, f"There is no printer {wanted.printer} here now (lpstat -a)."
    return GOOD, f"Pages are printed by {wanted.printer}, on {wanted.paper.value} paper."
