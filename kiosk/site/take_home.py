"""Outlets that a site offers in a kind of session, and the command line of `kiosk.sheets.job`."""

from __future__ import annotations

import json

from kiosk.core.take_home.state import Outlet
from kiosk.settings.model import Settings
from kiosk.system.processes import CAN_SPAWN, python_command


def outlets_of(
    settings: Settings, *, may_print: bool, may_save: bool, draws: bool
) -> frozenset[Outlet]:
    """Return what the settings offer, as far as this kind of session can have it.

    Args:
        settings: of the site.
        may_print: whether the visitor stands where the printer is; only CUPS prints.
        may_save: whether the machine is the visitor's or their helper's.
        draws: whether there is a screen to show codes on.
    """
    wanted = settings.take_home
    offered = {
        Outlet.PRINT: may_print and bool(wanted.printer) and CAN_SPAWN,
        Outlet.SAVE: may_save and bool(wanted.save),
        Outlet.CODES: draws and wanted.codes,
    }
    return frozenset(outlet for outlet, is_offered in offered.items() if is_offered)


def sheet_command(settings: Settings, *, may_save: bool) -> list[str]:
    """Return the command line of `sheets.job` for this site; empty where nothing goes out."""
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
