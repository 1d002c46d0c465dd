"""Settings, content and caches are where each system keeps such files."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.system import folders


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Load `folders` as on a system without XDG folders."""
    with monkeypatch.context() as other:
        other.setattr(sys, "platform", "darwin")
        importlib.reload(folders)
        yield
    importlib.reload(folders)


def test_linux_has_the_folders_of_its_standards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/so/ignored")
    assert folders.machine_settings_folder() == Path("/etc/kiosk")
    assert folders.machine_data_folder() == Path("/var/lib/kiosk")
    assert folders.cache_folder() == Path("/home/somebody/.cache/kiosk")
    assert folders.user_settings_folder() == Path("/home/somebody/.config/kiosk")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert folders.cache_folder() == Path("/elsewhere/kiosk")


def test_elsewhere_they_are_the_ones_that_platformdirs_knows(mac: None) -> None:
    import platformdirs

    assert folders.cache_folder() == platformdirs.user_cache_path("kiosk", appauthor=False)
    assert folders.machine_data_folder() == platformdirs.site_data_path("kiosk", appauthor=False)
    assert folders.machine_settings_folder() == folders.machine_data_folder()


def test_on_windows_they_are_a_users_local_ones_and_the_machines(
    mac: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import platformdirs
    from platformdirs import windows

    monkeypatch.setattr(platformdirs, "PlatformDirs", windows.Windows)
    monkeypatch.setattr(windows, "get_win_folder", windows.get_win_folder_from_env_vars)
    monkeypatch.setenv("LOCALAPPDATA", "/Users/me/AppData/Local")
    monkeypatch.setenv("ALLUSERSPROFILE", "/ProgramData")
    assert folders.user_settings_folder() == Path("/Users/me/AppData/Local/kiosk")
    assert folders.cache_folder() == Path("/Users/me/AppData/Local/kiosk/Cache")
    assert folders.machine_data_folder() == folders.machine_settings_folder()
    assert folders.machine_data_folder() == Path("/ProgramData/kiosk")
