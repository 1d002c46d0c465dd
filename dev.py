#!/usr/bin/env python3
"""Sets up what it needs in this folder, then does what it is asked.

    python3 dev.py kiosk            open the kiosk (what follows is handed on to it)
    python3 dev.py test             run the representative tests, about a minute
    python3 dev.py test --all       run every daily test, about ten minutes; CI does
    python3 dev.py second-tier      run the long tests and the benches
    python3 dev.py machines         boot Debian in containers and live through docs/deploying.md
    python3 dev.py lock             write deploy/requirements.lock: versions and hashes of all
    python3 dev.py sbom | audit     say what is in it (CycloneDX); ask whether a hole is known
    python3 dev.py lint | types | imports | content | wheel | reference | modules | single-file
    python3 dev.py deb              make the Debian package, with Debian's own tools
    python3 dev.py pythons          run every daily test on every Python that can be had

What follows a command is handed on: to the kiosk, to pytest, to the tool.
Everything goes into .venv in this folder; nothing is needed in, or written to, a home.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BASE, DEV = ".", ".[dev]"

# many tests wait for a terminal or a clock: three at a time keep two cores busy
WORKERS = ["--numprocesses=3", "--dist=worksteal"]
LOCK = "deploy/requirements.lock"
EXTRAS = ["--extra=ssh", "--extra=unattended", "--extra=print", "--extra=review"]
COMMANDS = {
    "lock": (
        DEV,
        [
            *["-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", *EXTRAS],
            *["--constraint=constraints.txt", "--generate-hashes", "--universal"],
            *["--python-version=3.11", "--no-annotate", "--no-emit-index-url"],
            *["--custom-compile-command=python3 dev.py lock", f"--output-file={LOCK}"],
        ],
    ),
    "sbom": (
        DEV,
        [
            *["-m", "uv", "tool", "run", "--from=cyclonedx-bom", "cyclonedx-py", "requirements"],
            *["--pyproject=pyproject.toml", "--output-reproducible", LOCK],
        ],
    ),
    "audit": (
        DEV,
        [
            *["-m", "uv", "tool", "run", "pip-audit", "--strict", "--disable-pip"],
            *["--require-hashes", f"--requirement={LOCK}"],
        ],
    ),
    "kiosk": (BASE, ["-m", "kiosk"]),
    "test": (DEV, ["-m", "pytest", *WORKERS]),
    "test --all": (DEV, ["-m", "pytest", *WORKERS, "-m", "not second_tier"]),
    "second-tier": (DEV, ["-m", "pytest", "-s", "-m", "second_tier or timed"]),
    "machines": (DEV, ["-m", "pytest", "-s", "-rs", "-m", "second_tier", "tests/deploy"]),
    "lint": (DEV, [str(ROOT / ".ci" / "lint.py")]),
    "types": (DEV, [str(ROOT / ".ci" / "check_types.py")]),
    "imports": (DEV, ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    "content": (BASE, ["-m", "kiosk", "check", "content"]),
    "wheel": (DEV, [str(ROOT / ".ci" / "wheel.py")]),
    "single-file": (DEV, [str(ROOT / ".ci" / "single_file.py")]),
    "reference": (DEV, [str(ROOT / ".ci" / "reference.py")]),
    "modules": (DEV, [str(ROOT / ".ci" / "modules.py")]),
    "deb": (DEV, [str(ROOT / ".ci" / "deb.py")]),
    "pythons": (DEV, [str(ROOT / ".ci" / "pythons.py")]),
}


def main() -> int:
    """Do what the command line asks."""
    name, *rest = sys.argv[1:] or [""]
    if name == "test" and rest[:1] == ["--all"]:
        name, rest = "test --all", rest[1:]
    if name not in COMMANDS:
        print((__doc__ or "").strip())
        return 0 if name in ("", "help", "-h", "--help") else 2
    if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told
        print(f"kiosk needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        return 1
    extra, arguments = COMMANDS[name]
    try:
        _set_up(extra)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"Setting up .venv failed: {error}")
        print("On Debian, `apt install python3-venv` gives Python what it needs for this.")
        return 1
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # each process would compile all of it
    if name == "second-tier":
        environment["KIOSK_TIMED"] = "1"  # nothing else runs: times mean something
    os.chdir(ROOT)
    return os.execve(PYTHON, [str(PYTHON), *arguments, *rest], environment)


def _set_up(extra: str) -> None:
    """Install this checkout and what it needs, unless that has been done for just this state."""
    wanted = _state()
    stamp = VENV / f"installed-{'dev' if extra == DEV else 'base'}"
    done = [VENV / "installed-dev", stamp]
    if PYTHON.exists() and any(one.exists() and one.read_text() == wanted for one in done):
        return
    if not PYTHON.exists():
        print("Setting up .venv (once; it takes a minute) ...", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--constraint", "constraints.txt", "--editable", extra], check=True, cwd=ROOT
    )
    stamp.write_text(wanted)


def _state() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
