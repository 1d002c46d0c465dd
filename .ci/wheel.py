"""Builds the wheel, installs it alone into an empty environment, opens it from another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Build, install, open; the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder / "dist")
        python = install(wheel, folder / "venv")
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        kiosk = python.parent / "kiosk"
        for arguments in (["--version"], ["check"]):
            subprocess.run([kiosk, *arguments], check=True, cwd=elsewhere, env=clean(folder))
        needs_no_parser(python, elsewhere, folder)
        open_in_terminal(kiosk, elsewhere, clean(folder))
        hands_over(python.parent.parent / "share" / "kiosk", folder)
        opens_from_a_stick(folder)
    print("The wheel opens from another folder, the single file from a read-only one.")
    return 0


def build(into: Path) -> Path:
    """The wheel, made from this checkout."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(into), str(ROOT)]
    subprocess.run(pip, check=True)
    (wheel,) = into.glob("*.whl")
    print(f"{wheel.name}: {wheel.stat().st_size // 1024} kB")
    return wheel


def install(wheel: Path, into: Path) -> Path:
    """An environment with nothing in it but the wheel and what it depends on."""
    venv.create(into, with_pip=True)
    python = into / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-c", ROOT / "constraints.txt", wheel], check=True)
    return python


def clean(folder: Path) -> dict[str, str]:
    """An environment without a home and without this checkout."""
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "HOME": str(folder / "nowhere")}


def needs_no_parser(python: Path, elsewhere: Path, folder: Path) -> None:
    """A visit on the shipped pack imports neither validator nor TOML parser."""
    program = (
        "import sys; from kiosk.site.content import pack_at; pack = pack_at(None); pack.library();"
        "pack.open_topic('leaky-gut', 'en'); import kiosk.ui.app;"
        "sys.exit(bool({'tomli', 'pydantic'} & set(sys.modules)))"
    )
    subprocess.run([python, "-c", program], check=True, cwd=elsewhere, env=clean(folder))


def opens_from_a_stick(folder: Path) -> None:
    """Build the single file and open it from a folder that nobody can write, without a home."""
    subprocess.run([sys.executable, ROOT / ".ci" / "single_file.py"], check=True)
    stick, temporary = folder / "stick", folder / "temporary"
    stick.mkdir()
    temporary.mkdir()
    shutil.copy(ROOT / "dist" / "kiosk.pyz", stick)
    stick.chmod(0o555)
    without_home = {**clean(folder), "HOME": "/proc/nowhere", "TMPDIR": str(temporary)}
    open_in_terminal(stick / "kiosk.pyz", folder, without_home)
    if left := list(temporary.iterdir()):
        raise SystemExit(f"The single file left {left}")


def open_in_terminal(kiosk: Path, elsewhere: Path, environment: dict[str, str]) -> None:
    """Open it in a real terminal, as the test of the Debian package does."""
    walk = ROOT / "debian" / "tests" / "opens-in-a-terminal"
    subprocess.run([sys.executable, walk, kiosk], check=True, cwd=elsewhere, env=environment)


def hands_over(share: Path, folder: Path) -> None:
    """What IT copies is there, and a visitor's login runs: here it finds nobody who serves."""
    missing = {one.name for one in (ROOT / "deploy").iterdir()} - {
        one.name for one in share.iterdir()
    }
    runtime = {**clean(folder), "XDG_RUNTIME_DIR": str(folder)}
    ran = subprocess.run(
        [share / "login", "-c", "id"], env=runtime, capture_output=True, check=False
    )
    if missing or ran.returncode != 1 or b"uid=" in ran.stdout or b"not open" not in ran.stderr:
        raise SystemExit(f"share/kiosk lacks {missing}, or its login does else: {ran}")


if __name__ == "__main__":
    sys.exit(main())
