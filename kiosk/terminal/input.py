"""Parser of a terminal's bytes into text and the few keys and touches that the kiosk knows.

Its rules:

1.  A sequence or control that is on no list of the module `keys` is dropped, never guessed, such as
    a reply that no terminal was asked for. Text is kept: a byte that is invalid in the terminal's
    encoding becomes the letter or sign that it is in Latin-1 or Windows' extension of that.
2.  The bytes of a sequence never become letters. A sequence without an end is dropped until input
    pauses (`rest()`), and what completes it after that is dropped until the next pause.
3.  CR LF is one Enter. A character whose bytes come slowly is one character.
4.  What is remembered is bounded: `LONGEST_SEQUENCE` bytes, `LONGEST_PASTE` characters.
5.  A bracketed paste ends only at its end mark. If that does not come, the paste is made too long
    for any field, and its rest is dropped: half a question may ask something else.
6.  No input raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.terminal import input_silences
from kiosk.terminal.input_states import (
    BEGUN,
    BELL,
    EIGHT_BIT,
    END,
    ENDED_BY_SILENCE,
    ESC,
    LINE_ENDS,
    OF_A_MARK,
    State,
    is_typed_late,
)
from kiosk.terminal.input_text import CharacterDecoder, character_of, letter_of
from kiosk.terminal.keys import AFTER_ESCAPE, CONTROLS, Character, Key, Paste, Token, token_of

LONGEST_SEQUENCE = 32
"""Bytes of one sequence; the longest on the lists has half as many."""
LONGEST_PASTE = 16_000
"""Characters of one paste: all of a pasted story is checked for alarms, far more than a field
takes. Never fewer than that: what is cut must not look whole."""
CUT = "\ufffd" * 1000  # put after what has come of a paste that was given up: no field takes it
_CANCEL: Final = (0x18, 0x1A)


class InputParser:
    """Parser of a terminal's bytes into tokens: keys, characters, touches and pastes.

    `encoding` is the terminal's, by Python's name. The caller feeds bytes, and calls `rest()` when
    none has come for the seconds that `silence` says.
    """

    __slots__ = (
        "_after_cr", "_dropping", "_is_last", "_late", "_letters", "_missing", "_paste",
        "_sequence", "_state", "_text",
    )  # fmt: skip

    def __init__(self, encoding: str = "utf-8") -> None:
        self._state = State.GROUND
        self._text = CharacterDecoder(encoding)
        self._sequence = bytearray()
        self._letters: list[Token] = []
        """Tokens of bytes before the one in view that have turned out to be no character."""
        self._missing = 0
        """Bytes that are still to be dropped."""
        self._late = False
        """True if silence has ended the sequence: what completes it means nothing."""
        self._is_last = False
        """True if nothing has come yet behind the byte that is looked at."""
        self._after_cr = False
        self._paste: list[str] | None = None
        """The text that is being pasted; None outside a paste."""
        self._dropping = 0.0
        """Seconds of silence that end a paste which was given up; 0 where there is none."""

    @property
    def is_between(self) -> bool:
        """True if no sequence, character or paste has begun, so that silence would end nothing."""
        return self._state is State.GROUND and self._paste is None and not self._dropping

    @property
    def silence(self) -> float | None:
        """Seconds without a byte after which to call `rest()`; None while nothing is unfinished."""
        if self.is_between:
            return None
        if self._dropping:
            return self._dropping
        if self._paste is not None:
            return input_silences.PASTE if self._state in OF_A_MARK else input_silences.ESCAPE
        waits = self._late or self._state is State.CHARACTER
        return input_silences.LATE if waits else input_silences.ESCAPE

    def feed(self, got: bytes) -> Iterator[Token]:
        """Yield the tokens (keys, characters, touches, pastes) that the bytes `got` complete."""
        for number, byte in enumerate(got, 1):
            self._is_last = number == len(got)
            is_twice = byte == ESC and self._state is State.ESCAPE
            token = Key("escape") if self._paste is not None and is_twice else self._step(byte)
            for each in (*self._letters, token):
                if (sorted_out := self._sort(each)) is not None:
                    yield sorted_out
            self._letters.clear()

    def letters_before(self, got: bytes) -> Iterator[Token]:
        """Yield bytes of an unfinished character as letters, if `got`, fed next, cannot end it."""
        if self._state is State.CHARACTER and not self._text.goes_on_with(got[0]):
            sorted_out = [self._sort(letter) for letter in self._text.letters()]
            self._ground()
            yield from (token for token in sorted_out if token is not None)

    def _sort(self, token: Token | None) -> Token | None:
        """Put a token into the paste that it is part of; return what is to be handed on."""
        if self._dropping:
            self._dropping = 0.0 if token == END else min(self._dropping, input_silences.CUT)
        elif token is None or self._paste is None:
            return token
        elif token == END:
            text, self._paste = "".join(self._paste), None
            return Paste(text)
        elif not (isinstance(token, Character) or token in LINE_ENDS):
            # no text has it: somebody waits at an end that was lost
            return self._give_up(input_silences.WAITED_FOR)
        elif len(self._paste) < LONGEST_PASTE:
            self._paste.append(token.text if isinstance(token, Character) else " ")
        return None

    def rest(self) -> Iterator[Token]:
        """Yield what silence completes: Escape, half a character as letters, an unended paste."""
        if self._paste is not None and self._state not in OF_A_MARK:
            self._ground()  # the paste goes on
        elif self._paste is not None:
            yield self._give_up(input_silences.PASTE)
        elif self._dropping or self._late or self._state in ENDED_BY_SILENCE:
            letters = [] if self._dropping else self._text.letters()
            self._dropping = 0.0
            self._ground()
            yield from letters
        else:
            self._late = True
            if self._state is State.ESCAPE:
                yield Key("escape")

    def _give_up(self, seconds: float) -> Paste:
        """End a paste without its mark, as one that no field takes; it is checked for alarms."""
        parts = [*(self._paste or ()), *(letter.text for letter in self._text.letters())]
        text, self._paste = "".join(parts)[: LONGEST_PASTE - len(CUT)], None
        self._dropping = seconds
        self._ground()
        return Paste(text + CUT)

    def _ground(self) -> None:
        self._state = State.GROUND
        self._sequence.clear()
        self._text.reset()
        self._missing = 0
        self._late = False

    def _drop_next(self, count: int) -> None:
        self._missing, self._state = count, State.COUNTED

    def _step(self, byte: int) -> Token | None:
        if byte in _CANCEL:
            self._letters += self._text.letters()
            self._ground()
            return None
        if self._late and is_typed_late(self._state, byte, self._is_last):
            self._ground()
        is_late = self._late
        token = _STEPS[self._state](self, byte)
        if byte == ESC and self._state is State.ESCAPE:  # another one
            self._late = False
        return None if is_late else token

    def _ground_step(self, byte: int) -> Token | None:
        follows_cr, self._after_cr = self._after_cr, byte == 0x0D
        if byte == ESC:
            self._state = State.ESCAPE
            return None
        if byte < 0x20 or byte == 0x7F:
            name = CONTROLS.get(byte)
            return Key(name) if name and not (byte == 0x0A and follows_cr) else None
        return self._character_step(byte)

    def _character_step(self, byte: int) -> Token | None:
        """Return the token that a byte of text completes; a misfit begins a new one."""
        inside, is_dropped = self._state is State.CHARACTER, self._text.is_dropped
        text = self._text.feed(byte)
        if text == "":
            self._state = State.CHARACTER
            return None
        if text is None:
            self._letters += self._text.letters()
        self._ground()
        if text is None and inside:
            return self._ground_step(byte)
        if is_dropped:
            return None
        if text is None:
            return letter_of(byte)
        if inside or not "\x80" <= text <= "\x9f":
            return character_of(text)
        return self._escape_step(byte - 0x40) if byte in EIGHT_BIT else letter_of(byte)

    def _drop_character(self, byte: int) -> None:
        """Drop the character that begins here: a sequence ends with it."""
        self._ground()
        self._text.is_dropped = True
        self._character_step(byte)

    def _escape_step(self, byte: int) -> Token | None:
        if byte >= 0x80:
            self._drop_character(byte)
            return None
        self._sequence[:] = bytes([byte])
        if byte in b"NR":  # one character of another set
            self._drop_next(1)
        elif 0x20 <= byte < 0x30:
            self._state = State.INTERMEDIATE
        else:
            self._state = BEGUN.get(byte, State.GROUND)
        return Key(AFTER_ESCAPE[byte]) if byte in AFTER_ESCAPE else None

    def _intermediate_step(self, byte: int) -> Token | None:
        if byte == ESC:
            self._state = State.ESCAPE
        elif byte >= 0x30:
            self._ground()
        return None

    def _sequence_step(self, byte: int) -> Token | None:
        """Inside `ESC [` or `ESC O`: parameters until a final byte."""
        if byte == ESC:
            self._state = State.ESCAPE
            return None
        self._sequence.append(byte)
        if len(self._sequence) > LONGEST_SEQUENCE:
            self._sequence.clear()
            self._state = State.OVERLONG
            return None
        if byte < 0x40 or byte > 0x7E:
            return None
        sequence = bytes(self._sequence)
        self._ground()
        if sequence == b"[M":  # an old mouse report: three bytes
            self._drop_next(3)
        elif sequence == b"[[":  # F1 to F5 of the Linux console
            self._drop_next(1)
        elif sequence == b"[200~":
            self._paste = []
        elif sequence == b"[201~":
            return None if self.is_between else END
        else:
            return token_of(sequence)
        return None

    def _overlong_step(self, byte: int) -> Token | None:
        if byte == ESC:
            self._state = State.ESCAPE
        return None

    def _counted_step(self, byte: int) -> Token | None:
        self._missing -= 1
        if byte == ESC:
            self._state = State.ESCAPE
        elif not self._missing and byte >= 0x80:
            self._drop_character(byte)
        elif not self._missing:
            self._ground()
        return None

    def _string_step(self, byte: int) -> Token | None:
        if byte == BELL:
            self._ground()
        elif byte == ESC:
            self._state = State.STRING_ESCAPE
        return None

    def _string_escape_step(self, byte: int) -> Token | None:
        """After an ESC inside a string: its end, or what is dropped with it."""
        if byte == ord("\\"):
            self._ground()
        elif byte != ESC:
            self._state = State.STRING
        return None


_STEPS = {
    State.GROUND: InputParser._ground_step,
    State.CHARACTER: InputParser._character_step,
    State.ESCAPE: InputParser._escape_step,
    State.CSI: InputParser._sequence_step,
    State.SS3: InputParser._sequence_step,
    State.STRING: InputParser._string_step,
    State.STRING_ESCAPE: InputParser._string_escape_step,
    State.COUNTED: InputParser._counted_step,
    State.INTERMEDIATE: InputParser._intermediate_step,
    State.OVERLONG: InputParser._overlong_step,
}
