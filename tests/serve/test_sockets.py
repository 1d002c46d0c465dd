"""Sockets of our own."""

from __future__ import annotations

import socket

import pytest

from kiosk.serve.tcp import ask_whether_there


@pytest.mark.parametrize(("every", "seconds"), [(20.0, 20), (0.1, 1), (7.6, 8)])
def test_the_kernel_asks_whether_a_machine_is_there(every: float, seconds: int) -> None:
    with socket.socket() as one:
        ask_whether_there(one, every)
        assert one.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        kernel = [
            one.getsockopt(socket.IPPROTO_TCP, option)
            for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
        ]
    assert kernel == [seconds, seconds, 3]
