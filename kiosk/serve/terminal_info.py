"""Check the name that a client gives for its terminal (the variable TERM), before it is used."""

from __future__ import annotations

import re

from kiosk.escape_sequences import NO_CURSOR

UNKNOWN_TERM = "vt100"
"""The kind that a terminal counts as whose TERM cannot be a name: no colors, a cursor that
moves."""

_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,31}")


def is_term(term: str) -> bool:
    """Return whether `term` has the form of a terminal's name and is none of those without a
    cursor, such as `dumb`.
    """
    return term not in NO_CURSOR and bool(_TERM.fullmatch(term))


def known_term(term: str) -> str:
    """Return the TERM that a client sent if it has the form of a terminal's name, or is empty or
    another that means no cursor; else `UNKNOWN_TERM`.
    """
    return term if term in NO_CURSOR or is_term(term) else UNKNOWN_TERM
