"""The Debian package, built in a bare Debian by Debian's own tools, as `dev.py deb` does it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.deploy.bare_debian import succeed_in
from tests.support.shipped import ROOT

TOOLS = "make dpkg-dev debhelper dh-python python3-pip lintian"


@dataclass(frozen=True)
class BuiltPackage:
    """A package that was built, and the tree that it was built of."""

    file: Path
    tree: Path
    lintian: str
    """What lintian said of it, without an error or a warning."""


def build_package(debian: Path) -> BuiltPackage:
    """Build the package in a Debian, whose files are in `debian`; lintian finds nothing wrong."""
    folder = debian / "srv" / "kiosk"
    tree = folder / "kiosk"
    subprocess.run([sys.executable, ROOT / ".ci" / "deb.py", "--tree", tree], check=True)
    succeed_in(debian, f"apt-get update -qq && apt-get install -y -qq {TOOLS}")
    build = "cd /srv/kiosk/kiosk && dpkg-buildpackage --build=all --no-sign --no-check-builddeps"
    succeed_in(debian, build)
    look = "lintian --allow-root --fail-on error,warning /srv/kiosk/*.changes"
    said = succeed_in(debian, look)
    (file,) = folder.glob("kiosk_*_all.deb")
    return BuiltPackage(file, tree, said)
