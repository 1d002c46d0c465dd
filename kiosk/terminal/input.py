"""Bytes from a terminal into the few keys and touches that the kiosk knows; all else is dropped.

Its rules:

1.  What is on no list of `keys` is dropped, never guessed: other sequences, replies that a
    terminal was not asked for, C0 and C1 controls, what is no text in the terminal's encoding.
2.  A sequence never becomes keys, and ends where the terminal ends it. One that does not end is
    dropped until silence, `rest()`, and what completes it after that until the next silence.
3.  CR LF is one Enter. A character whose bytes come slowly is one character.
4.  What is remembered is bounded: `LONGEST_SEQUENCE` bytes, `LONGEST_PASTE` characters.
5.  A marked paste ends at its mark alone. One that is given up is too long for any field, and what
    comes of it later is dropped: half of it may ask something else.
6.  No input raises.
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
"""Characters of one paste: all of a pasted story is heard for danger, far more than a field takes.
Never fewer than that: what is cut must not look whole."""
CUT = "\ufffd" * 1000  # put after what has come of a paste that was given up: no field takes it
ESCAPE_SILENCE = 0.2
"""Seconds after which a lone ESC was a key: a slow line brings the bytes of one 0.15 s apart."""
LATE_SILENCE = 1.0  # within which what completes a sequence that had not ended is dropped with it
PASTE_SILENCE = 10.0  # after which a paste that has not ended is given up: lines stall
CUT_SILENCE = 3.0  # after which what still came of such a paste has ended, if its mark was lost
WAITED_FOR = 0.3
"""The same, if somebody pressed a key in it that no text has: Esc twice, an arrow, a touch."""
_ESC: Final = 0x1B
_BELL: Final = 0x07
_CANCEL: Final = (0x18, 0x1A)
_X10_BYTES = 3


class _State(Enum):
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


class InputParser:
    """Takes bytes, and is told of silence.

    Args:
        encoding: of the terminal's text, as Python names it.
    """

    __slots__ = (
        "_after_cr", "_decoder", "_dropping", "_is_last", "_late", "_missing", "_paste",
        "_sequence", "_state",
    )  # fmt: skip

    def __init__(self, encoding: str = "utf-8") -> None:
        self._state = _State.GROUND
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._sequence = bytearray()
        self._missing = 0
        """Bytes that are still to be dropped."""
        self._late = False
        """Whether silence has ended the sequence: what completes it means nothing."""
        self._is_last = False
        """Whether nothing has come yet behind the byte that is looked at."""
        self._after_cr = False
        self._paste: list[str] | None = None
        """What is being pasted; None outside a paste."""
        self._dropping = 0.0
        """Seconds of silence that end a paste which was given up; 0 where there is none."""

    @property
    def is_between(self) -> bool:
        """Whether nothing has been started, so that silence ends nothing."""
        return self._state is _State.GROUND and self._paste is None and not self._dropping

    @property
    def silence(self) -> float | None:
        """Seconds without a byte after which `rest()` is to be called; None where none is."""
        if self.is_between:
            return None
        if self._dropping:
            return self._dropping
        if self._paste is not None:
            return PASTE_SILENCE if self._state in _OF_A_MARK else ESCAPE_SILENCE
        waits = self._late or self._state is _State.CHARACTER
        return LATE_SILENCE if waits else ESCAPE_SILENCE

    def feed(self, got: bytes) -> Iterator[Token]:
        """The tokens that `got` completes."""
        for number, byte in enumerate(got, 1):
            self._is_last = number == len(got)
            is_twice = byte == _ESC and self._state is _State.ESCAPE
            token = Key("escape") if self._paste is not None and is_twice else self._step(byte)
            if self._dropping:
                self._dropping = 0.0 if token == _END else min(self._dropping, CUT_SILENCE)
            elif token is None:
                continue
            elif self._paste is None:
                yield token
            elif token == _END:
                text, self._paste = "".join(self._paste), None
                yield Paste(text)
            elif not (isinstance(token, Character) or token in _LINE_ENDS):
                yield self._give_up(WAITED_FOR)  # no text has it: somebody waits at a lost end
            elif len(self._paste) < LONGEST_PASTE:
                self._paste.append(token.text if isinstance(token, Character) else " ")

    def rest(self) -> Iterator[Token]:
        """Silence: a lone ESC was a key; what else has not ended is dropped, and so is its end."""
        if self._paste is not None and self._state not in _OF_A_MARK:
            self._ground()  # the paste goes on
        elif self._paste is not None:
            yield self._give_up(PASTE_SILENCE)
        elif self._dropping or self._late or self._state in _ENDED_BY_SILENCE:
            self._dropping = 0.0
            self._ground()
        else:
            self._late = True
            if self._state is _State.ESCAPE:
                yield Key("escape")

    def _give_up(self, seconds: float) -> Paste:
        """End a paste without its mark, as one that no field takes; it is heard for danger."""
        text, self._paste = "".join(self._paste or ())[: LONGEST_PASTE - len(CUT)], None
        self._dropping = seconds
        self._ground()
        return Paste(text + CUT)

    def _ground(self) -> None:
        self._state = _State.GROUND
        self._sequence.clear()
        self._decoder.reset()
        self._missing = 0
        self._late = False

    def _drop_next(self, count: int) -> None:
        self._missing = count
        self._state = _State.COUNTED

    def _step(self, byte: int) -> Token | None:
        if byte in _CANCEL:
            self._ground()
            return None
        if self._late and self._was_typed(byte):
            self._ground()
        is_late = self._late
        token = _STEPS[self._state](self, byte)
        if byte == _ESC and self._state is _State.ESCAPE:  # another one
            self._late = False
        return None if is_late else token

    def _was_typed(self, byte: int) -> bool:
        """Whether a byte that comes late is a key, and no part of the sequence before it."""
        if self._state is _State.ESCAPE:
            return not (byte in _LATE_STARTS or (byte in _LATE_LETTERS and not self._is_last))
        if byte < 0x20:
            return byte not in (_ESC, _BELL)
        return byte > 0x7E and self._state in (_State.CSI, _State.SS3)

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
        if byte in _C1 and not inside and not text.isprintable():  # ESC and a letter, in one byte
            return self._escape_step(byte - 0x40)
        return Character(text) if len(text) == 1 and text.isprintable() else None

    def _escape_step(self, byte: int) -> Token | None:
        self._sequence[:] = bytes([byte])
        if byte in b"NR":  # one character of another set
            self._drop_next(1)
        elif 0x20 <= byte < 0x30:
            self._state = _State.INTERMEDIATE
        else:
            self._state = _AFTER_ESCAPE.get(byte, _State.GROUND)
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
            return None if self.is_between else _END
        else:
            return token_of(sequence)
        return None

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


_AFTER_ESCAPE: Final = {
    **dict.fromkeys(b"]PX^_", _State.STRING), ord("["): _State.CSI, ord("O"): _State.SS3,
    _ESC: _State.ESCAPE,
}  # fmt: skip
_END: Final = Paste("")
"""The mark at the end of a paste."""
_ENDED_BY_SILENCE: Final = (_State.GROUND, _State.CHARACTER, _State.OVERLONG)
_OF_A_MARK: Final = (_State.GROUND, _State.CHARACTER, _State.ESCAPE, _State.CSI)
_LINE_ENDS: Final = (Key("enter"), Key("tab"))
_C1: Final = range(0x80, 0xA0)
_LATE_STARTS: Final = b"[O]^_#%()*+-./"
"""What may follow an ESC in a sequence; a person does not type one of these right after it."""
_LATE_LETTERS: Final = b"NPRX"
"""The letters among them, which a person types alone."""
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
    _State.OVERLONG: InputParser._overlong_step,
}
