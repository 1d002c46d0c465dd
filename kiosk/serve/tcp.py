"""Listening TCP sockets of our own."""

from __future__ import annotations

import socket

WAITING = 1024
"""Connections that wait in the kernel."""


MISSED = 2
"""Questions in a row that a machine may leave unanswered."""


def ask_whether_there(one: socket.socket, every: float) -> None:
    """Have the kernel ask so often, in seconds, whether the other machine is there (tcp(7)).

    It costs this process nothing, however many are idle.
    """
    seconds = max(1, round(every))
    one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, seconds)
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, seconds)
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, MISSED + 1)


def listen(address: str, port: int, *, shared: bool = False) -> list[socket.socket]:
    """Listen at an address, or at all of this machine where it is empty; raises OSError.

    Args:
        address: a name or a number.
        port: 0 for any that is free.
        shared: whether other servers may listen at the same port (SO_REUSEPORT), and the kernel
            spreads clients among them.
    """
    found: list[socket.socket] = []
    try:
        for family, _, _, _, place in socket.getaddrinfo(
            address or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            one = socket.socket(family, socket.SOCK_STREAM)
            found.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if shared:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            if not port and len(found) > 1:  # the same free one for both families
                place = (place[0], found[0].getsockname()[1], *place[2:])
            one.bind(place)
            one.listen(WAITING)
    except OSError:
        for one in found:
            one.close()
        raise
    return found
