"""The messages between a fork server, its workers, and the process that asks for workers.

There are two kinds of socket, both `AF_UNIX`, `SOCK_SEQPACKET`, so a message arrives whole or not
at all:

- The *control socket*, between a fork server and its one client (the console supervisor, or a
  server's pool). Messages are JSON objects, one class each below; file descriptors travel along.
- The *lifeline*, between one worker and that client. The first byte names the message; text may
  follow. When either end closes or dies, the other sees the end of file, and the worker ends.

The console supervisor imports this module: it uses few modules of the standard library, and none of
dataclasses, typing, pathlib and asyncio.
"""

from __future__ import annotations

import array
import contextlib
import json
import os
import socket
from collections.abc import Iterable, Mapping

from kiosk.file_stamp import FileStamp

CONTROL_FD = 3
"""The file descriptor of the control socket in a fork server."""
MAX_MESSAGE = 65_536
"""Bytes of a message."""
MAX_DESCRIPTORS = 4
"""File descriptors that are taken with a message; with more it is refused."""
MAX_OPTION = 64
"""Characters of an option's value; a longer one counts as absent."""
OPTION_KEYS = ("language", "topic", "level", "theme", "presentation")
"""Options of a session request, such as a language or a topic to begin with."""

# From a worker, along its lifeline.
READY = b"p"
"""The first whole page is on the terminal."""
HEARTBEAT_IDLE = b"r"
"""The worker is alive; its visit is untouched."""
HEARTBEAT_ACTIVE = b"u"
"""The worker is alive and holds somebody's visit; the whole seconds follow after which that visit
is wiped if nobody does anything."""
ACTIVITY = b"s"
"""Somebody pressed or touched something."""
FINISHED = b"o"
"""The visit has ended; the next person may come."""
CRASHED = b"c"
"""An error in the program ended it; its type and line follow, never what was on the screen."""
EXIT = b"l"
"""At an unattended kiosk: staff leave it, with the right PIN. In a session: the visitor leaves."""
COUNT = b"k"
"""Something happened that the site counts: three small numbers follow, see `usage.counts`."""
DWELL = b"v"
"""Another page was drawn; the seconds follow that it must stand before an answer to it counts."""
PIN_REQUEST = b"m"
"""Somebody wants to try a PIN: is that allowed now?"""
SHEET = b"d"
"""A sheet is to be printed: a digit follows, which comes back; a pipe with it travels along."""

# To a worker, along its lifeline.
RESIZED = b"w"
"""The terminal has another size."""
PIN_ALLOWED = b"t"
"""A PIN may be tried now."""
PIN_WAIT = b"n"
"""No PIN may be tried now; the seconds to wait follow."""
SHEET_DONE = b"e"
"""A sheet has been printed, or not: its digit, and the word for what became of it."""

FileRecord = tuple[str, FileStamp]
"""The name and the stamp of a file that a fork server has read."""


class InvalidMessage(ValueError):
    """Raised for a JSON object that is no message of this protocol."""


class WorkerRequest:
    """Message to a fork server: "give a worker this terminal".

    Three descriptors travel along: where to read, where to write, and the worker's end of its
    lifeline.
    """

    kind = "worker-request"
    descriptors = 3

    def __init__(
        self,
        size: tuple[int, int],
        term: str = "",
        options: Mapping[str, str] | None = None,
        number: int = 0,
    ) -> None:
        self.size = size
        """Columns and rows."""
        self.term = term
        """What the terminal says it is (TERM); empty for what the fork server assumes."""
        self.options = dict(options or {})
        """What the visit begins with, by `OPTION_KEYS`."""
        self.number = number
        """Comes back in `WorkerStarted`."""

    def fields(self) -> dict[str, object]:
        """The message as a JSON object."""
        return {
            "size": list(self.size),
            "term": self.term,
            "options": self.options,
            "number": self.number,
        }

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> WorkerRequest:
        """Read the message from a JSON object; raises InvalidMessage where it has no size."""
        options = fields.get("options")
        given = options if isinstance(options, dict) else {}
        texts = {key: _short_text(given.get(key)) for key in OPTION_KEYS}
        return cls(
            _size(fields.get("size")),
            _short_text(fields.get("term")),
            {key: text for key, text in texts.items() if text},
            _integer(fields.get("number", 0)),
        )


class ForkServerReady:
    """Message from a fork server: it can give out workers. Names the files that it read, with
    their state, and the settings that its client needs.
    """

    kind = "ready"
    descriptors = 0

    def __init__(
        self, files: Iterable[FileRecord], settings: Mapping[str, object] | None = None
    ) -> None:
        self.files = list(files)
        """The files that it has read."""
        self.settings = dict(settings or {})
        """What the client must know of settings and content: `content`, and in a server `limits`,
        `ssh` and `known`."""

    def fields(self) -> dict[str, object]:
        """The message as a JSON object."""
        return {"files": self.files, "settings": self.settings}

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> ForkServerReady:
        """Read the message from a JSON object; raises InvalidMessage."""
        files, settings = fields.get("files"), fields.get("settings")
        if not isinstance(files, list) or not isinstance(settings, dict):
            raise InvalidMessage("no files or settings")
        return cls([_file_record(record) for record in files], settings)


