"""Paths of the content and themes: those shipped with the program, and this machine's pack."""

from __future__ import annotations

from pathlib import Path

from kiosk.file_access import is_there

INSTALLED = Path("/var/lib/kiosk/library.pack")
"""Where `kiosk pack install` puts a machine's own library."""
_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED = _PACKAGE / "shipped"


def shipped_pack() -> Path | None:
    """The pack that an installed kiosk carries; None in a checkout."""
    pack = _SHIPPED / "shipped.pack"
    return pack if pack.exists() else None


def installed_pack() -> Path | None:
    """The machine's own library, where one was installed."""
    return INSTALLED if is_there(INSTALLED) else None


def pack_in_use(*, to_write: bool = False) -> Path:
    """The pack that this machine's kiosk opens by itself; where one would be, if it is written."""
    if to_write:
        return INSTALLED
    return installed_pack() or shipped_pack() or INSTALLED


def content_directory() -> Path | None:
    """The shipped content tree: beside the program, or in the checkout it runs from."""
    return _first(_SHIPPED / "content", _PACKAGE.parent / "content")


def themes_directory() -> Path | None:
    """The shipped themes."""
    return _first(_SHIPPED / "themes", _PACKAGE.parent / "themes")


def _first(*paths: Path) -> Path | None:
    return next((path for path in paths if path.is_dir()), None)
