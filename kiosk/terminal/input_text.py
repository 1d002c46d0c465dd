"""Decode the text in a terminal's bytes to characters, for the parser of these bytes.

A byte that is invalid in the terminal's encoding is decoded as Windows-1252, which is Latin-1 with
more signs.
"""

from __future__ import annotations

import codecs

from kiosk.terminal.input_states import OF_SEQUENCES
from kiosk.terminal.keys import Character
from kiosk.typed_text import letters_of


class CharacterDecoder:
    """Decoder that is fed one byte at a time, and keeps the bytes of an unfinished character.

    It reports an invalid byte, and decodes none: `letters` and `letter_of` do. `encoding` is the
    terminal's, by Python's name.
    """

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._begun = bytearray()
        self.is_dropped = False
        """True if the character that has begun ends a sequence, and is dropped with it."""

    def feed(self, byte: int) -> str | None:
        """Return the character that a byte completes; "" if more must follow, None if invalid."""
        try:
            text = self._decoder.decode(bytes([byte]))
        except UnicodeDecodeError:
            return None
        if not text:
            self._begun.append(byte)
        return text

    def goes_on_with(self, byte: int) -> bool:
        """Return whether a byte could continue the character that has begun; change nothing."""
        state = self._decoder.getstate()
        try:
            self._decoder.decode(bytes([byte]))
        except UnicodeDecodeError:
            return False
        finally:
            self._decoder.setstate(state)
        return True

    def letters(self) -> list[Character]:
        """Return what `letter_of` makes of each byte of an unfinished character, without None."""
        begun = b"" if self.is_dropped else self._begun
        return [letter for byte in begun if (letter := letter_of(byte)) is not None]

    def reset(self) -> None:
        """Forget the character that has begun."""
        self._decoder.reset()
        self._begun.clear()
        self.is_dropped = False


def character_of(text: str) -> Character | None:
    """Return the token of the character in `text`; a space of any kind becomes a plain one.

    Returns None for a character that is not printable, and for more than one.
    """
    if text.isspace():  # one that no line may break at parts words as well
        text = " "
    return Character(text) if len(text) == 1 and text.isprintable() else None


def letter_of(byte: int) -> Character | None:
    """Return a byte that is invalid in the terminal's encoding as a character of Windows-1252.

    Returns None for a control that begins a sequence, and for what is not printable. A byte without
    a character there becomes a space: it stood between words, which would else run together.
    """
    if byte in OF_SEQUENCES:
        return None
    return character_of(letters_of(bytes([byte])).replace("\ufffd", " "))
