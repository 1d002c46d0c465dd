"""Protocol of a source of typed lines, the exceptions that it raises, and a buffer that makes lines
of text from the bytes that it reads.
"""

from __future__ import annotations

from typing import Protocol

from kiosk.core.question import LONGEST_QUESTION
from kiosk.typed_text import decoded

LONGEST = 4095
"""Bytes of a line that a terminal keeps: it drops the rest of a longer one, without a word."""
KEPT = 4 * (LONGEST + 1)
"""Bytes of a line that are kept where it comes from elsewhere: they are checked for alarms."""
TOO_LONG = "\ufffd" * (LONGEST_QUESTION + 1)
"""Put after what is left of such a line, so that no field takes it for a whole one."""


class Interrupted(Exception):
    """Raised by a line source when Ctrl+C (or Ctrl+\\ on POSIX) was pressed."""


class EndOfInput(Exception):
    """Raised by a line source when its input has ended, such as at the end of a pipe."""


class Terminated(BaseException):
    """Raised by a line source's signal handler when a signal asks this process to end; `number` is
    the signal's number.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class LineSource(Protocol):
    """Protocol of an object that reads what a reader types: from a
    terminal, a pipe or a console.
    """

    echoes: bool
    """True if what is typed shows by itself."""

    def listen(self, seconds: float) -> bytes:
        """Wait up to `seconds` for typed input; return the bytes that came, empty if none did.

        Raises:
            Interrupted: Ctrl+C or Ctrl+\\ was pressed.
            EndOfInput: nothing more can come.
        """
        ...

    def read_rest(self) -> bytes:
        """Return the bytes that were pasted together with the line read last; empty if there are
        none. Raises Interrupted where Ctrl+C was pressed meanwhile.
        """
        ...

    def stop_listening(self) -> None:
        """Stop showing what is typed, where the terminal can, while a page must be read; what comes
        meanwhile is not meant as an answer. `drop()` ends this.
        """
        ...

    def is_sending(self) -> bool:
        """Return whether printed text still waits in this machine to be sent, on a slow or stopped
        serial line. False for any other output, such as a network, where that cannot be known.
        """
        ...

    def drop(self) -> None:
        """Throw away what has been typed and not read, then show and read whole lines again."""
        ...


class LineBuffer:
    """Buffer in which typed bytes are collected until they are whole lines of text. Of a line that
    is too long only the beginning is kept, with a mark at its end.

    Args:
        encoding: how the bytes encode text. Bytes that are invalid in it become Windows-1252
            letters.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self._whole: list[str] = []
        self._part = b""
        self._after_cr = False

    def feed(self, got: bytes) -> None:
        """Add bytes that were read. LF, CR and CR LF each end a line, also where CR and LF come in
        two calls.
        """
        if self._after_cr and got.startswith(b"\n"):
            got = got[1:]
            self._after_cr = False
        if got:
            self._after_cr = got.endswith(b"\r")
        *ends, rest = got.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for end in ends:
            self._part += end
            self._whole.append(self._text())
        self._part = (self._part + rest)[:KEPT]

    def join(self) -> str:
        """Take all text out of the buffer, whole lines and an unfinished one; return it as one
        line, empty if there is none.
        """
        lines, self._whole = self._whole, []
        return " ".join([*lines, self.take_rest() or ""]).strip()

    def _text(self) -> str:
        """The part as text; what was too long still is, however its spaces are counted."""
        part, self._part = self._part, b""
        text = decoded(part[:KEPT], self._encoding)
        return text + TOO_LONG if len(part) >= LONGEST else text

    def take(self) -> str | None:
        """Take the oldest whole line out of the buffer; return it without its line end, or None
        while there is no whole line.
        """
        return self._whole.pop(0) if self._whole else None

    def take_rest(self) -> str | None:
        """Take the unfinished line, the text after the last line end, out of the buffer; None if
        there is none.
        """
        return self._text() or None

    def clear(self) -> bool:
        """Empty the buffer; return whether any text was in it."""
        had = bool(self._whole or self._part)
        self._whole.clear()
        self._part = b""
        return had
