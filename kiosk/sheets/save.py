"""Save a sheet as a new file in a folder of this machine; no existing file is overwritten, and an
incomplete one is deleted.
"""

from __future__ import annotations

import contextlib
import errno
import os
from datetime import date
from pathlib import Path

from kiosk.core.take_home.state import SheetResult
from kiosk.system.files import CREATE

MOST_NUMBERS = 100
"""Sheets of one day in one folder."""


def save(data: bytes, folder: Path, name: str, suffix: str) -> tuple[SheetResult, str]:
    """Write `data` to a new file in `folder`, named NAME-DATE with a number if need be; only its
    owner may read it.

    Args:
        data: what the file will hold.
        folder: made if it is missing.
        name: the beginning of the file's name, such as the kind of sheet.
        suffix: the end of the file's name, such as `.pdf`.

    Returns SAVED and the path of the file; if it could not be written, NO_ROOM or NOT_WRITABLE,
    and "".
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path, descriptor = _new_file(folder, f"{name}-{date.today().isoformat()}", suffix)
    except OSError as error:
        return _reason(error), ""
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        return _reason(error), ""
    return SheetResult.SAVED, str(path)


def _new_file(folder: Path, name: str, suffix: str) -> tuple[Path, int]:
    """Make a file that was not there, readable by its owner alone. Raises OSError."""
    for number in range(1, MOST_NUMBERS + 1):
        path = folder / (f"{name}-{number}{suffix}" if number > 1 else f"{name}{suffix}")
        with contextlib.suppress(FileExistsError):
            return path, os.open(path, CREATE, 0o600)
    raise OSError(errno.EEXIST, "too many")


def _reason(error: OSError) -> SheetResult:
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return SheetResult.NO_ROOM if is_full else SheetResult.NOT_WRITABLE
