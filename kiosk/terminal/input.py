"""Bytes from a terminal into the few keys and touches that the kiosk knows; all else is dropped.

Its rules:

1.  What is on no list of `keys` is dropped, never guessed: other sequences, replies that a
    terminal was not asked for, C0 and C1 controls, what is no text in the terminal's encoding.
2.  A sequence never becomes keys, and ends where the terminal ends it. Inside one that does not
    end, everything is dropped until silence: `rest()` ends it. What completes a sequence after
    that silence is dropped with it, until the next.
3.  CR LF is one Enter.
4.  What is remembered between bytes is bounded: `LONGEST_SEQUENCE` bytes of a sequence,
    `LONGEST_PASTE` characters of a paste.
5.  No input raises.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from kiosk.terminal.keys import AFTER_ESCAPE, CONTROLS, Character, Key, Paste, Token, token_of

LONGEST_SEQUENCE = 32
"""Bytes of one sequence; the longest on the lists has half as many."""
LONGEST_PASTE = 16_000
"""Characters of one paste: far more than any field takes, as all of a pasted story is heard for
danger before the field says that it is too long. Never fewer than a field takes: what is cut must
not look whole."""
ESCAPE_SILENCE = 0.2
"""Seconds after which a lone ESC was a key: a slow line brings the bytes of one 0.15 s apart."""
LATE_SILENCE = 1.0
"""Seconds within which what completes a sequence that had not ended is dropped with it."""
PASTE_SILENCE = 0.5
"""Seconds after which a paste that has not ended is dropped."""
_ESC: Final = 0x1B
_BELL: Final = 0x07
_CANCEL: Final = (0x18, 0x1A)
_X10_BYTES = 3


class _State(Enum):
    GROUND = auto()
    ESCAPE = auto()
    """After ESC: a key by itself, if silence follows."""
    CSI = auto()
    SS3 = auto()
    STRING = auto()
    """An OSC, DCS, APC, PM or SOS: dropped whole."""
    STRING_ESCAPE = auto()
    COUNTED = auto()
    """So many bytes, dropped: an old mouse report, a function key of the Linux console, a
    character of another set."""
    INTERMEDIATE = auto()
    """After ESC and one of ` !"#$%&'()*+,-./`: dropped until a final byte."""
    OVERLONG = auto()
    """A sequence longer than any we know: dropped until it ends, or until silence."""
    CHARACTER = auto()
    """A character of several bytes."""
    LATE_ESCAPE = auto()
    """After an ESC that silence made a key: a `[`, `O` or such now was a part of it."""
    LATE_CSI = auto()
    """Inside a sequence that silence ended: what completes it is dropped."""
    LATE_BRACKET = auto()
    """As LATE_CSI, directly after its `[`."""
    LATE_COUNTED = auto()
    """As COUNTED, after a silence."""


class InputParser:
    """Takes bytes, and is told of silence.

    Args:
        encoding: of the terminal's text, as Python names it.
    """

    __slots__ = ("_after_cr", "_decoder", "_missing", "_paste", "_sequence", "_state")

    def __init__(self, encoding: str = "utf-8") -> None:
        self._state = _State.GROUND
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._sequence = bytearray()
        self._missing = 0
        """Bytes that are still to be dropped."""
        self._after_cr = False
        self._paste: list[str] | None = None
        """What is being pasted; None outside a paste."""

    @property
    def is_between(self) -> bool:
        """Whether no escape sequence has been started, so that silence ends nothing."""
        return self._state is _State.GROUND and self._paste is None

    @property
    def silence(self) -> float | None:
        """Seconds without a byte after which `rest()` is to be called; None where none is."""
        if self._paste is not None:
            return PASTE_SILENCE
        if self._state in _LATE:
            return LATE_SILENCE
        return None if self.is_between else ESCAPE_SILENCE

    def feed(self, got: bytes) -> Iterator[Token]:
        """The tokens that `got` completes."""
        for byte in got:
            token = self._step(byte)
            if token is None:
                continue
            if self._paste is None:
                yield token
            elif isinstance(token, Paste):
                text, self._paste = "".join(self._paste), None
                yield Paste(text)
            elif len(self._paste) < LONGEST_PASTE:
                if isinstance(token, Character):
                    self._paste.append(token.text)
                elif token in (Key("enter"), Key("tab")):
                    self._paste.append(" ")

    def rest(self) -> Iterator[Token]:
        """Silence: a lone ESC was a key; anything else that has not ended is dropped.

        What would complete it is dropped, too, until `rest()` is called once more.
        """
        before, missing, pasting = self._state, self._missing, self._paste is not None
        is_bracket = self._sequence == b"["
        self._ground()
        self._paste = None
        if pasting:
            return
        if before is _State.ESCAPE:
            self._state = _State.LATE_ESCAPE
            yield Key("escape")
        elif before in (_State.CSI, _State.SS3):
            self._state = _State.LATE_BRACKET if is_bracket else _State.LATE_CSI
        elif before in (_State.COUNTED, _State.INTERMEDIATE):
            self._state, self._missing = _State.LATE_COUNTED, missing or 1

    def _ground(self) -> None:
        self._state = _State.GROUND
        self._sequence.clear()
        self._decoder.reset()
        self._missing = 0

    def _drop_next(self, count: int) -> None:
        self._missing = count
        self._state = _State.COUNTED

    def _step(self, byte: int) -> Token | None:
        if byte in _CANCEL:
            self._ground()
            return None
        return _STEPS[self._state](self, byte)

    def _ground_step(self, byte: int) -> Token | None:
        follows_cr, self._after_cr = self._after_cr, byte == 0x0D
        if byte == _ESC:
            self._state = _State.ESCAPE
            return None
        if byte < 0x20 or byte == 0x7F:
            name = CONTROLS.get(byte)
            return Key(name) if name and not (byte == 0x0A and follows_cr) else None
        return self._character_step(byte)

    def _character_step(self, byte: int) -> Token | None:
        """A byte of text; one that does not go on with what was begun begins anew."""
        inside = self._state is _State.CHARACTER
        try:
            text = self._decoder.decode(bytes([byte]))
        except UnicodeDecodeError:
            self._ground()
            return self._ground_step(byte) if inside else None
        if not text:
            self._state = _State.CHARACTER
            return None
        self._ground()
        return Character(text) if len(text) == 1 and text.isprintable() else None

    def _escape_step(self, byte: int) -> Token | None:
        after = {
            ord("["): _State.CSI, ord("O"): _State.SS3, ord("]"): _State.STRING,
            ord("P"): _State.STRING, ord("X"): _State.STRING, ord("^"): _State.STRING,
            ord("_"): _State.STRING, _ESC: _State.ESCAPE,
        }  # fmt: skip
        self._sequence[:] = bytes([byte])
        if byte in b"NR":  # one character of another set
            self._drop_next(1)
        elif 0x20 <= byte < 0x30:
            self._state = _State.INTERMEDIATE
        else:
            self._state = after.get(byte, _State.GROUND)
        return Key(AFTER_ESCAPE[byte]) if byte in AFTER_ESCAPE else None

    def _intermediate_step(self, byte: int) -> Token | None:
        if byte == _ESC:
            self._state = _State.ESCAPE
        elif byte >= 0x30:
            self._ground()
        return None

    def _sequence_step(self, byte: int) -> Token | None:
        """Inside `ESC [` or `ESC O`: parameters until a final byte."""
        if byte == _ESC:
            self._state = _State.ESCAPE
            return None
        self._sequence.append(byte)
        if len(self._sequence) > LONGEST_SEQUENCE:
            self._sequence.clear()
            self._state = _State.OVERLONG
            return None
        if byte < 0x40 or byte > 0x7E:
            return None
        sequence = bytes(self._sequence)
        self._ground()
        if sequence == b"[M":  # an old mouse report
            self._drop_next(_X10_BYTES)
        elif sequence == b"[[":  # F1 to F5 of the Linux console
            self._drop_next(1)
        elif sequence == b"[200~":
            self._paste = []
        elif sequence == b"[201~":
            return Paste("") if self._paste is not None else None
        else:
            return token_of(sequence)
        return None

    def _late_escape_step(self, byte: int) -> Token | None:
        self._ground()
        if byte not in _LATE_STARTS:
            return self._ground_step(byte)
        self._missing = 1
        self._state = _LATE_STARTS[byte]
        return None

    def _late_bracket_step(self, byte: int) -> Token | None:
        if byte != ord("["):
            self._state = _State.LATE_CSI
            return self._late_csi_step(byte)
        self._drop_next(1)  # a function key of the Linux console
        self._state = _State.LATE_COUNTED
        return None

    def _late_csi_step(self, byte: int) -> Token | None:
        if 0x20 <= byte < 0x40:
            return None
        self._ground()
        return None if 0x40 <= byte <= 0x7E else self._ground_step(byte)

    def _overlong_step(self, byte: int) -> Token | None:
        if byte == _ESC:
            self._state = _State.ESCAPE
        return None

    def _counted_step(self, byte: int) -> Token | None:
        self._missing -= 1
        if byte == _ESC:
            self._state = _State.ESCAPE
        elif not self._missing:
            self._ground()
        return None

    def _string_step(self, byte: int) -> Token | None:
        if byte == _BELL:
            self._ground()
        elif byte == _ESC:
            self._state = _State.STRING_ESCAPE
        return None

    def _string_escape_step(self, byte: int) -> Token | None:
        """After an ESC inside a string: its end, or what is dropped with it."""
        if byte == ord("\\"):
            self._ground()
        elif byte != _ESC:
            self._state = _State.STRING
        return None


_LATE_STARTS = {
    **dict.fromkeys(b"#()*+-./", _State.LATE_COUNTED), ord("["): _State.LATE_BRACKET,
    ord("O"): _State.LATE_CSI,
}  # fmt: skip
"""What may follow an ESC in a sequence; a person does not type one of these right after it."""
_LATE = (_State.LATE_ESCAPE, _State.LATE_BRACKET, _State.LATE_CSI, _State.LATE_COUNTED)
_STEPS = {
    _State.GROUND: InputParser._ground_step,
    _State.CHARACTER: InputParser._character_step,
    _State.ESCAPE: InputParser._escape_step,
    _State.CSI: InputParser._sequence_step,
    _State.SS3: InputParser._sequence_step,
    _State.STRING: InputParser._string_step,
    _State.STRING_ESCAPE: InputParser._string_escape_step,
    _State.COUNTED: InputParser._counted_step,
    _State.INTERMEDIATE: InputParser._intermediate_step,
    _State.LATE_ESCAPE: InputParser._late_escape_step,
    _State.LATE_CSI: InputParser._late_csi_step,
    _State.LATE_BRACKET: InputParser._late_bracket_step,
    _State.LATE_COUNTED: InputParser._counted_step,
    _State.OVERLONG: InputParser._overlong_step,
}
