"""Filter for output to a terminal: printable text and the few sequences that drawing needs."""

from __future__ import annotations

import re
import unicodedata

_ALLOWED = (
    r"\x1b\[(?:"
    r"[\d;]{0,64}m"  # colour, bold, reverse
    r"|\d{1,4};\d{1,4}H|H"  # to a cell
    r"|[23]?J|2K"  # clear
    # wrap, cursor, touches, other screen, pastes, whole frames
    r"|\?(?:7|25|1000|1002|1006|1049|2004|2026)[hl]"
    r")"
)
_STRINGS = r"\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"
_SEQUENCES = r"\x1b\[[0-?]*[ -/]*[@-~]?|\x1b[ -/]*[0-~]?"
_UNPRINTABLE = (
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000effff]"
)
_DRAWN = re.compile(rf"({_ALLOWED})|{_STRINGS}|{_SEQUENCES}|{_UNPRINTABLE}")


_BARE = {
    **dict.fromkeys("─═", "-"),
    **dict.fromkeys("│║", "|"),
    **dict.fromkeys("┌┐└┘╔╗╚╝├┤┬┴┼╠╣╦╩╬", "+"),
    **dict.fromkeys("►▶→", ">"),
    **dict.fromkeys("◄◀←", "<"),
    **dict.fromkeys("▼↓", "v"),
    **dict.fromkeys("▲↑", "^"),
    **dict.fromkeys("•·■", "*"),
    **dict.fromkeys("█▓", "#"),
    **dict.fromkeys("▒░", ":"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("–—‐‑", "-"),
    **dict.fromkeys("µμ", "u"),
    "…": ".", "¿": "?", "¡": "!", "ß": "s", "ø": "o", "Ø": "O", "ł": "l", "\u00a0": " ",
}  # fmt: skip
_NO_ASCII = re.compile(r"[^\x00-\x7f]")


def bare(drawn: str) -> str:
    """Return text in ASCII, each character replaced by one like it, or "?": no column moves."""
    return _NO_ASCII.sub(lambda match: _bare_of(match[0]), drawn)


def _bare_of(character: str) -> str:
    if character in _BARE:
        return _BARE[character]
    plain = unicodedata.normalize("NFD", character)[0]
    return plain if plain.isascii() else "?"


def filtered(drawn: str) -> str:
    """Return output without controls, sequences and invisible characters off the allow-list.

    The text inside a sequence that is dropped, such as a window's title, is dropped with it.
    """
    return _DRAWN.sub(lambda match: match[1] or "", drawn)
