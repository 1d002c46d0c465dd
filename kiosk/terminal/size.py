"""The size of a terminal's window."""

from __future__ import annotations

import os

from kiosk.window_size import clamp_size


def terminal_size(descriptor: int) -> tuple[int, int]:
    """Return columns and rows of a terminal, from 1x1 to `MAX_SIZE`; 80x24 if it cannot say."""
    try:
        columns, rows = os.get_terminal_size(descriptor)
    except OSError:
        columns, rows = 0, 0
    return clamp_size(columns, rows, least=(1, 1))
