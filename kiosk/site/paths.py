"""Paths of the content and themes: those shipped with the program, and this machine's pack."""

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
    """Return the pack that an installed kiosk carries; None in a checkout."""
    pack = _SHIPPED / "shipped.pack"
    return pack if pack.exists() else None


def installed_pack() -> Path | None:
    """Return the machine's own library; None where none is installed."""
    return INSTALLED if is_there(INSTALLED) else None


def pack_in_use(*, to_write: bool = False) -> Path:
    """Return the pack that this machine's kiosk opens by default, or would open once written."""
    if to_write:
        return INSTALLED
    return installed_pack() or shipped_pack() or INSTALLED


def recalls_file(pack: Path) -> Path:
    """Return the path of the recalls of a pack.

    The machine's own library and the shipped one share a file: so a recalled text stays recalled
    in the next version of the program, and in a library that has the same text.
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
    """Return the shipped content tree: next to the program, or in the checkout it runs from."""
    return _first(_SHIPPED / "content", _PACKAGE.parent / "content")


def themes_directory() -> Path | None:
    """Return the directory of the shipped themes."""
    return _first(_SHIPPED / "themes", _PACKAGE.parent / "themes")


def _first(*paths: Path) -> Path | None:
    return next((path for path in paths if path.is_dir()), None)
