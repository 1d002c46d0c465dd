"""Convert a sheet to bytes for the process that prints or saves it, and back: JSON of a bounded
size, checked when it is read.

The sending process may have been taken over by what somebody typed. So only lines in known roles
are accepted, and control characters in them become spaces.
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
    """Raised by `from_bytes` for bytes that are no sheet, or too long."""


def to_bytes(sheet: Sheet, wish: dict[str, object]) -> bytes:
    """Return a sheet, and the wish of how to hand it out, as JSON in UTF-8. The wish has the keys
    `outlet` (print or save) and `large` (whether in large print).
    """
    whole = {"sheet": asdict(sheet), "wish": wish}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> tuple[Sheet, dict[str, object]]:
    """Read the JSON that `to_bytes` made; return the sheet and the wish, a dict whose values are
    not checked. Raises InvalidSheet for anything else, or for a sheet that is too long.
    """
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
            min(MOST_ROWS, max(0, _number(given["rows"]))),
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


def _number(value: Any) -> int:
    if type(value) is not int:
        raise InvalidSheet("no whole number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidSheet("no text")
    return "".join(c if c.isprintable() else " " for c in value)
