"""Builds the wheel, installs it alone into an empty environment, opens it from another folder."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
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
    """Open it in a real terminal: Welcome, the readers, and out again."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(elsewhere)
        os.execve(kiosk, ["kiosk"], environment)
    expect(terminal, "START")
    press(terminal, b"\r")
    expect(terminal, "Which best describes you?")
    press(terminal, b"b")
    expect(terminal, "START")
    press(terminal, b"q")
    drain(terminal)
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(f"kiosk left with status {os.waitstatus_to_exitcode(status)}")


def press(terminal: int, key: bytes) -> None:
    """Press a key as somebody would who has seen the page: what comes sooner does not count."""
    time.sleep(1)
    os.write(terminal, key)


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


def expect(terminal: int, words: str, seconds: float = 20) -> None:
    """Read the terminal until `words` have been drawn."""
    seen, end = b"", time.monotonic() + seconds
    while words.encode() not in seen:
        ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
        if not ready:
            raise SystemExit(f"{words!r} did not appear. Seen:\n{seen.decode(errors='replace')}")
        seen += os.read(terminal, 65536)


def drain(terminal: int) -> None:
    """Read what is left, until the program has gone."""
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        return


if __name__ == "__main__":
    sys.exit(main())
