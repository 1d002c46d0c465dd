"""Errors that people are told of, and how a crash is reported without quoting a visitor.

The message of a `KioskError` is one sentence for the person at the command line. `cli.main` prints
it; nothing between there and where it was raised needs to catch it.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType


class KioskError(Exception):
    """Base of all errors whose message is meant for people."""


class StartupError(KioskError):
    """The kiosk cannot open."""


class PackError(KioskError):
    """A pack, or the library made in memory, cannot be read or written.

    `why` is a sentence with the reason, without the pack's name.
    """

    def __init__(self, path: Path | None, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path or 'the library in memory'}: {why}")


class InstallError(PackError):
    """The pack in use was not replaced."""


class RecallsFull(PackError):
    """There is no room for another recall."""


class DecodeError(KioskError, ValueError):
    """Data from a file is not what its type says."""


class HostKeyError(KioskError):
    """The SSH host key cannot be read or made."""


class SourceError(KioskError):
    """A file to import from cannot be used."""


class JsonlError(SourceError):
    """A file of JSON lines is not what it should be; the message says in which line."""


def raised_at(error: BaseException | None) -> str:
    """Return the type of an error and its line of code, such as `KeyError body.py:34`.

    The message is left out: it may quote a visitor. Empty for None.
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
