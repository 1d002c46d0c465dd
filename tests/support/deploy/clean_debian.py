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

from tests.support.deploy.console import Console
from tests.support.terminal.kiosk_server import free_port

SUITE = os.environ.get("KIOSK_DEBIAN", "trixie")
"""Debian 13; bookworm is Debian 12."""
MIRROR = "http://deb.debian.org/debian"
BOOTS = 60.0
"""Seconds within which the container must have booted."""
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
CONTAINER = """
[ -e /sys/fs/cgroup/cgroup.controllers ] || {
    umount -l /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit 9; }
root=$1 name=$2; shift 2
while :; do
    systemd-nspawn -q -b -D "$root" -M "$name" --register=no --keep-unit --console=pipe "$@" \\
        --system-call-filter="landlock_create_ruleset landlock_add_rule landlock_restrict_self"
    [ $? = 133 ] || exit 0
done
"""
"""Run in an own mount namespace. The default filter of nspawn does not allow Landlock; its exit
status 133 asks for a reboot."""
NO_SYSCTL = "#!/bin/sh\n# A container may not change the settings of the kernel.\n"
INTO = ("-m", "-u", "-i", "-p", "-C", "-r", "-w")
CLEAN = ("env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
         "HOME=/root", "TERM=xterm-256color", "DEBIAN_FRONTEND=noninteractive")  # fmt: skip


def install_debian(folder: Path) -> str:
    """Install Debian in `folder`; return why that failed, or nothing."""
    ran = subprocess.run(
        ["debootstrap", "--include=dbus,libpam-systemd", SUITE, str(folder), MIRROR],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        return f"NO CLEAN DEBIAN COULD BE MADE: {ran.stdout[-500:]}{ran.stderr[-500:]}"
    if CERTIFICATES.exists():
        shutil.copy(CERTIFICATES, folder / "root" / "certificates.crt")
        (folder / "etc" / "pip.conf").write_text("[global]\ncert = /root/certificates.crt\n")
    stub = folder / "usr" / "local" / "sbin" / "sysctl"
    stub.write_text(NO_SYSCTL)
    stub.chmod(0o755)
    return ""


class Debian:
    """The Debian in `root`, booted; stopped with all its processes at the end.

    Args:
        root: its files.
        console: what is its tty1, if anything.
    """

    def __init__(self, root: Path, console: Console | None = None) -> None:
        self.port = self._choose_port(root)
        """Where visitors come in by SSH: a port of this machine that nobody else has."""
        more = [f"--bind={console.device}:/dev/tty1"] if console else []
        self._container = subprocess.Popen(
            ["unshare", "-m", "--propagation", "private", "sh", "-c", CONTAINER, "sh", str(root),
             f"kiosk-{os.getpid()}", *more],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        self.wait_until_up()

    @staticmethod
    def _choose_port(root: Path) -> int:
        port = free_port()
        for name, text in (
            ("kiosk.toml.d/00-port.toml", f"[ssh]\nport = {port}\n"),
            ("sshd_config.d/00-port.conf", f"Port {port}\n"),
        ):
            file = root / "etc" / "kiosk" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return port

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self._nspawn():
            os.kill(pid, signal.SIGTERM)
        try:
            self._container.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(self._container.pid, signal.SIGKILL)
            self._container.wait()

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a bash script in it, as root in the environment of a login."""
        return subprocess.run(
            [*self.entry(), *CLEAN, "bash", "-c", script], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def check(self, *lines: str) -> str:
        """Run lines of a script that must succeed; return what they print."""
        done = self.run("\n".join(lines))
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def entry(self) -> list[str]:
        """Return the beginning of a command that runs inside."""
        first = next((pid for nspawn in self._nspawn() for pid in children(nspawn)), 0)
        return ["nsenter", "-t", str(first), *INTO]

    def wait_until_up(self) -> None:
        """Wait until it has booted."""
        end = time.monotonic() + BOOTS
        while self.run("systemctl is-system-running").stdout.strip() not in ("running", "degraded"):
            assert self._container.poll() is None, "the container has ended"
            assert time.monotonic() < end, "it does not boot"
            time.sleep(0.5)

    def reboot(self) -> float:
        """Reboot it; return the seconds until it was down."""
        before, began = self._nspawn(), time.monotonic()
        self.run("systemctl reboot")
        while self._nspawn() == before:
            assert time.monotonic() - began < 90, "it does not go down"
            time.sleep(0.2)
        seconds = time.monotonic() - began
        self.wait_until_up()
        return seconds

    def _nspawn(self) -> list[int]:
        return children(self._container.pid)


def children(pid: int) -> list[int]:
    """Return the child processes of a process."""
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []
