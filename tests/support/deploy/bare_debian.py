"""A bare Debian in a folder, entered by chroot: no service runs in it.

It shares this machine's network and its CA certificates, to reach the same package registries.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.support.deploy.clean_debian import CERTIFICATES, MIRROR

OWN_CERTIFICATES = "/usr/local/share/certificates.crt"
ENTER = """
root=$1 user=$2 home=$3 share=$4; shift 4
mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" &&
    mount -t tmpfs run "$root/run" || exit 9
[ -z "$share" ] || { mkdir -p "$root$share" && mount --bind "$share" "$root$share"; } || exit 9
exec chroot --userspec="$user" "$root" \
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" \
    TERM=xterm-256color LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive SSL_CERT_FILE="$CERTIFICATES" \
    sh -c 'cd "$0" && exec "$@"' "${share:-/}" "$@"
"""
"""Run in a mount namespace of its own, so that no mount is left behind."""
ALL_FILES = """find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run \\
-o -path /tmp \\
-o -path /var/cache/apt -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/log \\
-o -path /srv/kiosk \\) -prune -o -print"""
"""Prints the path of each file, but for those in which apt keeps its books."""


def install_bare_debian(folder: Path, suite: str) -> str:
    """Install the least that is a Debian; return why that failed, or nothing."""
    command = ["debootstrap", "--variant=minbase", suite, str(folder), MIRROR]
    script = Path("/usr/share/debootstrap/scripts")
    if not (script / suite).exists():
        command.append(str(script / "sid"))  # a release that this debootstrap does not know yet
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"NO BARE DEBIAN COULD BE MADE: {done.stdout[-500:]}{done.stderr[-500:]}"
    shutil.copy("/etc/resolv.conf", folder / "etc")
    (folder / "etc/apt/apt.conf.d/90no-extras").write_text(
        'APT::Install-Recommends "false";\nAcquire::Check-Valid-Until "false";\n'
    )
    if CERTIFICATES.exists():
        shutil.copy(CERTIFICATES, folder / OWN_CERTIFICATES.lstrip("/"))
        (folder / "etc" / "pip.conf").write_text(f"[global]\ncert = {OWN_CERTIFICATES}\n")
    return ""


def enter(folder: Path, user: str = "0:0", home: str = "/root", share: str = "") -> list[str]:
    """Return the command that runs the one after it there.

    Args:
        folder: of the Debian.
        user: that runs it, and its group, by number or name.
        home: the home that it is told.
        share: path of a folder of this machine that is there, too, under the same path; it runs
            in it.
    """
    certificates = folder / OWN_CERTIFICATES.lstrip("/")
    variable = f"CERTIFICATES={OWN_CERTIFICATES if certificates.exists() else ''}"
    namespace = ["unshare", "--mount", "--propagation", "private"]
    return ["env", variable, *namespace, "sh", "-c", ENTER, "sh", str(folder), user, home, share]


def run_in(
    folder: Path, script: str, *, user: str = "0:0", home: str = "/root"
) -> subprocess.CompletedProcess[str]:
    """Run a shell script in it."""
    return subprocess.run(
        [*enter(folder, user, home), "sh", "-c", script],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


def succeed_in(folder: Path, script: str, *, user: str = "0:0", home: str = "/root") -> str:
    """Run a shell script in it that must succeed; return what it printed."""
    ran = run_in(folder, script, user=user, home=home)
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    return ran.stdout


def files_in(folder: Path) -> set[str]:
    """Return the path of each file, but for those in which apt keeps its books."""
    return set(run_in(folder, ALL_FILES).stdout.splitlines())
