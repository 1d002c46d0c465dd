"""The protocol of line sources (terminal, pipe or console) that the line front end reads typed text
from, their exceptions, and a buffer that makes lines of bytes.
"""

from __future__ import annotations

from typing import Protocol

from kiosk.core.question import LONGEST_QUESTION
from kiosk.typed_text import decoded

LONGEST = 4095
"""Bytes of a line that a terminal keeps: it drops the rest of a longer one, without a word."""
KEPT = 4 * (LONGEST + 1)
"""Bytes of a line that are kept where it comes from elsewhere: they are heard for danger."""
TOO_LONG = "\ufffd" * (LONGEST_QUESTION + 1)
"""Put after what is left of such a line, so that no field takes it for a whole one."""


class Interrupted(Exception):
    """Raised by a line source when somebody has pressed Ctrl+C, or Ctrl and the backslash."""


class EndOfInput(Exception):
    """Raised by a line source when its input has ended, so that no further line can come."""


class Terminated(BaseException):
    """Raised in the line front end when this process has received a signal that ends it, such as
    SIGTERM; `number` is the signal's number.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class LineSource(Protocol):
    """Protocol of what the line front end reads typed text from: terminal, pipe or console."""

    echoes: bool
    """Whether what is typed shows by itself."""

    def listen(self, seconds: float) -> bytes:
        """Read what comes within `seconds`; empty where nothing does.

        Raises:
            Interrupted: Ctrl+C or Ctrl+\\ was pressed.
            EndOfInput: nothing more can come.
        """
        ...

    def read_rest(self) -> bytes:
        """Read what came together with the last line: the other lines of a paste."""
        ...

    def stop_listening(self) -> None:
        """Read key by key without showing what is typed, until `drop()`."""
        ...

    def is_sending(self) -> bool:
        """Whether what was printed still waits in this machine, for a slow or stopped serial line.

        No other line says so: a network's keeps it where nobody can look.
        """
        ...

    def drop(self) -> None:
        """Drop what has been typed and not read, and read lines again."""
        ...


class LineBuffer:
    """Buffer of bytes that a reader has typed, from which whole lines of text are taken. Its memory
    is bounded: what is too long is cut.

    Args:
        encoding: the terminal's encoding, by the name that readers' terminals are set to. Bytes
            that are no text in it are read as Latin-1.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self._whole: list[str] = []
        self._part = b""
        self._after_cr = False

    def feed(self, got: bytes) -> None:
        """Add bytes that came. CR LF is one end of line, also where it comes in two pieces."""
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
        """All text that has come, lines and rest, as one line."""
        lines, self._whole = self._whole, []
        return " ".join([*lines, self.take_rest() or ""]).strip()

    def _text(self) -> str:
        """The part as text; what was too long still is, however its spaces are counted."""
        part, self._part = self._part, b""
        text = decoded(part[:KEPT], self._encoding)
        return text + TOO_LONG if len(part) >= LONGEST else text

    def take(self) -> str | None:
        """The next whole line; None until there is one."""
        return self._whole.pop(0) if self._whole else None

    def take_rest(self) -> str | None:
        """The text that came after the last line end; None where nothing did."""
        return self._text() or None

    def clear(self) -> bool:
        """Drop everything; whether there was anything."""
        had = bool(self._whole or self._part)
        self._whole.clear()
        self._part = b""
        return had
