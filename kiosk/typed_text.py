"""Decode what somebody typed, from the bytes of a terminal, a network or a pipe.

This process's terminal is expected to send the encoding of its locale, a remote one UTF-8. Some
send another all the same, mostly Latin-1. Then each byte that is invalid in the expected encoding
is decoded as Windows-1252 and not dropped: without its accented letters a sentence may say
something else, and nobody would notice.
"""

from __future__ import annotations

import codecs
from typing import TextIO

FALLBACK = "cp1252"
"""Latin-1 with the quotes and dashes of Windows: what a single byte of text mostly is."""


def encoding_of(stream: TextIO | None) -> str:
    """Return the encoding of a stream, such as `sys.stdin`, by Python's name for it; `utf-8` for
    None.
    """
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name


def is_unicode(encoding: str) -> bool:
    """Return whether an encoding, by Python's name, is of the UTF family: it can write every
    character.
    """
    return encoding.startswith("utf")


def letters_of(data: bytes) -> str:
    """Return bytes decoded as Windows-1252: one character for each byte, whatever was expected.

    U+FFFD stands for the few bytes that have no character there.
    """
    return data.decode(FALLBACK, "replace")


def decoded(data: bytes, encoding: str) -> str:
    """Return bytes decoded by `encoding`; each byte that is invalid there becomes a Windows-1252
    letter.

    Never raises UnicodeDecodeError.
    """
    text = ""
    while data:
        try:
            return text + data.decode(encoding)
        except UnicodeDecodeError as error:
            text += data[: error.start].decode(encoding) + letters_of(data[error.start : error.end])
            data = data[error.end :]
    return text
