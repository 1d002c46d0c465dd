"""The size of a terminal's window."""

from __future__ import annotations

import os

from kiosk.escape_sequences import MAX_SIZE


def terminal_size(descriptor: int) -> tuple[int, int]:
    """Columns and rows of a terminal, from 1x1 to `MAX_SIZE`; 80x24 where it does not say."""
    try:
        columns, rows = os.get_terminal_size(descriptor)
    except OSError:
        columns, rows = 80, 24
    return min(max(1, columns or 80), MAX_SIZE[0]), min(max(1, rows or 24), MAX_SIZE[1])
