"""Builds `dist/kiosk_VERSION_all.deb` with Debian's own tools, for Debian 13 and later.

What the kiosk needs is carried at the version and hash of deploy/requirements.lock, but for what is
compiled: that comes from Debian, for every machine and Python that Debian has. See
docs/decisions/0031-the-debian-package-carries-no-compiled-code.md.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
LOCK = ROOT / "deploy" / "requirements.lock"
TOOLS = {
    "dpkg-buildpackage": "dpkg-dev", "dh": "debhelper", "dh_python3": "dh-python",
    "pip3": "python3-pip", "make": "make",
}  # fmt: skip
FROM_DEBIAN = (
    "annotated-types", "cffi", "cryptography", "pillow", "pycparser", "pydantic", "pydantic-core",
    "typing-inspection",
)  # fmt: skip
"""What is compiled, and what only that needs; debian/control depends on them."""
LEFT_OUT = ("asyncssh",)
"""It needs a later cryptography than Debian 13 has: visitors by SSH come in by OpenSSH."""
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
ANY_MACHINE = [
    "--platform", "any", "--python-version", "3.13", "--implementation", "py", "--abi", "none",
    "--only-binary", ":all:",
]  # fmt: skip


def main() -> int:
    """Build it; the exit status."""
    if sys.argv[1:2] == ["--tree"]:
        make_tree(Path(sys.argv[2]))
        return 0
    if missing := [package for tool, package in TOOLS.items() if shutil.which(tool) is None]:
        print(f"This needs Debian's own tools: apt install {' '.join(missing)}")
        return 1
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name, "kiosk")
        make_tree(tree)
        build(tree)
        DIST.mkdir(exist_ok=True)
        for made in Path(name).glob("kiosk_*"):
            shutil.copy(made, DIST)
            print(f"{(DIST / made.name).relative_to(ROOT)}: {made.stat().st_size // 1024} kB")
    return look_at(max(DIST.glob("kiosk_*.changes"), key=lambda file: file.stat().st_mtime))


def make_tree(tree: Path) -> None:
    """Make the tree of a build: from it on, no network is needed."""
    tree.mkdir(parents=True)
    shutil.copytree(ROOT / "debian", tree / "debian")
    shutil.copy(ROOT / "LICENSE", tree)
    shutil.copytree(ROOT / "docs", tree / "docs")
    wheels = tree / "wheels"
    subprocess.run([*PIP, "wheel", "--no-deps", "-w", wheels, ROOT], check=True)
    carried = tree / "carried.lock"
    carried.write_text("\n".join(carried_packages(LOCK.read_text("utf-8"))) + "\n", "utf-8")
    download = ["download", "--no-deps", "--require-hashes", "-r", str(carried), "-d", str(wheels)]
    subprocess.run([*PIP, *download, *ANY_MACHINE], check=True)


def carried_packages(lock: str) -> list[str]:
    """Return the entries of a lock, hashes included, for all that the package carries."""
    entries = re.findall(r"(?m)^[a-z].*(?:\n +--hash.*)*", lock)
    return [entry for entry in entries if entry.split("==")[0] not in FROM_DEBIAN + LEFT_OUT]


def build(tree: Path) -> None:
    """Build the package beside its tree."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(tree), "LANG": "C.UTF-8"}
    # a whole build-essential is not needed: nothing is compiled
    command = ["dpkg-buildpackage", "--build=all", "--no-sign", "--no-check-builddeps"]
    subprocess.run(command, cwd=tree, env=environment, check=True)


def look_at(changes: Path) -> int:
    """Have lintian look at what was built, where it is installed; its exit status."""
    if shutil.which("lintian") is None:
        print("lintian did not look at it: apt install lintian")
        return 0
    command = ["lintian", "--allow-root", "--fail-on", "error", str(changes)]
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main())
