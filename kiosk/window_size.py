"""The size of a terminal's window in columns and rows: its limits, its default, and clamping."""

from __future__ import annotations

MAX_SIZE = (400, 150)
"""The most columns and rows that are drawn; a larger window stays empty beyond them."""
MIN_SIZE = (20, 6)
"""The fewest that a client may claim: what a hostile size costs is what this screen costs."""
DEFAULT_SIZE = (80, 24)
"""Columns and rows of a terminal that does not say."""


def clamp_size(columns: int, rows: int, least: tuple[int, int] = MIN_SIZE) -> tuple[int, int]:
    """Return a window's columns and rows, kept within `least` and `MAX_SIZE`.

    A 0 means that the number is not known; it becomes that of `DEFAULT_SIZE` (80 columns, 24 rows).
    """
    return (
        min(max(columns or DEFAULT_SIZE[0], least[0]), MAX_SIZE[0]),
        min(max(rows or DEFAULT_SIZE[1], least[1]), MAX_SIZE[1]),
    )
