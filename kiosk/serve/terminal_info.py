"""What a client may say of its terminal, and what is made of it: its name and its size."""

from __future__ import annotations

import re

from kiosk.escape_sequences import MAX_SIZE, NO_CURSOR

MIN_SIZE = (20, 6)
"""The fewest columns and rows: what a hostile size costs is what the smallest screen costs."""
DEFAULT_SIZE = (80, 24)
"""Columns and rows of a terminal that does not say."""
UNKNOWN_TERM = "vt100"
"""What a terminal counts as whose TERM cannot be a name: it has no colors, and moves a cursor."""

_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,31}")


def is_term(term: str) -> bool:
    """Whether a terminal that is drawn on can have this name."""
    return term not in NO_CURSOR and bool(_TERM.fullmatch(term))


def known_term(term: str) -> str:
    """Return TERM as the client said it, if it can be a name, else `UNKNOWN_TERM`."""
    return term if term in NO_CURSOR or is_term(term) else UNKNOWN_TERM


def clamp_size(columns: int, rows: int) -> tuple[int, int]:
    """Return a size that can be drawn; 0 stands for a size that is not known."""
    return (
        min(max(columns or DEFAULT_SIZE[0], MIN_SIZE[0]), MAX_SIZE[0]),
        min(max(rows or DEFAULT_SIZE[1], MIN_SIZE[1]), MAX_SIZE[1]),
    )
