"""Handle of a fork server, for the process that started it: its start and end, requests for
workers, and whether the files that it has read have changed.

The console supervisor imports this module, so it imports little of the standard library.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Callable

from kiosk.file_stamp import FileStamp, file_stamp
from kiosk.serve import protocol

RESTARTED = "KIOSK_AGAIN"
"""Environment variable of every fork server but the supervisor's first: it checks every byte of the
pack that it opens."""
START_TIMEOUT = 30.0
"""Seconds within which it must be ready."""
ANSWER_TIMEOUT = 5.0
"""Seconds within which it must answer a request for a worker."""

Stamps = tuple[FileStamp, ...]
"""Of each file that was read."""


class ForkServerHandle:
    """Starts a fork server, and stands for it: its control socket, its process and the stamps of
    the files that it has read. Raises OSError if it cannot be started.

    Args:
        spawn: starts the process, with the control socket's other end, and returns the process id.
        now: the present time in seconds, as the methods are given it.
    """

    def __init__(self, spawn: Callable[[socket.socket], int], now: float) -> None:
        self.control, theirs = protocol.pair()
        self._started_at = now
        self._requested_at = now
        self._files: list[str] = []
        self._stamps: Stamps = ()
        self.settings: dict[str, object] = {}
        """Settings and facts of the content, as the fork server has reported them."""
        self.is_ready = False
        self.has_served = False
        """True if a worker has come from it."""
        self.requested: socket.socket | None = None
        """Our end of the lifeline of the worker that was requested and is not there yet."""
        try:
            self.pid = spawn(theirs)
            self._pidfd = os.pidfd_open(self.pid)
        except OSError:
            self.control.close()
            raise
        finally:
            theirs.close()

    def is_late(self, now: float) -> bool:
        """Return whether the fork server has taken too long to start, or to answer the last request
        for a worker.
        """
        if self.requested is not None:
            return now - self._requested_at > ANSWER_TIMEOUT
        return not self.is_ready and now - self._started_at > START_TIMEOUT

    def receive(self) -> int | None:
        """Receive one message from the fork server. For a started worker return its pidfd, which
        the caller closes; for any other, None.

        Raises EOFError if the fork server is gone.
        """
        try:
            message, descriptors = protocol.receive(self.control)
        except (OSError, ValueError):
            raise EOFError from None
        if isinstance(message, protocol.ForkServerReady):
            self.take_ready(message)
        elif isinstance(message, protocol.WorkerStarted):
            self.has_served = True
            return descriptors[0]
        protocol.close(descriptors)
        return None

    def take_ready(self, message: protocol.ForkServerReady) -> None:
        """Store what the fork server's "ready" message says: settings, and the files it has read,
        with their stamps.
        """
        self._files = [name for name, *_ in message.files]
        self._stamps = tuple(stamp for _, stamp in message.files)
        self.settings = message.settings
        self.is_ready = True

    def request_worker(self, terminal: int, size: tuple[int, int], now: float) -> None:
        """Ask the fork server for a worker at a terminal of this size (columns, rows); `terminal`
        is its file descriptor. Raises OSError if the fork server is gone.

        The worker comes later, by `receive`.
        """
        ours, theirs = protocol.pair()
        ours.setblocking(False)
        try:
            protocol.send(
                self.control,
                protocol.WorkerRequest(size),
                (terminal, terminal, theirs.fileno()),
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self.requested, self._requested_at = ours, now

    def current_stamps(self) -> Stamps:
        """Look at the files that the fork server read at its start, and return their present
        stamps.
        """
        stamps = [file_stamp(name) for name in self._files]
        return tuple(stamps)  # Python keeps up to 2,000 short tuples that were made of generators

    def mark_seen(self, stamps: Stamps) -> None:
        """Compare the files with these stamps from now on, so that `has_changed` is true only after
        a later change.

        The caller takes the stamps before it starts another fork server on changed files. If that
        one cannot use them, they are not tried again until somebody changes them once more.
        """
        self._stamps = stamps

    @property
    def has_changed(self) -> bool:
        """True if a file that the fork server has read at its start has changed since."""
        return self.is_ready and self.current_stamps() != self._stamps

    def close(self) -> None:
        """Kill the fork server and close its control socket. Its spare workers end too; workers
        with a terminal go on.
        """
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        os.close(self._pidfd)
        self.control.close()
        if self.requested is not None:
            self.requested.close()
