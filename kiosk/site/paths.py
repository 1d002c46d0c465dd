"""Paths of this machine's own pack, of the pack, content and themes shipped with the program, and
of the recalls of a pack.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.file_access import is_there
from kiosk.library.pack.recalls import recalls_beside
from kiosk.system.folders import machine_data_folder

INSTALLED = machine_data_folder() / "library.pack"
"""Path at which `kiosk pack install` puts a machine's own library."""
_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED = _PACKAGE / "shipped"


def shipped_pack() -> Path | None:
    """Return the path of the pack that comes with an installed program; None in a checkout."""
    pack = _SHIPPED / "shipped.pack"
    return pack if pack.exists() else None


def installed_pack() -> Path | None:
    """Return the path of the pack that `kiosk pack install` put on this machine, None without."""
    return INSTALLED if is_there(INSTALLED) else None


def pack_in_use(*, to_write: bool = False) -> Path:
    """Return the path of the pack that this machine's kiosk opens when none is named.

    That is the installed pack, else the shipped pack. With `to_write`, or where there is neither,
    it is the path at which `kiosk pack install` puts one.
    """
    if to_write:
        return INSTALLED
    return installed_pack() or shipped_pack() or INSTALLED


def recalls_file(pack: Path) -> Path:
    """Return the path of the file that lists the recalled texts of a pack.

    This machine's own pack and the shipped pack share one file: a recalled text stays recalled in
    the next version of the program, and in another pack that has the same text.
    """
    return recalls_beside(INSTALLED if _is_shipped(pack) else pack)


def _is_shipped(pack: Path) -> bool:
    """Return whether a path, through links or from any folder, is that of the shipped pack."""
    shipped = shipped_pack()
    if shipped is None:
        return False
    with suppress(OSError):
        return pack.samefile(shipped)
    return pack == shipped


def content_directory() -> Path | None:
    """Return the directory of the content that comes with the program; None if it is missing.

    It is looked for next to the program, then in the checkout that the program runs from.
    """
    return _first(_SHIPPED / "content", _PACKAGE.parent / "content")


def themes_directory() -> Path | None:
    """Return the directory of the themes that come with the program; None if it is missing."""
    return _first(_SHIPPED / "themes", _PACKAGE.parent / "themes")


def _first(*paths: Path) -> Path | None:
    return next((path for path in paths if path.is_dir()), None)
