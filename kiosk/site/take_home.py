"""Outlets that a session may offer (print, save, codes), and the command that starts the process
that prints and saves sheets.
"""

from __future__ import annotations

import json

from kiosk.core.take_home.state import Outlet
from kiosk.settings.model import Settings
from kiosk.system.processes import CAN_SPAWN, python_command


def outlets_of(
    settings: Settings, *, may_print: bool, may_save: bool, draws: bool
) -> frozenset[Outlet]:
    """Return the outlets that the settings turn on and that this kind of session can have.

    Args:
        settings: of the site.
        may_print: whether the visitor is near the printer; a printer also needs CUPS on this
            system.
        may_save: whether the machine belongs to the visitor or to somebody who helps them.
        draws: whether there is a screen that can show codes.
    """
    wanted = settings.take_home
    offered = {
        Outlet.PRINT: may_print and bool(wanted.printer) and CAN_SPAWN,
        Outlet.SAVE: may_save and bool(wanted.save),
        Outlet.CODES: draws and wanted.codes,
    }
    return frozenset(outlet for outlet, is_offered in offered.items() if is_offered)


def sheet_command(settings: Settings, *, may_save: bool) -> list[str]:
    """Return the command that starts `kiosk.sheets.job`, which prints and saves sheets.

    It is a list: program and arguments. Empty where the settings name neither a printer nor, with
    `may_save`, a folder.
    """
    wanted = settings.take_home
    folder = wanted.save if may_save else ""
    if not wanted.printer and not folder:
        return []
    site = {
        "printer": wanted.printer,
        "server": wanted.print_server,
        "paper": wanted.paper.value,
        "folder": folder,
    }
    return python_command("kiosk.sheets.job", json.dumps(site))
