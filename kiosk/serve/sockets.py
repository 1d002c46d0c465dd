"""Where a house listens: a socket in a runtime directory, or one that systemd has opened."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

from kiosk.serve.attach import SOCKET

MACHINES = Path("/run/kiosk")
"""The runtime directory of the machine's service."""
FIRST_GIVEN = 3
"""The first descriptor that systemd hands over (sd_listen_fds(3))."""


def socket_path() -> Path:
    """Where to listen, or to ask a house that runs here."""
    given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(given) if given else Path(own) / "kiosk" if own else MACHINES
    return folder / SOCKET


def socket_paths() -> list[Path]:
    """Where a house that runs here may answer: a user's own, then the machine's service."""
    return [socket_path(), MACHINES / SOCKET]


def given_sockets() -> list[socket.socket]:
    """The sockets that systemd has opened for this process, each to be used once."""
    for_us = os.environ.pop("LISTEN_PID", "") == str(os.getpid())
    count = os.environ.pop("LISTEN_FDS", "")
    os.environ.pop("LISTEN_FDNAMES", None)
    if not for_us or not count.isdecimal():
        return []
    found = [socket.socket(fileno=FIRST_GIVEN + i) for i in range(int(count))]
    for one in found:
        os.set_inheritable(one.fileno(), False)
    return found


def listen(path: Path, mode: int) -> socket.socket:
    """Listen at `path`, in place of whoever does now: they find out, and drain.

    The new socket takes the name in one step: at every moment somebody answers there.
    """
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    one = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    before = os.umask(0o777 & ~mode)
    try:
        one.bind(str(beside))
    finally:
        os.umask(before)
    one.listen(socket.SOMAXCONN)
    beside.rename(path)
    return one


def identity(path: Path) -> tuple[int, int]:
    """What tells one socket at a path from the next; zeros where there is none."""
    try:
        held = path.stat()
    except OSError:
        return (0, 0)
    return (held.st_dev, held.st_ino)
