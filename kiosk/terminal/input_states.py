"""States of the parser of a terminal's bytes, and sets of bytes that lead from one to another."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from kiosk.terminal.keys import Key, Paste

ESC: Final = 0x1B
BELL: Final = 0x07


class State(Enum):
    """State of the parser: what the bytes so far have begun, such as a character or a sequence."""

    GROUND = auto()
    ESCAPE = auto()  # a key by itself, if silence follows
    CSI = auto()
    SS3 = auto()
    STRING = auto()
    """An OSC, DCS, APC, PM or SOS: dropped whole."""
    STRING_ESCAPE = auto()
    COUNTED = auto()  # so many bytes, dropped: an old mouse report, a letter of another set
    INTERMEDIATE = auto()
    """After ESC and one of ` !"#$%&'()*+,-./`: dropped until a final byte."""
    OVERLONG = auto()
    """A sequence longer than any we know, dropped."""
    CHARACTER = auto()


BEGUN: Final = {
    **dict.fromkeys(b"]PX^_", State.STRING), ord("["): State.CSI, ord("O"): State.SS3,
    ESC: State.ESCAPE,
}  # fmt: skip
END: Final = Paste("")
"""The mark at the end of a paste."""
ENDED_BY_SILENCE: Final = (State.GROUND, State.CHARACTER, State.OVERLONG)
OF_A_MARK: Final = (State.GROUND, State.CHARACTER, State.ESCAPE, State.CSI)
LINE_ENDS: Final = (Key("enter"), Key("tab"))
C1: Final = range(0x80, 0xA0)
OF_SEQUENCES: Final = b"\x8e\x8f\x90\x98\x9b\x9d\x9e\x9f"
"""The controls among them with which a sequence begins."""
EIGHT_BIT: Final = b"\x8f\x9b"
"""Those that a terminal of eight bits sends for a key: SS3 and CSI."""
LATE_STARTS: Final = b"[O]^_#%()*+-./"
"""Bytes that may follow an ESC in a sequence; a person does not type one of these right after
it."""
LATE_LETTERS: Final = b"NPRX"
"""The letters among them, which a person types alone."""


def is_typed_late(state: State, byte: int, is_last: bool) -> bool:
    """Return whether the first byte after a silence starts a new key, not the rest of a sequence.

    Args:
        state: the parser's, which is in the midst of a sequence.
        byte: the first one after the silence.
        is_last: whether no other byte has come with this one.
    """
    if state is State.ESCAPE:
        return not (byte in LATE_STARTS or (byte in LATE_LETTERS and not is_last))
    if byte < 0x20:
        return byte not in (ESC, BELL)
    return byte > 0x7E and state in (State.CSI, State.SS3)
