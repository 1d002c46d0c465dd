"""The messages between a fork server, its workers, and its client: the process that asks it for
workers. Classes of messages, their first bytes, and functions that send and receive them.

There are two kinds of socket, both `AF_UNIX`, `SOCK_SEQPACKET`, so a message arrives whole or not
at all:

- The *control socket*, between a fork server and its one client (the console supervisor, or a
  server's pool). Messages are JSON objects, one class each below; file descriptors travel along.
- The *lifeline*, between one worker and that client. The first byte names the message; text may
  follow. When either end closes or dies, the other sees the end of file, and the worker ends.

The console supervisor imports this module, so it imports little, and none of dataclasses, typing,
pathlib and asyncio.
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
FAULT = b"x"
"""The library could not be read, and the visit goes on; the error's type and line follow."""
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
    """Raised for a JSON object from a control socket that is none of its messages."""


class WorkerRequest:
    """Message from a client to its fork server: give a worker this terminal.

    Three file descriptors travel along: the one to read from, the one to write to, and the
    worker's end of its lifeline.
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
        """The terminal's name for its own kind (TERM); empty for what the fork server assumes."""
        self.options = dict(options or {})
        """Options that the visit begins with, by `OPTION_KEYS`."""
        self.number = number
        """Comes back in `WorkerStarted`."""

    def fields(self) -> dict[str, object]:
        """Return the request as a JSON object (a dict), for `send`."""
        return {
            "size": list(self.size),
            "term": self.term,
            "options": self.options,
            "number": self.number,
        }

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> WorkerRequest:
        """Make a request from a JSON object; raises InvalidMessage for a wrong size or number."""
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
    """Message from a fork server to its client, once it can start workers: the files that it has
    read (with inode, size and times of each) and the settings that the client needs.
    """

    kind = "ready"
    descriptors = 0

    def __init__(
        self, files: Iterable[FileRecord], settings: Mapping[str, object] | None = None
    ) -> None:
        self.files = list(files)
        """The files that it has read."""
        self.settings = dict(settings or {})
        """Settings and facts of the content that the client must know: `content`, and in a server
        `limits`, `ssh` and `known`."""

    def fields(self) -> dict[str, object]:
        """Return the message as a JSON object (a dict), for `send`."""
        return {"files": self.files, "settings": self.settings}

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> ForkServerReady:
        """Make a ForkServerReady from a JSON object; raises InvalidMessage for wrong fields."""
        files, settings = fields.get("files"), fields.get("settings")
        if not isinstance(files, list) or not isinstance(settings, dict):
            raise InvalidMessage("no files or settings")
        return cls([_file_record(record) for record in files], settings)


class WorkerStarted:
    """Message from a fork server that answers a WorkerRequest: a worker runs at that request's
    terminal. The worker's pidfd travels along.
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
        """Return the message as a JSON object (a dict), for `send`."""
        return {"pid": self.pid, "number": self.number, "spare_workers": self.spare_workers}

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> WorkerStarted:
        """Make a WorkerStarted from a JSON object; raises InvalidMessage for missing numbers."""
        return cls(*[_integer(fields.get(key)) for key in ("pid", "number", "spare_workers")])


class SpareWorkers:
    """Message from a fork server: how many spare workers (waiting for a terminal) it has now."""

    kind = "spare-workers"
    descriptors = 0

    def __init__(self, count: int) -> None:
        self.count = count

    def fields(self) -> dict[str, object]:
        """Return the message as a JSON object (a dict), for `send`."""
        return {"count": self.count}

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> SpareWorkers:
        """Make a SpareWorkers message from a JSON object; raises InvalidMessage without a count."""
        return cls(_integer(fields.get("count")))


Message = WorkerRequest | ForkServerReady | WorkerStarted | SpareWorkers
MESSAGES: tuple[type[Message], ...] = (WorkerRequest, ForkServerReady, WorkerStarted, SpareWorkers)


def pair() -> tuple[socket.socket, socket.socket]:
    """Return two connected sockets, the two ends of a control socket or of a lifeline."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(control: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
    """Send a message with these descriptors; raises OSError if the other end cannot receive it."""
    data = json.dumps({"kind": message.kind, **message.fields()}).encode()
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    control.sendmsg([data], rights if descriptors else [])


def receive(control: socket.socket) -> tuple[Message, list[int]]:
    """Return the next message of a control socket, and a list of the descriptors sent with it.

    Raises EOFError if the other end is gone, ValueError (InvalidMessage for a JSON object) if it
    is no message of this protocol, OSError where reading fails. The descriptors are closed then.
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
    """Receive one packet from the socket `of`: return its bytes (none if the other end is gone),
    its file descriptors, and whether either was cut short at the given maximum.

    Raises OSError; BlockingIOError where no packet is waiting.
    """
    room = socket.CMSG_SPACE(max_descriptors * array.array("i").itemsize)
    data, ancillary, flags, _ = of.recvmsg(max_bytes, room, socket.MSG_CMSG_CLOEXEC)
    descriptors = array.array("i")
    for level, kind, rights in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(rights[: len(rights) - len(rights) % descriptors.itemsize])
    return data, list(descriptors), bool(flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC))


def close(descriptors: Iterable[int]) -> None:
    """Close these file descriptors; skip those that cannot be closed, such as closed ones."""
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
