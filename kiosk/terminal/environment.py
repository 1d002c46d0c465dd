"""Environment variables of a terminal: those that are obeyed, and those that are taken out."""

from __future__ import annotations

import os

MEDDLING = ("COLUMNS", "LINES", "ESCDELAY", "LC_TERMINAL", "TERM_PROGRAM", "FORCE_COLOR", "BROWSER")
"""Variables that Textual or a library of it obeys, beside those that begin with TEXTUAL."""


def close_environment() -> None:
    """Take out what would make Textual log, press keys, load drivers or believe in a size."""
    for name in list(os.environ):
        if name.startswith("TEXTUAL") or name in MEDDLING:
            del os.environ[name]


def can_colour() -> bool:
    """Return whether the terminal draws the exact colours of a theme, and nobody asked for none."""
    if "NO_COLOR" in os.environ:
        return False
    term, more = os.environ.get("TERM", ""), os.environ.get("COLORTERM", "")
    return "256color" in term or "direct" in term or more in ("truecolor", "24bit")
