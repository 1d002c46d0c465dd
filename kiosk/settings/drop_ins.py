"""Files of a site's settings: kiosk.toml, and the drop-ins in kiosk.toml.d next to it.

A drop-in is a file *.toml that overrides single keys. Of a key that is in several files the last
one counts, in the order of the drop-ins' names: thirty machines can share kiosk.toml, and differ in
a file of one line.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import StartupError
from kiosk.file_access import is_there, visible_files
from kiosk.system.users import user_name

SUFFIX = ".d"
_NOT_LISTED = "{folder} cannot be listed: {why}, as the user {user}."


def drop_in_folder(file: Path) -> Path:
    """Return the path of the folder of drop-ins for a settings file; it need not exist."""
    return file.with_name(file.name + SUFFIX)


def settings_files(file: Path) -> list[Path]:
    """Return the paths of the settings file and its drop-ins, in order: later ones override.

    Raises StartupError where the folder of drop-ins cannot be listed: settings that cannot be read
    must not count as none.
    """
    folder = drop_in_folder(file)
    if not is_there(folder):
        return [file]
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise StartupError(_NOT_LISTED.format(folder=folder, why=why, user=user_name())) from None
    return [file, *visible_files(folder, "*.toml")]


def watched(file: Path) -> list[Path]:
    """Return the paths to watch for changed settings: the file, its drop-ins, and their folder.

    Raises StartupError where the folder cannot be listed.
    """
    return [*settings_files(file), drop_in_folder(file)]
