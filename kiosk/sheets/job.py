"""Entry point of the child process that prints or saves one sheet, and ends.

It reads the sheet (the JSON of the module `wire`) from standard input, and writes one line: a
value of SheetResult, a tab, and the path of the saved file, if any; after `failed` the type and
line of code of the error, if it was one. No word of the sheet is in its arguments, environment or
error messages.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import Outlet, SheetResult
from kiosk.errors import raised_at
from kiosk.sheets.printer import Printer
from kiosk.sheets.save import save
from kiosk.sheets.text import text_of
from kiosk.sheets.wire import MOST_BYTES, from_bytes

LONGEST = 180
"""Seconds after which the process is ended by the kernel, whatever it waits for; on Windows the
process that started it does that."""


def main(argument: str) -> None:
    """Print or save the sheet on standard input, as its data ask; print one line with the result on
    standard output, `failed` for any error with the sheet.

    Args:
        argument: a JSON object with the site's `printer`, print `server`, `paper` and `folder`,
            each a text that is empty where the site has none.
    """
    if sys.platform != "win32" and hasattr(signal, "alarm"):
        signal.alarm(LONGEST)
    site = json.loads(argument)
    try:
        sheet, wish = from_bytes(sys.stdin.buffer.read(MOST_BYTES + 1))
        result, where = _handed_over(sheet, wish, site)
    except Exception as error:  # whose words could be the visitor's
        result, where = SheetResult.FAILED, raised_at(error)
    print(f"{result.value}\t{where}", flush=True)


def _handed_over(
    sheet: Sheet, wish: dict[str, object], site: dict[str, str]
) -> tuple[SheetResult, str]:
    data, suffix = _file_of(sheet, site, large=wish.get("large") is True)
    if wish.get("outlet") == Outlet.SAVE and site["folder"]:
        return save(data, Path(site["folder"]).expanduser(), sheet.kind.value, suffix)
    if wish.get("outlet") == Outlet.PRINT and site["printer"]:
        printer = Printer(site["printer"], site["server"])
        return printer.print(data, site["paper"]), ""
    return SheetResult.FAILED, ""


def _file_of(sheet: Sheet, site: dict[str, str], *, large: bool) -> tuple[bytes, str]:
    """The sheet as PDF; as text where fpdf2 is not installed (`kiosk[print]`)."""
    try:
        from kiosk.sheets.pdf import pdf_of
        from kiosk.sheets.pdf_page import Paper
    except ImportError:
        return text_of(sheet).replace("\n", os.linesep).encode(), ".txt"
    paper = Paper.A4 if site["paper"] == "a4" else Paper.LETTER
    return pdf_of(sheet, paper=paper, large=large), ".pdf"


if __name__ == "__main__":
    main(sys.argv[1])
