"""What goes to the process that prints: all of a sheet, and nothing but a sheet."""

from __future__ import annotations

import json

import pytest

from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine
from kiosk.core.take_home.state import SheetKind
from kiosk.sheets.wire import MOST_BYTES, InvalidSheet, from_bytes, to_bytes

SHEET = Sheet(
    SheetKind.DIARY, "es", "¿Qué comí?", (SheetLine(LineRole.POINT, "año"),), ("a", "b"), ("1",),
    ("c",), 3,
)  # fmt: skip


def changed(**fields: object) -> bytes:
    whole = json.loads(to_bytes(SHEET, {}))
    whole["sheet"] |= fields
    return json.dumps(whole).encode()


def test_a_sheet_arrives_as_it_was_sent() -> None:
    assert from_bytes(to_bytes(SHEET, {"large": True})) == (SHEET, {"large": True})


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b"x" * (MOST_BYTES + 1),
        changed(kind="program"), changed(lines="x"), changed(lines=[{"role": "text"}]),
        changed(lines=[{"role": "image", "text": "x"}]), changed(title=7), changed(rows="many"),
        changed(days=["x"] * 1000), changed(rows=float("inf")), changed(rows="4"),
        changed(rows=True),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidSheet):
        from_bytes(data)


def test_control_characters_do_not_get_through() -> None:
    sheet, _ = from_bytes(changed(title="a\x1b[2Jb\nc", rows=10_000))
    assert sheet.title == "a [2Jb c"
    assert sheet.rows <= 12
