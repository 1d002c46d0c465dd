"""The folders in which each system keeps settings, a machine's content, and caches.

On Linux, and other systems with XDG folders, these are the ones of the XDG Base Directory
Specification and of the Filesystem Hierarchy Standard; elsewhere platformdirs knows them.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_NAME = "kiosk"
_HAS_XDG = sys.platform not in ("win32", "darwin")


def machine_settings_folder() -> Path:
    """Return the folder of this machine's kiosk.toml, such as /etc/kiosk, existing or not."""
    return Path("/etc/kiosk") if _HAS_XDG else _of_machine()


def machine_data_folder() -> Path:
    """Return the folder of this machine's installed pack, such as
    /var/lib/kiosk, existing or not.
    """
    return Path("/var/lib/kiosk") if _HAS_XDG else _of_machine()


def user_settings_folder() -> Path | None:
    """Return the folder of the user's kiosk.toml, existing or not;
    None for a user without a home.
    """
    if _HAS_XDG:
        return _xdg("XDG_CONFIG_HOME", ".config")
    from platformdirs import user_config_path

    return user_config_path(_NAME, appauthor=False)


def cache_folder() -> Path | None:
    """Return the folder of the user's caches, existing or not; None for a user without a home."""
    if _HAS_XDG:
        return _xdg("XDG_CACHE_HOME", ".cache")
    from platformdirs import user_cache_path

    return user_cache_path(_NAME, appauthor=False)


def _of_machine() -> Path:
    from platformdirs import site_data_path

    return site_data_path(_NAME, appauthor=False)


def _xdg(variable: str, usual: str) -> Path | None:
    """Return the folder that a variable names; a relative one counts as none, as specified."""
    given = os.environ.get(variable, "")
    if os.path.isabs(given):
        return Path(given, _NAME)
    with suppress(RuntimeError):
        return Path.home() / usual / _NAME
    return None
