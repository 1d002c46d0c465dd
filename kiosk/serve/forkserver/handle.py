"""A factory, as its attendant sees it: a process, its control, and the files it has read.

Standard library only: the attendant imports this.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Callable

from kiosk.serve import protocol

RESTARTED = "KIOSK_AGAIN"
"""Set for every factory but the attendant's first: it looks at every byte that it reads."""
START_TIMEOUT = 30.0
"""Seconds within which it must be ready."""
ANSWER_TIMEOUT = 5.0
"""Seconds within which it must send a visit that it is asked for."""

FileStamp = tuple[tuple[int, int, int], ...]
"""The inode, size and time of each file: whether one has changed."""


class ForkServerHandle:
    """A factory that `spawn` starts at `now`; raises OSError where that fails."""

    def __init__(self, spawn: Callable[[socket.socket], int], now: float) -> None:
        self.control, theirs = protocol.pair()
        self._begun_at = now
        self._asked_at = now
        self._watched: list[str] = []
        self._stamp: FileStamp = ()
        self.is_ready = False
        self.has_served = False
        """Whether a visit has come of it."""
        self.asked: socket.socket | None = None
        """Our end of the lifeline of the visit that was asked for and is not there yet."""
        try:
            self.pid = spawn(theirs)
            self._pidfd = os.pidfd_open(self.pid)
        except OSError:
            self.control.close()
            raise
        finally:
            theirs.close()

    def is_late(self, now: float) -> bool:
        """Whether it should have been ready, or have sent the visit that it was asked for."""
        if self.asked is not None:
            return now - self._asked_at > ANSWER_TIMEOUT
        return not self.is_ready and now - self._begun_at > START_TIMEOUT

    def receive(self) -> int | None:
        """What it says: the descriptor of a visit's process, or None for that it is ready.

        Raises EOFError where it is gone.
        """
        try:
            said, given = protocol.receive(self.control)
        except (OSError, ValueError):
            raise EOFError from None
        if "ready" in said:
            self.take_ready(said)
        if "pid" in said and "ready" not in said and len(given) == 1:
            self.has_served = True
            return given[0]
        protocol.close(given)
        return None

    def take_ready(self, said: dict[str, object]) -> None:
        """It is ready, and says of which files it is made."""
        watched = said["ready"]
        for name, *held in watched if isinstance(watched, list) else ():
            self._watched.append(str(name))
            self._stamp = (*self._stamp, tuple(held))
        self.is_ready = True

    def request_worker(
        self, terminal: int, size: tuple[int, int], now: float, term: str = ""
    ) -> None:
        """Ask for a visit at a terminal; raises OSError where the factory does not answer."""
        ours, theirs = protocol.pair()
        ours.setblocking(False)
        try:
            told = {"size": size, "term": term}
            protocol.send(self.control, told, (terminal, terminal, theirs.fileno()))
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self.asked, self._asked_at = ours, now

    def current_stamps(self) -> FileStamp:
        """The files as they are now."""
        return tuple(file_stamp(name) for name in self._watched)

    def mark_seen(self, seen: FileStamp) -> None:
        """Take the files as they were seen for those that were read.

        That is: as they were before another factory was started to read them. If it chokes on them,
        they count no longer as changed; what was mended while it read does.
        """
        self._stamp = seen

    @property
    def has_changed(self) -> bool:
        """Whether what it has read is no longer what there is."""
        return self.is_ready and self.current_stamps() != self._stamp

    def close(self) -> None:
        """Kill it; those that wait in it end with it."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        os.close(self._pidfd)
        self.control.close()
        if self.asked is not None:
            self.asked.close()


def file_stamp(name: str | os.PathLike[str]) -> tuple[int, int, int]:
    """What tells whether a file has changed: its inode, size and time; zeros where it is gone."""
    try:
        held = os.stat(name)
    except OSError:
        return (0, 0, 0)
    return (held.st_ino, held.st_size, held.st_mtime_ns)
