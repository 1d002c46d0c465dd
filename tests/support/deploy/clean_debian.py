"""A fresh Debian that runs: debootstrap makes it, systemd boots in it, in a container of its own.

It shares this machine's network, as its package registries are reached from here; and what pip is
told here of certificates, it is told there.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container"}
SUITE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
BOOTS = 60.0
"""Seconds within which it must have booted."""
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
CONTAINER = """
[ -e /sys/fs/cgroup/cgroup.controllers ] || {
    umount -l /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit 9; }
exec systemd-nspawn -q -b -D "$1" -M "$2" --register=no --keep-unit --console=pipe \\
    --system-call-filter="landlock_create_ruleset landlock_add_rule landlock_restrict_self"
"""
"""In a mount namespace of its own. A container's own filter of system calls knows no Landlock."""


def missing() -> str:
    """What this machine lacks for it, in capitals; empty where it has all."""
    if os.getuid():
        return "THIS IS NOT ROOT: no clean Debian was made"
    lacks = [package for tool, package in NEEDED.items() if shutil.which(tool) is None]
    return f"THIS MACHINE LACKS {' and '.join(lacks)}: no clean Debian was made" if lacks else ""


def made(folder: Path) -> str:
    """Make one in `folder`; why not, where the registry of packages cannot be reached."""
    ran = subprocess.run(
        ["debootstrap", SUITE, str(folder), MIRROR], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        return f"NO CLEAN DEBIAN COULD BE MADE: {ran.stdout[-500:]}{ran.stderr[-500:]}"
    if CERTIFICATES.exists():
        shutil.copy(CERTIFICATES, folder / "root" / "certificates.crt")
        (folder / "etc" / "pip.conf").write_text("[global]\ncert = /root/certificates.crt\n")
    return ""


class Debian:
    """The one in `root`, booted; ended with all that runs in it."""

    def __init__(self, root: Path) -> None:
        self._container = subprocess.Popen(
            ["unshare", "-m", "--propagation", "private", "sh", "-c", CONTAINER, "sh", str(root),
             f"kiosk-{os.getpid()}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + BOOTS
        while self.run("systemctl is-system-running").stdout.strip() not in ("running", "degraded"):
            assert self._container.poll() is None, "the container has ended"
            assert time.monotonic() < end, "it does not boot"
            time.sleep(0.5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.send_signal(signal.SIGTERM)
        try:
            self._container.wait(30)
        except subprocess.TimeoutExpired:
            self._container.kill()
            self._container.wait()

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """What bash, as root and with a login's environment, does in it."""
        into = ["nsenter", "-t", self._first(), "-m", "-u", "-i", "-p", "-C", "-r", "-w"]
        clean = ["env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                 "HOME=/root", "TERM=xterm-256color", "DEBIAN_FRONTEND=noninteractive"]  # fmt: skip
        return subprocess.run(
            [*into, *clean, "bash", "-c", script], stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False,
        )  # fmt: skip

    def _first(self) -> str:
        """The number of its first process here; of this process where it has none yet."""
        pid = self._container.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return children[0] if children else "0"
