"""A sheet as bytes for the process that prints it: JSON of a bounded size, checked when it is read.

The process that sends it may have been taken over by what somebody typed; so nothing but words in
known roles is taken, and no control character among them.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine
from kiosk.core.take_home.state import SheetKind

MOST_BYTES = 60_000
"""Of one sheet: it fits a message of a lifeline. The longest of the shipped topic has 30,000."""
MOST_LINES = 600
MOST_DAYS = 31
MOST_COLUMNS = 8
MOST_ROWS = 12


class InvalidSheet(ValueError):
    """Bytes that are no sheet."""


def to_bytes(sheet: Sheet, wish: dict[str, object]) -> bytes:
    """Return a sheet, and how it is wanted (printed or saved, in large letters), as JSON."""
    whole = {"sheet": asdict(sheet), "wish": wish}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> tuple[Sheet, dict[str, object]]:
    """Return a sheet, and how it is wanted, from JSON; raises InvalidSheet for anything else."""
    if len(data) > MOST_BYTES:
        raise InvalidSheet("too long")
    try:
        whole = json.loads(data)
        given, wish = whole["sheet"], whole["wish"]
        sheet = Sheet(
            SheetKind(given["kind"]),
            _text(given["language"]),
            _text(given["title"]),
            tuple(
                SheetLine(LineRole(line["role"]), _text(line["text"]))
                for line in _list(given["lines"], MOST_LINES)
            ),
            tuple(_text(name) for name in _list(given["columns"], MOST_COLUMNS)),
            tuple(_text(day) for day in _list(given["days"], MOST_DAYS)),
            tuple(_text(name) for name in _list(given["daily"], MOST_COLUMNS)),
            min(MOST_ROWS, max(0, int(given["rows"]))),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidSheet("no sheet") from error
    if not isinstance(wish, dict):
        raise InvalidSheet("no wish")
    return sheet, wish


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise InvalidSheet("no list, or a long one")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidSheet("no text")
    return "".join(c if c.isprintable() else " " for c in value)
