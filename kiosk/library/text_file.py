"""Decode the bytes of a text file that an author wrote, or say what is wrong and what to do.

Such files are TOML, and JSON lines of passages and questions.
"""

from __future__ import annotations

import codecs
import json
from typing import Any

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STRAIGHT = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'"}


class TextError(ValueError):
    """Exception: the bytes of an author's file are no text, or not the JSON that they should be.

    Args:
        line: the number of the line; 0 for the file as a whole.
        message: what is wrong, and what to do.
    """

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(f"line {line}: {message}" if line else message)


def decode_text(raw: bytes, first_line: int = 1) -> str:
    """Return the text that the bytes encode in UTF-8; raises TextError.

    Args:
        raw: a whole file, or a line of it.
        first_line: the number of the first line in `raw`.
    """
    if first_line == 1:
        _refuse_signature(raw)
    if b"\0" in raw:
        raise TextError(_line(raw, raw.index(0), first_line), "a NUL byte. Take it out")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line(raw, error.start, first_line)
        message = f"not UTF-8 (byte {raw[error.start]:#04x}). Save the file as UTF-8"
        raise TextError(line, message) from None


def decode_json(text: str, line: int) -> Any:
    """Return the value that a text in JSON stands for; raise TextError where it is no JSON.

    Args:
        text: the JSON.
        line: the number of the text's first line in its file, for the error.
    """
    try:
        data = json.loads(text)
        if "\\u" in text:
            json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        message = (
            "half a character, such as \\ud83d. Write the whole character, or both of its halves"
        )
        raise TextError(line, message) from None
    except json.JSONDecodeError as error:
        line += error.lineno - 1
        before = text.splitlines()[error.lineno - 1 :]
        quote = curly_quote(before[0] if before else "")
        reason = f"{error.msg[:1].lower()}{error.msg[1:]}, at column {error.colno}"
        raise TextError(line, quote or f"no JSON: {reason}") from None
    except (RecursionError, ValueError) as error:
        raise TextError(line, f"no JSON: {error}") from None
    return data


def curly_quote(line: str) -> str:
    """Return what to do about the first curly quote in a line that cannot be parsed; empty if it
    has none.
    """
    for letter in line:
        if letter in _STRAIGHT:
            return f"the curly quote {letter}. Write the straight one, {_STRAIGHT[letter]}"
    return ""


def _refuse_signature(raw: bytes) -> None:
    """Refuse what Windows programs put at the beginning of a file, and the encoding it stands for.

    UTF-16 without a signature shows in that every other byte of English text is zero.
    """
    if raw.startswith(codecs.BOM_UTF8):
        message = "begins with a byte order mark (BOM). Save the file as UTF-8 without one"
        raise TextError(0, message)
    zeros = [byte == 0 for byte in raw[:4]]
    if raw.startswith(_UTF_16) or zeros in ([True, False] * 2, [False, True] * 2):
        raise TextError(0, 'is UTF-16, which Windows calls "Unicode". Save the file as UTF-8')


def _line(raw: bytes, at: int, first_line: int) -> int:
    return first_line + raw.count(b"\n", 0, at)
