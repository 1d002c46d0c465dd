"""Two wheels of this checkout, of which the second says that it is a later version."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.terminal.terminal import ROOT

LATER = "0.2.0"
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "dist")


def build_two_versions(files: Path) -> None:
    """Put both wheels and requirements.lock into a folder."""
    _build(ROOT, files)
    later = files / "later"
    shutil.copytree(ROOT, later, ignore=_LEFT_OUT)
    module = later / "kiosk" / "__init__.py"
    module.write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{LATER}"', module.read_text()))
    _build(later, files)
    shutil.rmtree(later)
    shutil.copy(ROOT / "deploy" / "requirements.lock", files)


def _build(tree: Path, files: Path) -> None:
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(files), str(tree)]
    subprocess.run(pip, check=True)