class WorkerStarted:
    """Message from a fork server: a worker runs at the terminal that
    was sent. The worker's pidfd travels along.
    """

    kind = "worker-started"
    descriptors = 1

    def __init__(self, pid: int, number: int = 0, spare_workers: int = 0) -> None:
        self.pid = pid
        self.number = number
        """Of the `WorkerRequest` that it answers."""
        self.spare_workers = spare_workers
        """Workers that are left, forked and ready."""

    def fields(self) -> dict[str, object]:
        """The message as a JSON object."""
        return {"pid": self.pid, "number": self.number, "spare_workers": self.spare_workers}

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> WorkerStarted:
        """Read the message from a JSON object; raises InvalidMessage."""
        return cls(*(_integer(fields.get(key)) for key in ("pid", "number", "spare_workers")))


class SpareWorkers:
    """Message from a fork server: how many spare workers, forked and
    without a terminal, it has now.
    """

    kind = "spare-workers"
    descriptors = 0

    def __init__(self, count: int) -> None:
        self.count = count

    def fields(self) -> dict[str, object]:
        """The message as a JSON object."""
        return {"count": self.count}

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> SpareWorkers:
        """Read the message from a JSON object; raises InvalidMessage."""
        return cls(_integer(fields.get("count")))


Message = WorkerRequest | ForkServerReady | WorkerStarted | SpareWorkers
MESSAGES: tuple[type[Message], ...] = (WorkerRequest, ForkServerReady, WorkerStarted, SpareWorkers)


def pair() -> tuple[socket.socket, socket.socket]:
    """Return two connected sockets, the two ends of a control socket or of a lifeline."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(control: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
    """Send a message; raises OSError where the other end is gone or takes nothing now."""
    data = json.dumps({"kind": message.kind, **message.fields()}).encode()
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    control.sendmsg([data], rights if descriptors else [])


def receive(control: socket.socket) -> tuple[Message, list[int]]:
    """Return the next message of a control socket, with the file descriptors that came with it.

    Raises EOFError where the other end is gone, InvalidMessage for a JSON object that is no
    message, and ValueError for anything else; descriptors that came along are closed then.
    """
    data, descriptors, is_cut = receive_with_descriptors(control, MAX_MESSAGE, MAX_DESCRIPTORS)
    try:
        if not data:
            raise EOFError("the other end is gone")
        if is_cut:
            raise ValueError("a message was cut short")
        fields = json.loads(data)
        if not isinstance(fields, dict):
            raise ValueError("a message is no object")
        message = _parse(fields)
        if len(descriptors) != message.descriptors:
            raise InvalidMessage(f"{message.kind} with {len(descriptors)} descriptors")
    except (EOFError, ValueError):
        close(descriptors)
        raise
    return message, descriptors


def receive_with_descriptors(
    of: socket.socket, max_bytes: int, max_descriptors: int
) -> tuple[bytes, list[int], bool]:
    """Receive one packet from the socket `of`: return its bytes, its file
    descriptors, and whether it was cut short.

    Raises OSError; BlockingIOError where nothing is there now.
    """
    room = socket.CMSG_SPACE(max_descriptors * array.array("i").itemsize)
    data, ancillary, flags, _ = of.recvmsg(max_bytes, room, socket.MSG_CMSG_CLOEXEC)
    descriptors = array.array("i")
    for level, kind, rights in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(rights[: len(rights) - len(rights) % descriptors.itemsize])
    return data, list(descriptors), bool(flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC))


def close(descriptors: Iterable[int]) -> None:
    """Close those of these file descriptors that are open."""
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _parse(fields: Mapping[str, object]) -> Message:
    for message in MESSAGES:
        if fields.get("kind") == message.kind:
            return message.parse(fields)
    raise InvalidMessage("unknown kind of message")


def _size(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or [type(number) for number in value] != [int, int]:
        raise InvalidMessage("no size")
    return value[0], value[1]


def _integer(value: object) -> int:
    if type(value) is not int:
        raise InvalidMessage("a number is missing")
    return value


def _short_text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= MAX_OPTION else ""


def _file_record(value: object) -> FileRecord:
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidMessage("a file is no pair of name and stamp")
    name, stamp = value
    if not isinstance(stamp, list) or len(stamp) != 4:
        raise InvalidMessage("a stamp is no four numbers")
    inode, size, changed_at, touched_at = (_integer(number) for number in stamp)
    return str(name), (inode, size, changed_at, touched_at)
