"""The name of a client's terminal (TERM): which names are taken as they are said."""

from __future__ import annotations

import re

from kiosk.escape_sequences import NO_CURSOR

UNKNOWN_TERM = "vt100"
"""What a terminal counts as whose TERM cannot be a name: it has no colors, and moves a cursor."""

_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,31}")


def is_term(term: str) -> bool:
    """Whether `term` can be the name of a terminal that is drawn on."""
    return term not in NO_CURSOR and bool(_TERM.fullmatch(term))


def known_term(term: str) -> str:
    """Return the client's TERM if it has the form of a terminal's name, else `UNKNOWN_TERM`."""
    return term if term in NO_CURSOR or is_term(term) else UNKNOWN_TERM
