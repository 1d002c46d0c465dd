"""Bytes of text into characters, for the parser of `input`."""

from __future__ import annotations

import codecs

from kiosk.terminal.input_states import OF_SEQUENCES
from kiosk.terminal.keys import Character
from kiosk.typed_text import letters_of


class CharacterDecoder:
    """Decoder of bytes of characters, which may come one by one.

    Args:
        encoding: as Python names it.
    """

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._begun = bytearray()
        self.is_dropped = False
        """Whether the character that has begun ends a sequence, and is dropped with it."""

    def feed(self, byte: int) -> str | None:
        """The text that a byte completes; empty while it completes none, None where it is none."""
        try:
            text = self._decoder.decode(bytes([byte]))
        except UnicodeDecodeError:
            return None
        if not text:
            self._begun.append(byte)
        return text

    def goes_on_with(self, byte: int) -> bool:
        """Whether a byte is part of the character that has begun; nothing is taken of it."""
        state = self._decoder.getstate()
        try:
            self._decoder.decode(bytes([byte]))
        except UnicodeDecodeError:
            return False
        finally:
            self._decoder.setstate(state)
        return True

    def letters(self) -> list[Character]:
        """The bytes of a character that was begun and not completed, each as its own letter."""
        begun = b"" if self.is_dropped else self._begun
        return [letter for byte in begun if (letter := letter_of(byte)) is not None]

    def reset(self) -> None:
        """Forget the character that has begun."""
        self._decoder.reset()
        self._begun.clear()
        self.is_dropped = False


def character_of(text: str) -> Character | None:
    """The token of a character; None for one that is not written, such as a control."""
    if text.isspace():  # one that no line may break at parts words as well
        text = " "
    return Character(text) if len(text) == 1 and text.isprintable() else None


def letter_of(byte: int) -> Character | None:
    """The letter or sign that a byte is in Latin-1; None where a sequence begins with it.

    Any other control is a space: it came where words part, and without it they would be one.
    """
    if byte in OF_SEQUENCES:
        return None
    return character_of(letters_of(bytes([byte])).replace("\ufffd", " "))
