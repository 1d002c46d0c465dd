"""What somebody typed as text, from the bytes of a terminal, a network or a pipe.

One decision for every way in and out: the text of this process's terminal is encoded as its locale
says, that of a remote one as UTF-8. Some send something else all the same, mostly Latin-1. Then a
byte that is no text in the expected encoding is read as a letter: without its accented letters
a sentence may say something else, and nobody would know that they were dropped.
"""

from __future__ import annotations

import codecs
from typing import TextIO

FALLBACK = "cp1252"
"""Latin-1 with the quotes and dashes of Windows: what a single byte of text mostly is."""


def encoding_of(stream: TextIO | None) -> str:
    """Return the encoding of standard input or output, as Python names it."""
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name


def is_unicode(encoding: str) -> bool:
    """Return whether every character can be written in an encoding."""
    return encoding.startswith("utf")


def letters_of(data: bytes) -> str:
    """Return bytes that are no text in the encoding they were expected in, a letter for each."""
    return data.decode(FALLBACK, "replace")


def decoded(data: bytes, encoding: str) -> str:
    """Return bytes as text; where they are none in `encoding`, a letter for each."""
    text = ""
    while data:
        try:
            return text + data.decode(encoding)
        except UnicodeDecodeError as error:
            text += data[: error.start].decode(encoding) + letters_of(data[error.start : error.end])
            data = data[error.end :]
    return text
