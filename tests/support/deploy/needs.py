"""What tests in a clean Debian need of a machine, said loudly where it is not there."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.support.deploy.console import free_console

NEEDED = {
    "debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "ssh": "openssh-client",
    "unshare": "util-linux",
}  # fmt: skip
"""Programs, and the packages of Debian that have them."""


def missing() -> str:
    """Return what this machine lacks, as the reason of a skip; empty if nothing."""
    if os.getuid():
        return "THIS IS NOT ROOT: no clean Debian was made"
    lacks = [package for tool, package in NEEDED.items() if shutil.which(tool) is None]
    return f"THIS MACHINE LACKS {' and '.join(lacks)}: no clean Debian was made" if lacks else ""


def needs_debian() -> list[pytest.MarkDecorator]:
    """Return the marks of a module whose tests boot a clean Debian."""
    lacks = missing()
    return [pytest.mark.second_tier, pytest.mark.skipif(bool(lacks), reason=lacks or "-")]


def needs_console() -> pytest.MarkDecorator:
    """Return the mark of a test that also needs a Linux console."""
    lacks = not missing() and free_console() is None
    return pytest.mark.skipif(
        lacks, reason="THIS MACHINE HAS NO FREE LINUX CONSOLE (/dev/tty7 to tty12)"
    )
