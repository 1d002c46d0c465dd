"""A fresh Debian in a container: made by debootstrap, booted with systemd.

It shares this machine's network and its CA certificates, to reach the same package registries.
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
"""Seconds within which the container must have booted."""
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
CONTAINER = """
[ -e /sys/fs/cgroup/cgroup.controllers ] || {
    umount -l /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit 9; }
exec systemd-nspawn -q -b -D "$1" -M "$2" --register=no --keep-unit --console=pipe \\
    --system-call-filter="landlock_create_ruleset landlock_add_rule landlock_restrict_self"
"""
"""Run in an own mount namespace. The default filter of nspawn does not allow Landlock."""


def missing() -> str:
    """Return what this machine lacks for it, as the reason of a skip; empty if nothing."""
    if os.getuid():
        return "THIS IS NOT ROOT: no clean Debian was made"
    lacks = [package for tool, package in NEEDED.items() if shutil.which(tool) is None]
    return f"THIS MACHINE LACKS {' and '.join(lacks)}: no clean Debian was made" if lacks else ""


def install_debian(folder: Path) -> str:
    """Install Debian in `folder`; return why that failed, or nothing."""
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
    """The Debian in `root`, booted; stopped with all its processes at the end."""

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
        """Run a bash script in it, as root in the environment of a login."""
        into = ["nsenter", "-t", self._first(), "-m", "-u", "-i", "-p", "-C", "-r", "-w"]
        clean = ["env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                 "HOME=/root", "TERM=xterm-256color", "DEBIAN_FRONTEND=noninteractive"]  # fmt: skip
        return subprocess.run(
            [*into, *clean, "bash", "-c", script], stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False,
        )  # fmt: skip

    def wait(self, seconds: float) -> None:
        """Wait until it has shut down."""
        self._container.wait(seconds)

    def _first(self) -> str:
        """Return the pid here of its init process; 0 if there is none yet."""
        pid = self._container.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return children[0] if children else "0"
