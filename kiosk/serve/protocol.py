"""What the factory, its visits and whoever attends them say to each other.

Two kinds of socket, both `AF_UNIX`, `SOCK_SEQPACKET`: a message is whole or not there.

- *Control*, between the factory and one client (an attendant, an SSH server). Requests and replies
  are JSON objects; file descriptors travel with them.
- *Lifeline*, between one visit and its client. One byte says what it is; a text may follow. Whoever
  closes its end, or dies, ends the visit: both see the end of the file.

Standard library only: the attendant imports this.
"""

from __future__ import annotations

import array
import contextlib
import json
import os
import socket
from collections.abc import Mapping

MAX_MESSAGE = 65_536
"""Bytes of a message."""

OPTION_KEYS = ("term", "language", "topic", "level", "theme", "manner")
"""What a visit may be asked to be: TERM, and by their names what it begins with."""

# From a visit, along its lifeline.
READY = b"p"
"""The first whole page is on the terminal."""
HEARTBEAT_IDLE = b"r"
"""The heart beats; nobody has done anything yet."""
HEARTBEAT_ACTIVE = b"u"
"""The heart beats, and somebody's visit is there to be wiped; the whole seconds that it has left if
nobody stirs follow."""
ACTIVITY = b"s"
"""Somebody did something."""
FINISHED = b"o"
"""The visit has ended; the next person may come."""
CRASHED = b"c"
"""A mistake in the program ended it; kind and place follow, never what was on the screen."""
EXIT = b"l"
"""Staff asked to leave the kiosk, and were let; or, where visitors come and go by themselves, the
visitor has left."""
PIN_REQUEST = b"m"
"""Somebody wants to try a PIN: may they?"""

# To a visit, along its lifeline.
RESIZED = b"w"
"""The terminal has another size."""
PIN_ALLOWED = b"t"
"""A PIN may be tried now."""
PIN_WAIT = b"n"
"""No PIN may be tried now; the seconds to wait follow."""


def pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a control or a lifeline."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(
    to: socket.socket, message: Mapping[str, object], descriptors: tuple[int, ...] = ()
) -> None:
    """Send a message of the control; raises OSError where nobody is there."""
    data = json.dumps(message).encode()
    with_it = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    to.sendmsg([data], with_it if descriptors else [])


def receive(of: socket.socket, most_descriptors: int = 4) -> tuple[dict[str, object], list[int]]:
    """The next message of the control, and the descriptors that came with it.

    Raises EOFError where the other end is gone, and ValueError where it is no message; descriptors
    of such a message are closed.
    """
    size = socket.CMSG_SPACE(most_descriptors * array.array("i").itemsize)
    data, ancillary, flags, _ = of.recvmsg(MAX_MESSAGE, size, socket.MSG_CMSG_CLOEXEC)
    found = array.array("i")
    for level, kind, held in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            found.frombytes(held[: len(held) - len(held) % found.itemsize])
    descriptors = list(found)
    try:
        if not data:
            raise EOFError("the other end is gone")
        if flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC):
            raise ValueError("a message was cut short")
        message = json.loads(data)
        if not isinstance(message, dict):
            raise ValueError("a message is no object")
    except (EOFError, ValueError):
        close(descriptors)
        raise
    return message, descriptors


def size_in(message: Mapping[str, object]) -> tuple[int, int]:
    """The columns and rows that a message names; ValueError where it names none."""
    found = message.get("size")
    if not isinstance(found, list) or [type(one) for one in found] != [int, int]:
        raise ValueError("no size")
    return found[0], found[1]


def text_in(message: Mapping[str, object], key: str) -> str:
    """A short text that a message has; empty where it has none."""
    found = message.get(key)
    return found if isinstance(found, str) and len(found) <= 64 else ""


def close(descriptors: list[int]) -> None:
    """Close what is open of these."""
    for one in descriptors:
        with contextlib.suppress(OSError):
            os.close(one)
