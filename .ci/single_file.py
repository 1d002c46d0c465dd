"""Builds `dist/kiosk.pyz`: the kiosk, its content and all it needs, for any Python from 3.11 on.

What is compiled for one system is left out: the parser and validator that authors and settings
need. A visit on the shipped pack needs neither.
"""

import hashlib
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dist" / "kiosk.pyz"
PACKAGES = ("textual", "rich", "tomli", "snowballstemmer", "platformdirs")
"""What a visit needs; pip adds what these need."""
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
ANY_PYTHON = [
    "--platform", "any", "--python-version", "3.11", "--implementation", "py", "--abi", "none",
    "--only-binary", ":all:", "--no-compile",
]  # fmt: skip
LEFT_OUT = ("bin", "__pycache__")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in it, so that the same content gives the same file."""


def main() -> int:
    """Build it; the exit status."""
    with tempfile.TemporaryDirectory() as name:
        wheels, staging = Path(name, "wheels"), Path(name, "staging")
        subprocess.run([*PIP, "wheel", "--no-deps", "-w", wheels, ROOT], check=True)
        (wheel,) = wheels.glob("kiosk-*.whl")
        into = ["install", "--target", staging]
        constraints = ["-c", ROOT / "constraints.txt"]
        subprocess.run([*PIP, *into, *ANY_PYTHON, *constraints, *PACKAGES], check=True)
        subprocess.run([*PIP, *into, *ANY_PYTHON, "--no-deps", "--upgrade", wheel], check=True)
        pack(staging, TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size // 1024} kB")
    return 0


def pack(staging: Path, target: Path) -> None:
    """Put a folder and the module that unpacks it into one file that Python runs."""
    target.parent.mkdir(exist_ok=True)
    files = sorted(
        path
        for path in staging.rglob("*")
        if path.is_file() and not set(path.relative_to(staging).parts) & set(LEFT_OUT)
    )
    digest = hashlib.sha256()
    with target.open("wb") as out:
        out.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files:
                add(archive, str(path.relative_to(staging)), path.read_bytes(), digest)
            start = (ROOT / ".ci" / "single_file_main.py").read_bytes()
            add(archive, "__main__.py", start, digest)
            archive.comment = digest.hexdigest()[:16].encode()
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def add(archive: zipfile.ZipFile, name: str, content: bytes, digest: "hashlib._Hash") -> None:
    """Add one file, and its name and content to the digest."""
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
    digest.update(name.encode() + b"\0" + content)


if __name__ == "__main__":
    sys.exit(main())
