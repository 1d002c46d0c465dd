"""Environment variables about the terminal: remove harmful ones, set TERM, read its colors."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

MEDDLING = ("COLUMNS", "LINES", "ESCDELAY", "LC_TERMINAL", "TERM_PROGRAM", "FORCE_COLOR", "BROWSER")
"""Variables that Textual or a library of it obeys, besides those that begin with TEXTUAL."""
MANY_COLOURS = ("alacritty", "kitty", "ghostty", "foot", "wezterm", "contour", "rio", "konsole")
"""Terminals with 256 colors or more whose TERM does not say so; terminfo is not everywhere."""
CONSOLE_TERM = "xterm-256color"
"""The kind of terminal that a console of Windows 10 and later draws like."""
TRUE_COLOUR = ("truecolor", "24bit")
"""Values of COLORTERM for every color there is."""
_TERMINFO = ("/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo")
_COLORS = 13
"""The position of `colors` among the numbers of a terminfo entry (term(5), <term.h>)."""
_SHORT, _LONG = 0o432, 0o1036
"""The first number of an entry whose numbers have two bytes, or four."""
_LARGEST_ENTRY = 32_768


def close_environment() -> None:
    """Remove variables that would have Textual log, press keys, load drivers or mistake the size.

    An empty NO_COLOR goes, too: it asks for nothing (no-color.org), but Textual would obey it.
    """
    for name in list(os.environ):
        if name.startswith("TEXTUAL") or name in MEDDLING:
            del os.environ[name]
    if not asks_for_no_colour():
        os.environ.pop("NO_COLOR", None)


def describe_console() -> None:
    """Set TERM on a Windows console that obeys escape sequences; where TERM is set, do nothing."""
    if os.environ.get("TERM"):
        return
    with suppress(ImportError):  # there is `termios`, and this is no such console
        import msvcrt  # noqa: F401 - first: it is nowhere but there, and costs nothing to miss

        close_environment()  # before Textual is imported
        from kiosk.terminal.console_driver import can_draw

        if can_draw():
            os.environ["TERM"] = CONSOLE_TERM


def asks_for_no_colour() -> bool:
    """Return whether the environment asks for no colors: NO_COLOR has a value."""
    return bool(os.environ.get("NO_COLOR"))


def can_colour() -> bool:
    """Return whether the terminal has 256 colors or more, and NO_COLOR does not forbid them."""
    return not asks_for_no_colour() and colour_system() != "standard"


def has_half_blocks() -> bool:
    """Return whether the terminal can show "▀" and "▄"; the fonts of the Linux console cannot."""
    return os.environ.get("TERM", "") not in ("linux", "linux-16color")


def colour_system() -> Literal["standard", "256", "truecolor"]:
    """Return the terminal's kind of color by Rich's name; "standard" stands for 16 colors."""
    term = os.environ.get("TERM", "")
    if os.environ.get("COLORTERM", "") in TRUE_COLOUR or term.endswith("direct"):
        return "truecolor"
    named = "256color" in term or any(part in MANY_COLOURS for part in term.split("-"))
    return "256" if named or terminfo_colours(term) >= 256 else "standard"


def terminfo_colours(term: str) -> int:
    """Return how many colors the terminfo entry of the terminal `term` states; 0 if none does."""
    if not term or "/" in term or term.startswith("."):
        return 0
    for folder in _terminfo_folders():
        for name in (f"{term[0]}/{term}", f"{ord(term[0]):x}/{term}"):
            with suppress(OSError, struct.error), open(folder / name, "rb") as entry:
                return _colours_in(entry.read(_LARGEST_ENTRY))
    return 0


def _terminfo_folders() -> Iterator[Path]:
    """Return where ncurses looks for entries, in its order."""
    own = [os.environ.get("TERMINFO", ""), os.path.expanduser("~/.terminfo")]
    for folder in [*own, *os.environ.get("TERMINFO_DIRS", "").split(":"), *_TERMINFO]:
        if folder:
            yield Path(folder)


def _colours_in(entry: bytes) -> int:
    """Return the number of colors in a compiled entry; struct.error where it is none."""
    magic, names, booleans, numbers = struct.unpack_from("<4H", entry)
    if magic not in (_SHORT, _LONG) or numbers <= _COLORS:
        return 0
    start = 12 + names + booleans
    start += start % 2
    colours: int = (
        struct.unpack_from("<h", entry, start + 2 * _COLORS)
        if magic == _SHORT
        else struct.unpack_from("<i", entry, start + 4 * _COLORS)
    )[0]
    return max(0, colours)
