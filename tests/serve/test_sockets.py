"""Listening sockets: every family of addresses that there is, and keepalive."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from kiosk.serve.sockets import listen_tcp, listen_unix, set_keepalive
from tests.support.other_user import NOBODY, needs_root


@pytest.mark.parametrize(("interval", "seconds"), [(20.0, 20), (0.1, 1), (7.6, 8)])
def test_the_kernel_probes_the_other_machine_at_the_interval(interval: float, seconds: int) -> None:
    with socket.socket() as connection:
        set_keepalive(connection, interval)
        assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        kernel = [
            connection.getsockopt(socket.IPPROTO_TCP, option)
            for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
        ]
    assert kernel == [seconds, seconds, 3]


class KernelWithout(socket.socket):
    """Sockets of a kernel that lacks a family, either at all or at every interface."""

    missing = socket.AF_INET6
    fails_at = "socket"

    def __init__(self, family: int = -1, *more: Any, **kwargs: Any) -> None:
        if family == self.missing and self.fails_at == "socket":
            raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
        super().__init__(family, *more, **kwargs)

    def bind(self, address: Any) -> None:
        if self.family == self.missing and self.fails_at == "bind":
            raise OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")
        super().bind(address)


def both_families(*_: Any, **__: Any) -> list[Any]:
    """Answer as getaddrinfo does for an empty address, whatever this machine has."""
    return [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::", 0, 0, 0)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0)),
    ]


@pytest.mark.parametrize("fails_at", ["socket", "bind"])
def test_a_kernel_without_ipv6_is_served_over_ipv4(
    monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    monkeypatch.setattr(KernelWithout, "fails_at", fails_at)
    with monkeypatch.context() as kernel:
        kernel.setattr(socket, "getaddrinfo", both_families)
        kernel.setattr(socket, "socket", KernelWithout)
        listeners = listen_tcp("", 0)
    assert [listener.family for listener in listeners] == [socket.AF_INET]
    with socket.create_connection(listeners[0].getsockname(), 5):
        pass
    for listener in listeners:
        listener.close()


def test_a_machine_without_any_of_the_addresses_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both_families()[:1])
    monkeypatch.setattr(socket, "socket", KernelWithout)
    with pytest.raises(OSError, match="not supported"):
        listen_tcp("", 0)


def test_a_taken_port_is_an_error_although_another_family_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setattr(socket, "getaddrinfo", both_families_at(port))
        monkeypatch.setattr(socket, "socket", KernelWithout)
        with pytest.raises(OSError, match="in use"):
            listen_tcp("", port)


def both_families_at(port: int) -> Any:
    def answer(*_: Any, **__: Any) -> list[Any]:
        return [(*row[:4], (row[4][0], port, *row[4][2:])) for row in both_families()]

    return answer


@pytest.mark.parametrize("shared", ["the folder", "the folder around it"])
def test_no_server_listens_where_another_user_could_put_one(shared: str, tmp_path: Path) -> None:
    """Visitors would hand their terminals to it."""
    folder = tmp_path / "shared" / "kiosk"
    folder.mkdir(parents=True)
    (folder if shared == "the folder" else folder.parent).chmod(0o777)
    with pytest.raises(OSError, match="others can replace what is in"):
        listen_unix(folder / "kiosk.sock", 0o600)
    assert list(folder.iterdir()) == []


@needs_root
def test_no_server_listens_in_a_folder_that_another_user_made(tmp_path: Path) -> None:
    """In /tmp nobody may exchange another's files, but anybody may be first to make a folder."""
    tmp_path.chmod(0o1777)
    folder = tmp_path / "kiosk"
    folder.mkdir()
    os.chown(folder, NOBODY, NOBODY)
    with pytest.raises(OSError, match="others can replace"):
        listen_unix(folder / "kiosk.sock", 0o600)
    folder.rmdir()
    listen_unix(folder / "kiosk.sock", 0o600).close()


@pytest.mark.parametrize("kind", ["file", "FIFO"])
def test_what_is_no_socket_is_not_replaced_by_one(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "kiosk.sock"
    if kind == "FIFO":
        os.mkfifo(path)
    else:
        path.write_text("mine")
    before = path.stat()
    with pytest.raises(OSError, match="is no socket"):
        listen_unix(path, 0o600)
    assert path.stat() == before
