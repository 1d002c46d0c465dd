"""Open the sockets where clients of a server connect: a Unix socket, TCP ports, and sockets that
systemd has opened already; and say where the Unix socket is.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from pathlib import Path

from kiosk.serve.attach import SOCKET
from kiosk.system.files import folder_of_others

SYSTEM_RUNTIME_DIRECTORY = Path("/run/kiosk")
"""The runtime directory of the service that systemd runs."""
FIRST_SYSTEMD_FD = 3
"""The first descriptor that systemd passes (sd_listen_fds(3))."""
TCP_BACKLOG = 1024
"""Connections that wait in the kernel."""
MISSED_PROBES = 2
"""Keepalive probes in a row that a machine may leave unanswered."""
FAMILY_MISSING = (errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.EADDRNOTAVAIL)
"""Errors for a family of addresses that the kernel, or this machine, does not have."""


def socket_path() -> Path:
    """Return the path where a server listens by default: in the service's runtime directory if
    systemd names one, else the user's, else /run/kiosk.
    """
    given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(given) if given else Path(own) / "kiosk" if own else SYSTEM_RUNTIME_DIRECTORY
    return folder / SOCKET


def socket_paths() -> list[Path]:
    """Return the two default paths of Unix sockets where a server on this machine may listen, to be
    tried in this order: this user's own, then that of the systemd service.
    """
    return [socket_path(), SYSTEM_RUNTIME_DIRECTORY / SOCKET]


def systemd_sockets() -> list[socket.socket]:
    """Return the listening sockets that systemd has opened for this process (sd_listen_fds(3));
    empty where there are none, and at every call after the first.
    """
    for_us = os.environ.pop("LISTEN_PID", "") == str(os.getpid())
    count = os.environ.pop("LISTEN_FDS", "")
    os.environ.pop("LISTEN_FDNAMES", None)
    if not for_us or not count.isdecimal():
        return []
    sockets = [socket.socket(fileno=FIRST_SYSTEMD_FD + index) for index in range(int(count))]
    for listener in sockets:
        os.set_inheritable(listener.fileno(), False)
    return sockets


def listen_unix(path: Path, mode: int) -> socket.socket:
    """Return a Unix socket that listens at `path` with these permissions (`mode`). It replaces a
    server that listens there already.

    The new socket takes over the path in one step, so that at every moment some server answers
    there; the other server notices, and drains. Raises OSError where it cannot listen, where
    something else than a socket is at the path, or where another user could replace the socket by
    their own, to which visitors would then hand their terminals.
    """
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if shared := folder_of_others(path.parent, {0, os.geteuid()}):
        raise OSError(errno.EPERM, f"others can replace what is in {shared}")
    if path.exists() and not path.is_socket():
        raise OSError(errno.EEXIST, f"{path} is there already, and is no socket")
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    umask = os.umask(0o777 & ~mode)
    try:
        listener.bind(str(temporary))
    finally:
        os.umask(umask)
    listener.listen(socket.SOMAXCONN)
    temporary.rename(path)
    return listener


def socket_identity(path: Path) -> tuple[int, int]:
    """Return the device and inode of the file at `path`, which show whether another socket has
    replaced the one that was there; (0, 0) where there is none.
    """
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def listen_tcp(address: str, port: int, *, reuse_port: bool = False) -> list[socket.socket]:
    """Return TCP sockets that listen at an address, or at every address of this machine if it is
    empty.

    There is one socket for each family of addresses (IPv4, IPv6) that the machine has. Raises
    OSError if one cannot listen, for example because the port is taken.

    Args:
        address: a host name or an IP address; empty for all.
        port: 0 for any free port.
        reuse_port: whether other servers may listen at the same port (SO_REUSEPORT); the kernel
            then spreads clients among them.
    """
    listeners: list[socket.socket] = []
    missing: OSError | None = None
    try:
        for family, _, _, _, where in socket.getaddrinfo(
            address or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            if not port and listeners:  # the same free port for both families
                where = (where[0], listeners[0].getsockname()[1], *where[2:])
            try:
                listeners.append(_listen_at(family, where, reuse_port))
            except OSError as error:
                if error.errno not in FAMILY_MISSING:
                    raise
                missing = error
        if missing is not None and not listeners:
            raise missing
    except OSError:
        for listener in listeners:
            listener.close()
        raise
    return listeners


def set_keepalive(connection: socket.socket, interval: float) -> None:
    """Have the kernel probe an idle TCP connection every `interval` seconds, and break it if the
    other machine does not answer (tcp(7)). It costs this process nothing.
    """
    seconds = max(1, round(interval))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, seconds)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, seconds)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, MISSED_PROBES + 1)


def _listen_at(family: int, where: tuple[object, ...], reuse_port: bool) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if reuse_port:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(where)
        listener.listen(TCP_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
