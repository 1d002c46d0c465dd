"""Ask a terminal for the size of its window, and keep the answer within the limits."""

from __future__ import annotations

import os

from kiosk.window_size import clamp_size


def terminal_size(descriptor: int) -> tuple[int, int]:
    """Return a terminal's columns and rows, kept within 1x1 and `MAX_SIZE`; 80x24 if unknown."""
    try:
        columns, rows = os.get_terminal_size(descriptor)
    except OSError:
        columns, rows = 0, 0
    return clamp_size(columns, rows, least=(1, 1))
