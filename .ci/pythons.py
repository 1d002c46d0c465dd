"""Runs the daily tests on each Python that can be had, and compares their starts and memory.

    python3 dev.py pythons                    all of them
    python3 dev.py pythons --only 3.14        one
    python3 dev.py pythons --figures          no tests, only starts and memory
    python3 dev.py pythons -- tests/core      what follows goes to pytest

A Python is one of this machine (on the PATH, or of pyenv); else, for root, that of a Debian release
in a folder, which debootstrap makes. Environments and releases are kept in --folder.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.deploy.bare_debian import enter, install_bare_debian, run_in  # noqa: E402

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
RELEASES = {"3.11": "bookworm", "3.13": "trixie", "3.14": "forky"}
PACKAGES = (
    "libseccomp2 libzbar0 openssh-server openssh-client tmux poppler-utils cups procps systemd"
)
"""What some tests need of a release beyond Python."""
WORKERS = ["-n", "3", "--dist", "worksteal", "-m", "not second_tier", "-p", "no:cacheprovider"]
ROUNDS, STARTS = 3, 4
UV = [str(Path(sys.executable).with_name("uv"))]


@dataclass(frozen=True)
class Python:
    """A Python with the kiosk and its tests installed."""

    version: str
    where: str
    command: list[str]


@dataclass(frozen=True)
class Tested:
    """The outcome of the tests on one Python."""

    passed: int
    failed: int
    skipped: int
    warnings: str


def main() -> int:
    """Do it; the exit status is that of the worst."""
    options = arguments()
    pythons = [
        python
        for version in options.only
        for python in prepare(version, options.folder, may_use_pyenv=not options.no_pyenv)
    ]
    status = 0
    if not options.figures:
        for python in pythons:
            tested = test(python, options.folder, options.pytest)
            status |= bool(tested.failed)
            print(f"{python.version} ({python.where}): {tested}", flush=True)
    if not options.pytest:
        compare(pythons)
    return status


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, default=ROOT / ".pythons", help="where it is kept")
    parser.add_argument("--only", nargs="+", default=VERSIONS, help="versions, as 3.14")
    parser.add_argument("--figures", action="store_true", help="no tests")
    parser.add_argument("--no-pyenv", action="store_true", help="a release rather than pyenv's")
    parser.add_argument("pytest", nargs="*", help="arguments of pytest")
    return parser.parse_args()


def prepare(version: str, folder: Path, *, may_use_pyenv: bool) -> Iterator[Python]:
    """Yield the Python of a version with all that is needed, or say why there is none."""
    folder.mkdir(exist_ok=True)
    if found := on_this_machine(version, pyenv(version) if may_use_pyenv else []):
        python = folder / version / "bin" / "python"
        install([], found, folder / version)
        yield Python(version, found, [str(python)])
    elif version not in RELEASES or os.getuid() or not shutil.which("debootstrap"):
        print(f"{version}: not on this machine, and no Debian release can be made with it")
    elif why := make_release(version, folder / RELEASES[version]):
        print(f"{version}: {why}")
    else:
        release = folder / RELEASES[version]
        shutil.copy(UV[0], release / "usr/local/bin/uv")
        inside = enter(release, share=str(ROOT))
        install(inside, f"/usr/bin/python{version}", Path("/opt/kiosk-tests"))
        where = f"Debian {release.name}"
        yield Python(version, where, [*inside, "/opt/kiosk-tests/bin/python"])


def on_this_machine(version: str, others: list[Path]) -> str:
    """Return the path of a Python of this version, on the PATH or of others; empty if none is."""
    path = os.pathsep.join(
        part for part in os.environ["PATH"].split(os.pathsep) if "/shims" not in part
    )
    for name in filter(None, [shutil.which(f"python{version}", path=path), *map(str, others)]):
        ran = subprocess.run([name, "-c", "import venv"], capture_output=True, check=False)
        if ran.returncode == 0:
            return name
    return ""


def pyenv(version: str) -> list[Path]:
    """Return the Pythons of pyenv, the newest first."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return sorted(root.glob(f"versions/{version}.*/bin/python"), reverse=True)


def make_release(version: str, release: Path) -> str:
    """Install a Debian release, unless it is there; return why that failed, or nothing."""
    if (release / "usr" / "bin" / f"python{version}").exists():
        return ""
    shutil.rmtree(release, ignore_errors=True)
    if why := install_bare_debian(release, release.name):
        return why
    done = run_in(release, f"apt-get update && apt-get install -y python{version}-venv {PACKAGES}")
    return done.stderr[-500:] if done.returncode else ""


def install(inside: list[str], python: str, venv: Path) -> None:
    """Make an environment with this checkout and what its tests need."""
    uv = ["uv"] if inside else UV
    subprocess.run([*inside, *uv, "venv", "-q", "--allow-existing", "-p", python, venv], check=True)
    pip = [*inside, *uv, "pip", "install", "-q", "-p", str(venv / "bin" / "python")]
    subprocess.run([*pip, "-c", "constraints.txt", "-e", ".[dev]"], check=True, cwd=ROOT)


def test(python: Python, folder: Path, extra: list[str]) -> Tested:
    """Run the tests; their output goes to a file in the folder."""
    log, report = folder / f"{python.version}.log", ROOT / f".pythons-{python.version}.xml"
    command = [*python.command, "-m", "pytest", *WORKERS, f"--junitxml={report}", *extra]
    with log.open("w") as output:
        subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, check=False)
    if not report.exists():
        raise SystemExit(f"{python.version}: pytest did not run, see {log}")
    counts = ElementTree.parse(report).getroot()[0].attrib
    report.unlink()
    bad = int(counts["failures"]) + int(counts["errors"])
    skipped = int(counts["skipped"])
    warnings = re.findall(r"(\d+) warnings?\b", log.read_text(errors="replace"))
    return Tested(int(counts["tests"]) - bad - skipped, bad, skipped, (warnings or ["0"])[-1])


def compare(pythons: list[Python]) -> None:
    """Measure each in turn, several times; print the medians, and the least in brackets.

    On a machine that does other things, too, the least says more of a time.
    """
    figures: dict[str, dict[str, list[float]]] = {python.version: {} for python in pythons}
    for _ in range(ROUNDS):
        for python in pythons:
            for what in (str(STARTS), "visits"):
                ran = subprocess.run(
                    [*python.command, "-m", "tests.support.perf.one_python", what],
                    cwd=ROOT, capture_output=True, text=True, check=True,
                )  # fmt: skip
                for name, values in json.loads(ran.stdout.splitlines()[-1]).items():
                    figures[python.version].setdefault(name, []).extend(values)
    for version, named in figures.items():
        told = (
            f"{name} {statistics.median(values):.1f} ({min(values):.1f})"
            for name, values in named.items()
        )
        print(f"{version}: {', '.join(told)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
