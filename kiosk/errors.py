"""The kiosk's errors for people, and `raised_at`, which reports a crash without a visitor's words.

The message of a `KioskError` is one sentence for the person at the command line. `cli.main` prints
the message; no code between there and where the error was raised needs to catch it.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType


class KioskError(Exception):
    """Base of all errors whose message is meant for people."""


class StartupError(KioskError):
    """The kiosk, or a command, cannot start: a file, a setting or a package is missing or wrong."""


class PackError(KioskError):
    """A pack, or the library made in memory, cannot be read or written.

    `why` is a sentence with the reason, without the pack's name.
    """

    def __init__(self, path: Path | None, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path or 'the library in memory'}: {why}")


class InstallError(PackError):
    """A new pack was not installed; the pack that was in use stays in use."""


class RecallsFull(PackError):
    """The list of recalled texts has no room for another recall."""


class DecodeError(KioskError, ValueError):
    """Stored data, such as a topic in a pack, does not fit the type that it is to be decoded to."""


class HostKeyError(KioskError):
    """The SSH host key cannot be read or made."""


class SourceError(KioskError):
    """An input file that a command was given, such as one to import topics from, cannot be used."""


class JsonlError(SourceError):
    """A line in a file of JSON lines is not as required; the message says which line."""


def raised_at(error: BaseException | None) -> str:
    """Return an error's type and the line of code that raised it, such as `KeyError body.py:34`.

    The error's message is left out, because it may quote a visitor. Returns "" for None, and the
    type alone for an error that was never raised.
    """
    if error is None:
        return ""
    frame: TracebackType | None = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return type(error).__name__
    file = frame.tb_frame.f_code.co_filename.rpartition("/")[2]
    return f"{type(error).__name__} {file}:{frame.tb_lineno}"
